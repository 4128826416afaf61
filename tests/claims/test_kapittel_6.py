"""What chapter 6, the page on method and the 2022 edition claim."""

import csv
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import Text, read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims, all_words, the_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims.perturb import PAIRS, perturbations, turned, with_values
from tests.conftest import ROOT, store_of, value_of

MODULES = {"kapittel_6", "kapittel_6_3", "kapittel_6_4", "kapittel_6_5", "metode"}
PRINTED = "trykt_2022_kapittel_6"
OURS = sorted(name for name, claim in all_claims().items() if claim.module in MODULES)
THEIRS = sorted(name for name, claim in all_claims().items() if claim.module == PRINTED)
WORDS = sorted(name for name, word in all_words().items() if word.module in MODULES)
LIST = ROOT / "data" / "published" / "2022" / "claims-kapittel-6.yaml"
SAID: list[dict[str, Any]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
CLAIMED = [one for one in SAID if "claim" in one]
BESIDE = ROOT.parent / "shared" / "published" / "claims.csv"


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    """Every published number."""
    return store_of(real_values)


@pytest.fixture(scope="module")
def pages(catalog: Catalog) -> list[Text]:
    """All chapters."""
    return read_chapters(ROOT, catalog)


@pytest.mark.parametrize("name", OURS)
def test_a_claim_of_the_text_holds_and_other_numbers_make_it_false(name: str, store: Store) -> None:
    """A claim that nothing can refute says nothing."""
    judge = the_claim(name).judge
    assert judge(Numbers(store)).holds
    assert turned(judge, store) is not None


@pytest.mark.parametrize("name", THEIRS)
def test_a_claim_of_the_2022_edition_follows_the_numbers(name: str, printed_store: Store) -> None:
    """What was printed wrong would be right with other numbers, and the other way round."""
    assert turned(the_claim(name).judge, printed_store) is not None


@pytest.mark.parametrize("name", WORDS)
def test_a_word_changes_with_the_numbers(name: str, store: Store) -> None:
    """A word that no number moves could as well be typed."""
    choose = all_words()[name].choose
    word = choose(Numbers(store))
    tried = perturbations(store, [number.address for number in word.numbers])
    others = (c for c in tried if None not in c.values())
    assert any(choose(Numbers(with_values(store, c))).text != word.text for c in others)


def test_every_claim_and_word_of_the_pages_stands_in_them(store: Store, pages: list[Text]) -> None:
    """A claim without a sentence guards nothing, and what is false elsewhere stops no release."""
    results = evaluate(store, pages)
    unplaced = [n for n in OURS if not results.claims[n].places]
    assert unplaced == []
    assert [n for n in WORDS if not results.words[n].places] == []
    assert not set(THEIRS) & set(results.claims)
    assert list(results.false) == []


@pytest.mark.parametrize("said", CLAIMED, ids=[one["id"] for one in CLAIMED])
def test_the_list_says_of_a_printed_claim_what_the_numbers_say(
    said: dict[str, Any], printed_store: Store
) -> None:
    """`holds` is what the printed numbers give, and a false one has a counter-example."""
    verdict = the_claim(said["claim"]).judge(Numbers(printed_store))
    assert verdict.holds is said["holds"]
    assert verdict.because


def test_the_list_is_complete_and_in_form() -> None:
    """Each entry has an id of its own, words, and either a claim or a reason."""
    assert len({one["id"] for one in SAID}) == len(SAID)
    assert all(one["says"] and ("claim" in one) != ("reason" in one) for one in SAID)
    assert all(("holds" in one) == ("claim" in one) for one in SAID)
    assert set(THEIRS) <= {one["claim"] for one in CLAIMED}


@pytest.mark.skipif(not BESIDE.is_file(), reason="the list of what was printed is not here")
def test_every_checkable_claim_of_the_2022_edition_is_on_the_list() -> None:
    """Those of chapters 6 and 10 that a printed table can settle."""
    with BESIDE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {
        row["id"]
        for row in rows
        if row["checkable_from"] == "printed_table"
        and row["section"].partition(".")[0] in {"6", "10"}
    }
    assert wanted
    assert wanted <= {one["id"] for one in SAID}


def test_perturbing_leaves_the_store_alone_and_tries_single_common_and_swapped_values() -> None:
    """The helper itself: what it tries, and that the true numbers stay."""
    records = [value_of("k/v/2019", value=2.0), value_of("k/v/2020", value=3.0)]
    small = store_of({"k": records})
    tried = list(perturbations(small, ["k/v/2019", "k/v/2020"]))
    assert {"k/v/2019": 3.0, "k/v/2020": 2.0} in tried
    assert {"k/v/2019": 0.0} in tried
    assert {"k/v/2019": 0.0, "k/v/2020": 0.0} in tried
    assert {"k/v/2019": 2.5, "k/v/2020": 2.5} in tried
    assert len(tried) < PAIRS
    with_values(small, tried[0])
    assert small.values["k/v/2019"].value == 2.0
