"""Items by group: figur 9, tabell 17, figur 21 and figur 22."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.items import figur_9, figur_21, figur_22, tabell_17
from tests.conftest import cell, frame, numbers, rows_of, texts, values_of

Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]


@pytest.fixture
def definitions() -> pd.DataFrame:
    return frame(
        definition=["ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie"],
        persons_pct=numbers([3.6, 3.5, 5.8], "p"),
        households_pct=numbers([2.9, 4.1, 6.4], "h"),
    )


@pytest.fixture
def ages() -> pd.DataFrame:
    return frame(
        age_group=["0-19", "80-og-over"],
        persons_pct=[cell(11, "B2", places=0), cell(0.9, "B3", places=1)],
    )


def words(**said: str) -> pd.DataFrame:
    """Instruments with what is said of each."""
    return frame(
        instrument=[key.replace("_", "-") for key in said],
        said=[cell(math.nan, f"B{n}", text=text) for n, text in enumerate(said.values(), 2)],
    )


def test_figur_9_has_the_shares_of_persons_and_of_households(definitions: pd.DataFrame) -> None:
    table = figur_9.compute(definitions)

    assert table["category"].tolist() == ["ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie"]
    assert values_of(table["personer"]) == [3.6, 3.5, 5.8]
    assert values_of(table["husholdninger"]) == [2.9, 4.1, 6.4]


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


def test_figur_22_counts_the_instruments_of_each_group() -> None:
    said = words(startlan="boligeiere", ungbo="leietakere", kommunal_bolig="leietakere")

    table = figur_22.compute(said.rename(columns={"said": "tenure"}))

    assert values_of(table["antall"]) == [1, 2, 2]
