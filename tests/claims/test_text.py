"""Every claim of the text holds and can turn; what the 2022 edition said is judged as listed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.book.evaluate import evaluate, judge_mark
from kunnskapsgrunnlag.book.marks import Mark, read_chapters
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.coded import CODED
from kunnskapsgrunnlag.claims.judge import choose, judge
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims import judged, of_items, perturbations, turned, with_values
from tests.conftest import ROOT, store_of

CATALOG = read_catalog(ROOT / "params.yaml")
TEXTS = read_chapters(ROOT, CATALOG)
# At least so many expressions of the text rest on statistics or on estimates.
LEAST = 180


def marks(kind: str) -> list[Mark]:
    """The marks of a kind, one for each expression."""
    found = (mark for text in TEXTS for mark in text.marks if mark.kind == kind)
    return list({mark.claim_name: mark for mark in found}.values())


def where(mark: Mark) -> str:
    return f"{mark.file.rpartition('/')[2]}:{mark.line}"


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    """Every published number."""
    return store_of(real_values)


def judges(mark: Mark) -> Callable[[Store], bool | None]:
    return lambda store: judge_mark(mark, Numbers(store, CATALOG), {}).holds


@pytest.mark.parametrize("mark", marks("pastand"), ids=where)
def test_a_claim_of_the_text_holds_and_other_numbers_make_it_false(
    mark: Mark, store: Store
) -> None:
    """A claim that nothing can refute says nothing."""
    result = judge_mark(mark, Numbers(store, CATALOG), {})
    assert result.holds is True, result.because
    assert turned(judged(judges(mark)), store, result.numbers) is not None


@pytest.mark.parametrize("mark", marks("ord"), ids=where)
def test_a_word_changes_with_the_numbers(mark: Mark, store: Store) -> None:
    """A word that no number moves could as well be typed."""
    expression = parse_word(mark.expression)
    word, _ = choose(expression, Numbers(store, CATALOG), {})
    addresses = [value.address for value in word.numbers]
    store = of_items(store, addresses)
    tried = perturbations(store, addresses)
    others = (changed for changed in tried if None not in changed.values())
    assert any(
        choose(expression, Numbers(with_values(store, changed), CATALOG), {})[0].text != word.text
        for changed in others
    )


def test_a_new_year_moves_only_the_claims_that_say_siste(store: Store) -> None:
    newer = dict(store.values)
    for value in store.values.values():
        last = store.years.get(value.item, [0, 0])[1]
        if value.year == last and value.value is not None:
            parts = [str(last + 1) if part == str(last) else part for part in
                     value.address.split("/")]  # fmt: skip
            later = replace(value, address="/".join(parts), year=last + 1, value=value.value * 1.37)
            newer[later.address] = later
    years = {item: [first, last + 1] for item, (first, last) in store.years.items()}
    before, after = (evaluate(s, TEXTS, CATALOG) for s in (store, Store(newer, years)))
    moved = {
        name
        for name, claim in before.claims.items()
        if (claim.holds, claim.because) != (after.claims[name].holds, after.claims[name].because)
    }
    assert moved
    assert {n for n in moved if "siste" not in before.claims[n].expression} == set()


def test_marks_are_not_lost_and_few_are_code(store: Store) -> None:
    counts = evaluate(store, TEXTS, CATALOG).counts()
    assert counts["statistikk"] + counts["anslag"] + counts["tilpasset"] >= LEAST
    assert {m.attributes.pairs.get("kode") for m in marks("pastand")} - {None} == set(CODED)


def statements() -> list[dict[str, Any]]:
    folder = ROOT / "data" / "published" / "2022"
    files = sorted(folder.glob("claims-*.yaml"))
    return [one for path in files for one in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("said", [s for s in statements() if "claim" in s], ids=lambda s: s["id"])
def test_what_the_2022_edition_said_is_judged_as_listed(
    said: dict[str, Any], printed_store: Store, catalog: Catalog
) -> None:
    """By its own numbers, and in its own years: a later number must not move it."""
    claim = parse_claim(said["claim"])
    verdict, years = judge(claim, Numbers(printed_store, catalog), {})
    assert verdict.holds is said["holds"], verdict.because
    assert not years


def test_the_list_is_in_form() -> None:
    every = statements()
    assert [i for i, times in Counter(one["id"] for one in every).items() if times > 1] == []
    assert all(one["says"] and ("claim" in one) != ("reason" in one) for one in every)
    assert all(("holds" in one) == ("claim" in one) for one in every)
