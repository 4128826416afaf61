"""The claims of the front page, chapter 4 and chapter 5 hold, and can fail."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims, all_words, the_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims import levelled, unmoved, with_one_changed
from tests.conftest import ROOT, store_of

PAGES = ("forside", "kapittel_4", "kapittel_5")
PRINTED = "trykt_2022_kapittel_5"
OURS = [name for name, claim in all_claims().items() if claim.module.startswith(PAGES)]
PRINTED_ONES = [name for name, claim in all_claims().items() if claim.module == PRINTED]
WORDS = [name for name, word in all_words().items() if word.module.startswith(PAGES)]
# Up to so many numbers a claim must hang on every one that it cites.
FEW = 5
HELD: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "data" / "published" / "2022" / "claims-kapittel-5.yaml").read_text(encoding="utf-8")
)
JUDGED = [entry for entry in HELD if "claim" in entry]


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    return store_of(real_values)


@pytest.mark.parametrize("name", OURS)
def test_holds_and_can_fail(store: Store, name: str) -> None:
    claim = the_claim(name)
    assert claim.judge(Numbers(store)).holds
    assert _can_fail(store, name)


@pytest.mark.parametrize("name", PRINTED_ONES)
def test_a_printed_claim_is_false_or_can_fail(store: Store, name: str) -> None:
    assert not the_claim(name).judge(Numbers(store)).holds or _can_fail(store, name)


def _can_fail(store: Store, name: str) -> bool:
    judge = the_claim(name).judge
    if not levelled(store, judge).holds:
        return True
    addresses = [number.address for number in judge(Numbers(store)).numbers]
    return any(not found.holds for a in addresses for found in with_one_changed(store, a, judge))


@pytest.mark.parametrize("name", OURS)
def test_few_numbers_all_matter(store: Store, name: str) -> None:
    claim = the_claim(name)
    cited = {number.address for number in claim.judge(Numbers(store)).numbers}
    if len(cited) <= FEW:
        assert unmoved(store, claim) == []


@pytest.mark.parametrize("name", WORDS)
def test_words_follow_their_numbers(store: Store, name: str) -> None:
    choose = all_words()[name].choose
    before = choose(Numbers(store))
    found = {
        choose(Numbers(changed)).text
        for factor in (0.01, 100)
        for changed in [_changed(store, before.numbers[0].address, factor)]
    }
    assert found - {before.text}


def _changed(store: Store, address: str, factor: float) -> Store:
    record = store.values[address]
    values = store.values | {address: replace(record, value=(record.value or 0) * factor)}
    return Store(values, store.years)


def test_a_bydel_without_number_leaves_the_claim_open(store: Store) -> None:
    address = "tabell-14/personer/ullern"
    values = store.values | {address: replace(store.values[address], value=None)}
    lacking = Store(values, store.years)
    with pytest.raises(KgError, match="trenger «tabell-14/personer/ullern», som mangler"):
        bydeler(Numbers(lacking), "tabell-14", "personer")


@pytest.mark.parametrize("entry", JUDGED, ids=lambda entry: entry["id"])
def test_the_2022_edition_is_judged_as_listed(printed_store: Store, entry: dict[str, Any]) -> None:
    assert the_claim(entry["claim"]).judge(Numbers(printed_store)).holds is entry["holds"]


def test_every_entry_says_how_it_is_judged_or_why_not() -> None:
    assert [e for e in HELD if ("claim" in e) == ("reason" in e) or not e["says"]] == []
    assert [i for i, times in Counter(e["id"] for e in HELD).items() if times > 1] == []


def test_what_the_2022_edition_got_wrong_names_its_erratum() -> None:
    assert [e["id"] for e in JUDGED if not e["holds"] and "erratum" not in e] == []
    assert {e["claim"] for e in JUDGED} >= set(PRINTED_ONES)
