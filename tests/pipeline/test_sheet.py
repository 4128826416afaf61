import csv
import io
import math

import pandas as pd

from kunnskapsgrunnlag.base.nb_numbers import Shown, shown
from kunnskapsgrunnlag.store.display_table import ordered, plain
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import cell, frame, item_of, measure_of, numbers, spaced, value_of


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def record(measure: str, text: str, value: float | None = 1.0, year: int = 2020) -> Value:
    return value_of(f"tabell-1/{measure}/{year}", text, value, year=year)


def test_a_plain_number_knows_the_text_of_the_store() -> None:
    table = frame(year=[2020], belop=[cell(1_952_756.0)])
    item = item_of(measures={"belop": measure_of(round_to=1000)})
    number = plain(table, item)["belop"].iloc[0]
    assert isinstance(number, Shown)
    assert (float(number), shown(number)) == (1_952_756.0, spaced("1 953 000"))


def test_a_plain_table_has_words_and_gaps() -> None:
    table = pd.DataFrame(
        {
            "year": [1, 2, 3],
            "belop": pd.Series(
                [cell(math.nan, text="statlig"), cell(math.nan, symbol=".."), None], dtype="traced"
            ),
        }
    )

    column = plain(table, item_of())["belop"]

    assert column.iloc[0] == "statlig"
    assert column.isna().tolist() == [False, True, True]


def test_a_plain_table_leaves_the_traced_one_alone() -> None:
    table = frame(year=[2020], belop=numbers([1]))
    before = table["belop"].iloc[0]
    plain(table, item_of())
    assert table["belop"].iloc[0] == before


def test_regions_come_in_the_catalogues_order_and_the_rest_last() -> None:
    item = item_of(dims=["region", "year"], regions=["oslo", "bergen"])
    table = frame(region=["alna", "bergen", "oslo", "oslo"], year=[2020, 2020, 2020, 2019])
    found_table = ordered(table, item)
    found = found_table[["region", "year"]].to_numpy().tolist()
    assert found == [["oslo", 2019], ["oslo", 2020], ["bergen", 2020], ["alna", 2020]]


def test_categories_come_in_the_catalogues_order() -> None:
    item = item_of(dims=["category"], categories={"ungbo": "Ungbo", "bolig": "Bolig"})
    found_table = ordered(frame(category=["bolig", "ungbo"]), item)
    assert found_table["category"].tolist() == ["ungbo", "bolig"]
