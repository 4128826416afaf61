"""`kg ny`: a module, an entry and a test that hold as they are, or nothing at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.cli.new import items_with_breaks
from kunnskapsgrunnlag.editions.new_item import NewItem, NewMeasure, Wish, fit, read_measure
from kunnskapsgrunnlag.editions.new_item_text import (
    chapter_text,
    entry_lines,
    module_text,
    text_of_test,
)
from tests.checkout import CLEAN, Checkout, copy_checkout

PEOPLE = NewMeasure("residents", "Innbyggere", "personer", 0)
SOURCE = Source(file="f.csv", reader="ssb_population", unit_of={"residents": "personer"})
RENTS = (
    *("ny", "figur", "--nummer", "99", "--kapittel", "kapittel-4", "--kilde", "ssb-09895"),
    *("--tittel", "Leie etter antall rom"),
)


def wish(*, regions: tuple[str, ...] = (), years: tuple[int, ...] = ()) -> Wish:
    return Wish("tabell", 99, "Folk", "", "kapittel-4", "ssb-07459", [PEOPLE], regions, years)


def tidy(residents: Sequence[float], **dims: Sequence[object]) -> pd.DataFrame:
    cells = [f"k:A{n}" for n, _ in enumerate(residents)]
    return pd.DataFrame({**dims, "residents": residents, "residents__cell": cells})


@pytest.fixture
def cities() -> NewItem:
    """Three places in two years."""
    regions = ["oslo", "bergen", "hele-landet"]
    table = tidy([7, 3, 50, 8, 2, 51], region=regions * 2, year=[2020] * 3 + [2021] * 3)
    return fit(wish(), SOURCE, table, "")


def test_years_and_regions_are_those_of_the_source(cities: NewItem) -> None:
    entry = "\n".join(entry_lines(cities))

    assert "settings: {first_year: 2020, last_year: 2021}" in entry
    assert "regions: [hele-landet, oslo, bergen]" in entry
    assert 'subtitle: "Personer, 2020–2021"' in entry
    assert "table: {rows: [region], columns: [measure, year]}" in entry


def test_few_places_over_years_are_lines(cities: NewItem) -> None:
    assert 'lines(chart.panel("innbyggere"), rows)' in module_text(cities)


def test_many_places_are_bars_of_the_last_year() -> None:
    rows = [*BYDELER] * 2
    table = tidy([*range(30)], region=rows, year=[2020] * 15 + [2021] * 15)
    item = fit(wish(), SOURCE, table, "")

    assert 'last = rows[rows["year"] == rows["year"].max()]' in module_text(item)
    assert "høyest(tabell-99/innbyggere/bydeler/siste) = sondre-nordstrand" in chapter_text(item)


def test_one_place_is_a_setting_and_no_dimension() -> None:
    table = tidy([7, 3, 6, 4], region=["oslo", "bergen"] * 2, year=[2020, 2020, 2021, 2021])
    item = fit(wish(regions=("oslo",)), SOURCE, table, "")

    assert item.settings == {"region": "oslo", "first_year": 2020, "last_year": 2021}
    assert item.subtitle == "Personer, Oslo, 2020–2021"
    assert "dims: [year]" in entry_lines(item)
    assert 'sjekk="faller(tabell-99/innbyggere/første..siste)"' in chapter_text(item)


def test_of_a_register_with_months_december_is_taken_and_said() -> None:
    table = tidy([7, 3, 6, 4], year=[2020, 2020, 2021, 2021], month=[11, 12, 11, 12])
    item = fit(wish(), SOURCE, table, "")

    assert item.settings == {"month": 12, "first_year": 2020, "last_year": 2021}
    assert item.subtitle == "Personer, desember 2020–2021"


def test_the_items_that_tell_of_a_sources_breaks_are_named(catalog: Catalog) -> None:
    assert {"figur-27", "figur-40"} <= {*items_with_breaks(catalog, "husbanken-bostotte")}
    assert items_with_breaks(catalog, "ssb-07459") == []


def test_one_year_is_a_setting_and_no_dimension() -> None:
    table = tidy([7, 3, 6, 4], region=["oslo", "bergen"] * 2, year=[2020, 2020, 2021, 2021])
    item = fit(wish(years=(2021,)), SOURCE, table, "")

    assert "dims: [region]" in entry_lines(item)
    assert "compute(residents, year=2021)" in text_of_test(item)


def test_the_finding_leaves_out_the_country(cities: NewItem) -> None:
    expected = '[Oslo har det høyeste tallet]{.pastand sjekk="høyest(tabell-99/innbyggere/*/siste'
    assert f'{expected} uten hele-landet) = oslo"}}' in chapter_text(cities)


def test_the_finding_names_the_places_that_were_asked_for() -> None:
    table = tidy([7, 3, 1], region=["oslo", "bergen", "drammen"], year=[2020] * 3)
    item = fit(wish(regions=("bergen", "oslo")), SOURCE, table, "")

    test = "tabell-99/innbyggere/oslo over tabell-99/innbyggere/bergen"
    expected = f'[Oslo har et høyere tall enn Bergen]{{.pastand sjekk="{test}"}}'
    assert expected in chapter_text(item)


def test_a_second_way_of_dividing_is_no_item() -> None:
    table = tidy([1], age=["0-19"], sex=["k"])
    with pytest.raises(KgError, match="er delt inn etter age, sex, og en tabell har bare én"):
        fit(wish(), SOURCE, table, "2020")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("residents: Innbyggere", PEOPLE),
        (
            "residents: Folk, i alt, 1 000 personer, 1",
            NewMeasure("residents", "Folk, i alt", "1 000 personer", 1),
        ),
    ],
)
def test_a_measure_is_read_from_one_line(words: str, expected: NewMeasure) -> None:
    assert read_measure(words, SOURCE) == expected


def test_the_name_of_a_measure_is_made_of_its_title() -> None:
    measure = NewMeasure("a", "Lån på året (i alt)", "lån", 0)

    assert measure.name == "lan_pa_aret_i_alt"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout of its own: the catalogue is written before it is judged, and then taken back."""
    return copy_checkout(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ny", "kart"), "kg ny lager en «tabell» eller en «figur», ikke «kart»."),
        (("ny", "tabell", "--nummer", "27"), "nummer 27 er figur-27 i params.yaml."),
        (
            ("ny", "tabell", "--kapittel", "kapitel-4"),
            "ikke noe kapittel «kapitel-4». Mente du «kapittel-4»?",
        ),
        (("ny", "tabell", "--kapittel", "kapittel-4", "--kilde", "ssb-0989"), "«ssb-09895»?"),
        ((*RENTS, "--mål", "leie"), "målet «leie» skrives som «kolonne: tittel»"),
        ((*RENTS, "--mål", "rent: Leie, kr, 0"), "ssb-09895 har ikke noe mål «rent»."),
        ((*RENTS, "--mål", "rent_nok_month: Sum"), "«sum» er pandas' eget navn"),
        ((*RENTS, "--mål", "rent_nok_month: Leie", "--steder", "roros"), "ingen region «roros»"),
        ((*RENTS, "--mål", "rent_nok_month: Leie", "--år", "1980"), "har ingen tall for 1980"),
        ((*RENTS, "--mål", "rent_nok_month: Leie", "--år", "i fjor"), "--år er ett år eller fra"),
    ],
)
def test_a_mistake_writes_nothing(arguments: tuple[str, ...], words: str, desk: Checkout) -> None:
    before = desk.read("params.yaml")

    done = desk.process(*arguments)

    assert done.code == 1
    assert words in done.words
    assert desk.read("params.yaml") == before
    assert not list(desk.root.glob("*/*/items/*_99.py"))
    assert not list(desk.root.glob("tests/items/*_99.py"))


def test_answers_make_an_item_that_is_ready(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path)
    answers = "kapittel-4\nssb-09895\nLeie etter antall rom\nLeie\n"

    done = run(checkout, "-m", "kunnskapsgrunnlag", "ny", "figur", "--nummer", "99", given=answers)

    assert '::: {.item key="figur-99"}\n[Oslo og Bærum har det høyeste tallet for 1 rom]' in done
    made = ("src/kunnskapsgrunnlag/items/figur_99.py", "tests/items/test_figur_99.py")
    assert "1 passed" in run(checkout, "-m", "pytest", "-q", "-n", "0", made[1])
    run(checkout, "-m", "ruff", "check", *made)
    run(checkout, "-m", "ruff", "format", "--check", *made)
    again = checkout.process(*RENTS, "--mål", "rent_nok_month: Leie")
    assert "nummer 99 er figur-99 i params.yaml" in again.words


def run(checkout: Checkout, *arguments: str, given: str = "") -> str:
    """What a process in the checkout prints, once it has ended well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout.root,
        env=CLEAN | {"PYTHONPATH": str(checkout.root / "src"), "PYTHONUTF8": "1"},
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
