"""What chapters 8, 9 and 10 claim."""

import pytest

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import Text, read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.judge import highest
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_8 import AREA_PROGRAMMES
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims, the_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims.perturb import turned, with_values
from tests.conftest import ROOT, store_of

PAGES = {"kapittel-7", "kapittel-8", "kapittel-9", "kapittel-10"}
MODULES = {"kapittel_8", "kapittel_9", "kapittel_10"}
OURS = sorted(name for name, claim in all_claims().items() if claim.module in MODULES)


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    """Every published number."""
    return store_of(real_values)


@pytest.fixture(scope="module")
def pages(catalog: Catalog) -> list[Text]:
    """Chapters 7 to 10."""
    return [text for text in read_chapters(ROOT, catalog) if text.key in PAGES]


@pytest.mark.parametrize("name", OURS)
def test_a_claim_of_the_text_holds_and_other_numbers_make_it_false(name: str, store: Store) -> None:
    """A claim that nothing can refute says nothing."""
    judge = the_claim(name).judge
    assert judge(Numbers(store)).holds
    assert turned(judge, store) is not None


def test_every_claim_stands_in_the_chapters_and_none_of_them_is_false(
    store: Store, pages: list[Text]
) -> None:
    """A claim without a sentence guards nothing."""
    results = evaluate(store, pages)
    assert {text.key for text in pages} == PAGES
    assert [name for name in OURS if not results.claims[name].places] == []
    assert list(results.false) == []


def test_a_bydel_outside_the_programmes_among_the_highest_refutes_them(store: Store) -> None:
    """Seven are not six: it is not enough that the six are high."""
    numbers = bydeler(Numbers(store), "tabell-14", "personer")
    other = next(number for number in numbers if number.label not in AREA_PROGRAMMES)
    changed = Numbers(with_values(store, {other.address: 99.0}))
    assert highest(bydeler(changed, "tabell-14", "personer"), other.label).holds
    assert not the_claim("bydelene-med-omradesatsing-har-hoyest-andel").judge(changed).holds


@pytest.mark.parametrize(
    ("share", "holds"), [(7.4, False), (7.6, True), (12.4, True), (12.6, False)]
)
def test_two_pupils_are_what_a_class_rounds_to(share: float, holds: bool, store: Store) -> None:
    """Between one and a half and two and a half of twenty."""
    changed = Numbers(with_values(store, {"tabell-17/andel/0-19": share}))
    assert the_claim("to-elever-i-en-klasse-pa-20").judge(changed).holds is holds
