"""Figur 20: instruments by stage, made of the data of figur 21 and 22."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.items import figur_20
from tests.conftest import cell, frame, texts

Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]


def said(words: list[str], column: str) -> list[object]:
    return [
        cell(math.nan, f"{column}{n}", symbol="." if word == "." else "", text=word.strip("."))
        for n, word in enumerate(words, 2)
    ]


@pytest.fixture
def table() -> pd.DataFrame:
    stages = frame(
        instrument=["kommunal-bolig", "tilvisningsavtaler", "startlan"],
        stage=said(["strategisk og operativt", "strategisk", "operativt"], "B"),
        level=said([".", "kommunal", "."], "C"),
    )
    levels = frame(
        instrument=["startlan", "kommunal-bolig"], level=said(["statlig", "kommunal"], "L")
    )
    tenures = frame(
        instrument=["startlan", "kommunal-bolig"], tenure=said(["boligeiere", "leietakere"], "T")
    )
    return figur_20.compute(stages, levels, tenures)


def test_the_level_is_that_of_figur_21_where_it_has_the_instrument(table: pd.DataFrame) -> None:
    found = [word.text for word in table["forvaltning"]]

    assert found == ["kommunal", "kommunal", "statlig"]
    assert table["forvaltning"][2].cells == ("k:L2",)
    assert table["forvaltning"][1].cells == ("k:C3",)


def test_who_builds_or_lets_has_no_tenure(table: pd.DataFrame) -> None:
    assert table["disposisjonsform"][1] is pd.NA
    assert table["disposisjonsform"][0].text == "leietakere"


def test_every_instrument_stands_under_its_manager_and_those_whom_it_is_for(
    table: pd.DataFrame, drawn: Draw, told: Tell
) -> None:
    words = texts(drawn("figur-20", table))

    assert words.index("For boligeiere") < words.index("Startlån") < words.index("For leietakere")
    assert words.index("For leietakere") < words.index("Kommunal bolig")
    assert "For boligeiere, statlig: Startlån (operativt)." in told("figur-20", table)
    assert "For leietakere, kommunal: Kommunal bolig (strategisk og op" in told("figur-20", table)
