"""All changes for people and programs to take away."""

import json
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedClaim
from kunnskapsgrunnlag.publish.downloads.changes import as_csv, as_json, file_name
from tests.editions.made import between, edition, item, number, source


@pytest.fixture
def diff() -> EditionDiff:
    """A revised number, a new year, words, and what is as it was."""
    words: dict[str, Any] = {"value": None, "unit": "tekst", "origin": "trykt"}
    old = edition(
        "2022",
        number("belop/2019", 1500, "a"),
        number("belop/2020", 2000),
        number("ord/2020", 0, text="=1+1", **words),
        claims={"a": PublishedClaim("Steg.", True, "1", ("Det steg mye.",), ("Det steg mye.",))},
    )
    new = edition(
        "2026",
        number("belop/2019", 1600, "b"),
        number("belop/2020", 2000),
        number("belop/2021", 2500),
        number("ord/2020", 0, "b", text="=2+2", **words),
        held=item(sources={"k": source("1")}),
        claims={"a": PublishedClaim("Steg.", True, "2", ("Det falt mye.",), ("Det falt mye.",))},
    )
    return between(old, new)


def rows(diff: EditionDiff, catalog: Catalog) -> list[list[str]]:
    text = as_csv(diff, Names(catalog)).decode("utf-8-sig")
    return [[cell.strip('"') for cell in line.split(";")] for line in text.splitlines()]


def test_news_come_first_and_what_did_not_change_is_left_out(
    diff: EditionDiff, catalog: Catalog
) -> None:
    found = [(row[0], row[3]) for row in rows(diff, catalog)[1:]]
    assert found == [
        ("nyeste tall", "tabell-1/belop/2021"),
        ("endret", "tabell-1/belop/2019"),
        ("ny", "tabell-1/belop/2021"),
        ("endret", "tabell-1/ord/2020"),
    ]


def test_numbers_are_numbers_of_a_spreadsheet(diff: EditionDiff, catalog: Catalog) -> None:
    revised = rows(diff, catalog)[2]
    assert revised[7:] == ["1500", "1600", "100", "6,7", *revised[11:]]
    assert revised[11:] == ["revidert av eieren av statistikken", "Eier"]


def test_no_cell_begins_a_formula(diff: EditionDiff, catalog: Catalog) -> None:
    assert not any(cell.startswith("=") for row in rows(diff, catalog) for cell in row)
    assert "2+2" in rows(diff, catalog)[4][8]


def test_programs_get_the_same_and_the_statements(diff: EditionDiff) -> None:
    held = json.loads(as_json(diff))
    assert held["causes"] == diff.causes
    assert held["numbers"][0]["address"] == "tabell-1/belop/2019"
    assert held["claims"][0]["new"] == "Det falt mye."


def test_the_file_names_both_editions(diff: EditionDiff) -> None:
    assert file_name(diff) == "endringer-2022-2026.csv"
