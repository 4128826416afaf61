"""Items by group: figur 9, tabell 17, figur 21 and figur 22."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.items import figur_9, figur_21, figur_22, tabell_17
from tests.conftest import cell, columns_of, frame, numbers, rows_of, texts, titles, values_of

Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]


@pytest.fixture
def definitions() -> pd.DataFrame:
    return frame(
        definition=["kapabilitet-leie-og-eie", "ssb", "kapabilitet-leie"],
        persons_pct=numbers([5.8, 3.6, 3.5], "p"),
        households_pct=numbers([6.4, 2.9, 4.1], "h"),
    )


@pytest.fixture
def ages() -> pd.DataFrame:
    return frame(
        age_group=["80-og-over", "0-19"],
        persons_pct=[cell(0.9, "B3", places=1), cell(11, "B2", places=0)],
    )


def words(**said: str) -> pd.DataFrame:
    """Instruments with what is said of each."""
    return frame(
        instrument=[key.replace("_", "-") for key in said],
        said=[cell(math.nan, f"B{n}", text=text) for n, text in enumerate(said.values(), 2)],
    )


def test_figur_9_has_the_definitions_in_the_reports_order(definitions: pd.DataFrame) -> None:
    table = figur_9.compute(definitions)

    assert table["category"].tolist() == ["ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie"]
    assert values_of(table["personer"]) == [3.6, 3.5, 5.8]
    assert values_of(table["husholdninger"]) == [2.9, 4.1, 6.4]


def test_figur_9_draws_persons_and_households(definitions: pd.DataFrame, drawn: Draw) -> None:
    fig = drawn("figur-9", figur_9.compute(definitions))

    assert titles(fig) == ["Personer", "Husholdninger"]
    assert (texts(fig, 0), texts(fig, 1)) == (["3,6", "3,5", "5,8"], ["2,9", "4,1", "6,4"])
    assert rows_of(fig)[1] == "Kapabilitet,\nbare leietakere"


def test_figur_9_tells_every_share(definitions: pd.DataFrame, told: Tell) -> None:
    text = told("figur-9", figur_9.compute(definitions))

    assert text.startswith("Søylediagram med 3 definisjoner. SSB: lavinntekt")
    assert "leietakere og eiere: 5,8 prosent av personene og 6,4 prosent av husholdn" in text


def test_tabell_17_starts_with_the_youngest(ages: pd.DataFrame) -> None:
    assert tabell_17.compute(ages)["category"].tolist() == ["0-19", "80-og-over"]


def test_tabell_17_shows_no_decimal_that_the_source_has_not(
    ages: pd.DataFrame, drawn: Draw, told: Tell
) -> None:
    table = tabell_17.compute(ages)

    fig = drawn("tabell-17", table)

    assert (rows_of(fig), texts(fig)[:2]) == (["0–19 år", "80 år og over"], ["11", "0,9"])
    assert told("tabell-17", table).endswith("0–19 år 11 og 80 år og over 0,9.")


def test_figur_21_counts_the_instruments_of_each_level() -> None:
    said = words(startlan="statlig", ungbo="kommunal", kommunal_bolig="kommunal")

    table = figur_21.compute(said.rename(columns={"said": "level"}))

    assert [v.text for v in table["forvaltning"]] == ["statlig", "kommunal", "kommunal"]
    assert values_of(table["antall"]) == [1, 2, 2]


def test_figur_21_draws_each_instrument_under_its_level(drawn: Draw) -> None:
    said = words(ungbo="kommunal", startlan="statlig").rename(columns={"said": "level"})

    fig = drawn("figur-21", figur_21.compute(said))

    assert (rows_of(fig), columns_of(fig)) == (["Startlån", "Ungbo"], ["Statlig", "Kommunal"])
    dots = fig.axes[0].collections[0].get_offsets().tolist()  # type: ignore[union-attr]
    assert dots == [[0, 0], [1, 1]]


def test_figur_21_tells_the_instruments_of_each_level(told: Tell) -> None:
    said = words(ungbo="kommunal", kommunal_bolig="kommunal", startlan="statlig")

    text = told("figur-21", figur_21.compute(said.rename(columns={"said": "level"})))

    assert "2 virkemidler er kommunale: Ungbo og Kommunal bolig." in text
    assert "Ett er statlig: Startlån." in text


def test_figur_22_counts_the_instruments_of_each_group() -> None:
    said = words(startlan="boligeiere", ungbo="leietakere", kommunal_bolig="leietakere")

    table = figur_22.compute(said.rename(columns={"said": "tenure"}))

    assert values_of(table["antall"]) == [1, 2, 2]


def test_figur_22_draws_each_instrument_under_its_group(drawn: Draw) -> None:
    said = words(
        ungbo="leietakere", startlan="boligeiere", statlig_bostotte="uavhengig av eie eller leie"
    )

    fig = drawn("figur-22", figur_22.compute(said.rename(columns={"said": "tenure"})))

    assert rows_of(fig) == ["Statlig bostøtte", "Startlån", "Ungbo"]
    dots = fig.axes[0].collections[0].get_offsets().tolist()  # type: ignore[union-attr]
    assert dots == [[0, 0], [1, 1], [2, 2]]


def test_figur_22_tells_the_instruments_of_each_group(told: Tell) -> None:
    said = words(
        ungbo="leietakere", startlan="boligeiere", statlig_bostotte="uavhengig av eie eller leie"
    )

    text = told("figur-22", figur_22.compute(said.rename(columns={"said": "tenure"})))

    assert text.endswith("leie: Statlig bostøtte. Boligeiere: Startlån. Leietakere: Ungbo.")
