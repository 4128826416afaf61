import math

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.readers import READERS
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.table import check_key, dimensions_of, measures_of, traced


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": ["oslo", "bergen"],
            "year": [2020, 2020],
            "share_pct": [6.1, math.nan],
            "share_pct__cell": ["k:C2", "k:C3"],
            "share_pct__symbol": ["", ".."],
            "share_pct__half": [0.05, math.nan],
            "share_pct__places": [1, math.nan],
        }
    )


def test_a_traced_number_keeps_cell_interval_places_and_symbol(table: pd.DataFrame) -> None:
    turned = traced(table.iloc[::-1])
    number, missing = turned["share_pct"].loc[0], turned["share_pct"].loc[1]

    assert [*turned.columns] == [*dimensions_of(table), *measures_of(table)]
    assert turned["region"].tolist() == ["bergen", "oslo"]
    assert (number.value, number.cells, number.places) == (6.1, ("k:C2",), 1)
    assert (number.low, number.high) == (pytest.approx(6.05), pytest.approx(6.15))
    assert (missing.symbol, missing.cells, missing.places) == ("..", ("k:C3",), None)


def test_a_measure_without_a_half_is_exact_and_words_are_kept() -> None:
    table = pd.DataFrame(
        {"n": [3.0, math.nan], "n__cell": "k:A2", "n__symbol": "", "n__text": [None, "statlig"]}
    )
    exact, words = traced(table)["n"]

    assert exact.low == exact.high == 3
    assert words.text == "statlig"


def test_a_table_is_sorted_by_its_key(table: pd.DataFrame) -> None:
    checked = check_key(table, ["region"], "x")

    assert checked["region"].tolist() == ["bergen", "oslo"]
    assert checked.index.tolist() == [0, 1]
    with pytest.raises(KgError, match=r"x: ventet hver rad én gang, fant «2020» flere"):
        check_key(table, ["year"], "x")


@pytest.mark.parametrize("name", READERS)
def test_every_reader_of_the_catalogue_exists(name: str) -> None:
    assert callable(reader(name))
