"""What is new since print, on the real numbers, as someone with the report beside them finds it."""

import re
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.causes import ERROR, METHOD, NEW_PERIOD
from kunnskapsgrunnlag.editions.declared import Declared
from kunnskapsgrunnlag.editions.diff import ADDED, SAME, EditionDiff, NumberChange, compare
from kunnskapsgrunnlag.editions.diff_items import ADDED as ITEM_ADDED
from kunnskapsgrunnlag.editions.headlines import headlines
from kunnskapsgrunnlag.editions.printed import causes_of_print, read_print
from kunnskapsgrunnlag.editions.published import PublishedEdition, PublishedItem, PublishedValue
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import ROOT, spaced

FOLDER = ROOT / "data" / "published" / "2022"
Records = dict[str, list[Value]]


def edition_of(catalog: Catalog, real_values: Records) -> PublishedEdition:
    values = {
        r.address: PublishedValue(
            r.address, r.text, r.value, r.unit, r.decimals, r.origin, ("k",), "a"
        )
        for held in real_values.values()
        for r in held
    }
    items = {
        key: PublishedItem(
            item.label,
            item.title,
            item.subtitle,
            item.chapter,
            "",
            dict(item.settings),
            tuple(item.dims),
            {name: m.formula for name, m in item.measures.items()},
            {name: m.title for name, m in item.measures.items()},
            (),
            item.carried.period if item.carried else "",
            breaks=tuple(each.model_dump() for each in item.breaks),
        )
        for key, item in catalog.items.items()
    }
    return PublishedEdition(catalog.edition.key, "Tittel", "2026-01-01", values, items, {})


@pytest.fixture(scope="module")
def diff(catalog: Catalog, real_values: Records) -> EditionDiff:
    values = {r.address: r for held in real_values.values() for r in held}
    known = causes_of_print(FOLDER, catalog, values)
    new = edition_of(catalog, real_values)
    return compare(read_print(FOLDER, catalog), new, Declared(), known)


def change_at(diff: EditionDiff, address: str) -> NumberChange:
    return next(each for each in diff.numbers if each.address == address)


@pytest.mark.parametrize(
    ("address", "before", "now"),
    [
        ("tabell-24/startlan_belop/2017", "197", "1 197"),
        ("tabell-24/startlan_snitt/2016", "1 195 000", "1 953 000"),
    ],
)
def test_misprints_of_table_24_are_our_corrections(
    diff: EditionDiff, address: str, before: str, now: str
) -> None:
    change = change_at(diff, address)
    assert change.old and change.new
    assert (change.old.text, change.new.text) == (spaced(before), spaced(now))
    assert change.cause == ERROR


def test_every_other_change_is_a_printed_rounding_worked_out_anew(diff: EditionDiff) -> None:
    assert {each.item for each in diff.changed} == {"tabell-24"}
    assert {each.cause for each in diff.changed} == {ERROR, METHOD}
    for each in diff.changed:
        if each.cause == METHOD:
            assert each.size and each.size.is_large < 0.01


def test_every_old_number_is_the_printed_one(diff: EditionDiff) -> None:
    printed = {p.address: p.text for p in verify.read_printed(FOLDER)}
    old = {each.address: each.old for each in diff.numbers if each.old}
    assert set(old) == set(printed)
    for address, value in old.items():
        digits = re.sub(r"\s|%", "", printed[address])
        assert re.sub(r"\s", "", value.text) == digits or value.value is None


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("tabell-6/leie/oslo-og-baerum/3-rom/2025", NEW_PERIOD),
        ("figur-27/statlig_mottakere/2025", NEW_PERIOD),
        ("figur-36/mottakere/alna/2023", ""),
        ("figur-37/andel/oslo/2023", ""),
    ],
)
def test_what_print_did_not_have_is_new(diff: EditionDiff, address: str, cause: str) -> None:
    change = change_at(diff, address)
    assert (change.state, change.cause) == (ADDED, cause)


def test_new_tables_are_told_and_drawings_without_numbers_are_not_compared(
    diff: EditionDiff,
) -> None:
    items = {each.key: each for each in diff.items}

    assert [key for key, each in items.items() if each.state == ITEM_ADDED] == [
        f"figur-{number}" for number in range(36, 41)
    ]
    for key in ("tabell-13", "figur-18", "figur-32"):
        assert "ikke sammenlignet" in items[key].words[0]
        assert "våre anslag" in items[key].words[1]
    assert items["figur-21"].words == ()


def test_latest_stands_against_the_last_printed_year(diff: EditionDiff) -> None:
    renewed = {each.item: (each.before, each.now) for each in diff.news}
    assert renewed == {
        "tabell-6": ("2020", "2025"),
        "figur-7": ("2020", "2024"),
        "tabell-10": ("2021", "2025"),
        "figur-25": ("2020", "2023"),
        "figur-27": ("2020", "2025"),
        "tabell-29": ("2020", "2025"),
    }
    assert all(each.old.address.endswith(f"/{each.before}") for each in diff.news)


def test_the_page_opens_with_at_most_five_sentences(diff: EditionDiff, catalog: Catalog) -> None:
    said = [words.replace("\N{NO-BREAK SPACE}", " ") for words in headlines(diff, catalog)]

    assert 3 <= len(said) <= 5
    assert "fra 16 057 i 2020 til 17 115 i 2025" in said[0]
    assert "midlertidige regler fra 2022" in said[0]
    assert "fra 14 810 kroner per måned i 2020 til 19 030 i 2025" in said[1]
    assert "løpende kroner" in said[1]
    assert "to tall i tabell 24" in said[2]
    assert "1 197 millioner kroner og ikke 197" in said[2]
    assert "figur 36" in said[3] and "figur 37" in said[3]
    # Figur 28 and 32 have caps and dwellings of later years beside what is of 2021 and 2019.
    assert said[4].startswith("16 av 40 figurer og tabeller har ingen tall som er nyere enn i")
    assert "og 10 av de 40 viser våre anslag" in said[4]
    assert not [words for words in said if "utsagn" in words or "serier" in words]


def test_no_state_is_hidden_behind_what_print_rounded(diff: EditionDiff) -> None:
    assert set(diff.states) == {SAME, "endret", ADDED}


def test_an_item_of_another_period_than_print_is_no_revision(
    catalog: Catalog, real_values: Records
) -> None:
    """Tabell 31 of 2026: the address is the same, the year is not."""
    moved: Any = catalog.items["tabell-31"].model_copy(update={"own_subtitle": "Antall, 2026"})
    later = catalog.model_copy(update={"items": dict(catalog.items) | {"tabell-31": moved}})
    new = edition_of(later, real_values)
    address = "tabell-31/per_tilfelle/oslo"
    new.values[address] = PublishedValue(address, "600", 600.0, "kr", 0, "offisiell", ("k",), "b")
    change = change_at(compare(read_print(FOLDER, later), new, Declared(), {}), address)
    assert change.cause == NEW_PERIOD
