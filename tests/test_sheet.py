import csv
import io
import math

import pandas as pd
import pytest

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.numbers import Shown, shown
from kunnskapsgrunnlag.sheet import _ordered, csv_text, plain
from kunnskapsgrunnlag.values import Record
from tests.conftest import cell, frame, item_of, measure_of, numbers, record_of, spaced


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def record(measure: str, text: str, value: float | None = 1.0, year: int = 2020) -> Record:
    return record_of(f"tabell-1/{measure}/{year}", text, value, year=year)


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
                [cell(math.nan, text="statlig"), cell(math.nan, symbol=".."), None], dtype=object
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

    assert table["belop"].iloc[0] is before


def test_regions_come_in_the_catalogues_order_and_the_rest_last() -> None:
    item = item_of(dims=["region", "year"], regions=["oslo", "bergen"])
    table = frame(region=["alna", "bergen", "oslo", "oslo"], year=[2020, 2020, 2020, 2019])

    ordered = _ordered(table, item)

    found = ordered[["region", "year"]].to_numpy().tolist()
    assert found == [["oslo", 2019], ["oslo", 2020], ["bergen", 2020], ["alna", 2020]]


def test_categories_come_in_the_catalogues_order() -> None:
    item = item_of(dims=["category"], categories={"ungbo": "Ungbo", "bolig": "Bolig"})

    ordered = _ordered(frame(category=["bolig", "ungbo"]), item)

    assert ordered["category"].tolist() == ["ungbo", "bolig"]


def test_a_csv_has_a_row_per_key_and_a_column_per_measure() -> None:
    item = item_of(
        measures={"a": measure_of(group="Startlån"), "b": measure_of(title="Beløp", unit="kr")}
    )
    found = [record(m, f"{m}{y}", year=y) for y in (2019, 2020) for m in "ab"]

    assert rows(csv_text(item, found)) == [
        ["År", "Startlån: antall", "Beløp (kr)", "Opphav"],
        ["2019", "a2019", "b2019", "trykt"],
        ["2020", "a2020", "b2020", "trykt"],
    ]


def test_a_csv_number_is_one_for_a_spreadsheet() -> None:
    text = csv_text(item_of(), [record("belop", spaced("−1 382,5"))])

    assert rows(text)[1] == ["2020", "-1382,5", "trykt"]


def test_a_csv_keeps_symbols_and_words() -> None:
    found = [record("belop", "..", None, 2019), record("belop", spaced("uavhengig av"), None)]

    assert [row[1] for row in rows(csv_text(item_of(), found))[1:]] == [
        "..",
        spaced("uavhengig av"),
    ]


def test_a_csv_row_has_the_weakest_origin_of_its_numbers() -> None:
    item = item_of(measures={"a": measure_of(), "b": measure_of()})
    found = [record("a", "1") | {"origin": "offisiell"}, record("b", "2")]

    assert rows(csv_text(item, found))[1][-1] == "trykt"


def test_a_csv_leaves_out_what_is_only_in_the_text() -> None:
    item = item_of(measures={"a": measure_of(), "b": measure_of(show=False)})
    found = [record("a", "1"), record("b", "2") | {"shown": False}]

    assert rows(csv_text(item, found)) == [["År", "Antall", "Opphav"], ["2020", "1", "trykt"]]


def test_a_csv_opens_in_excel() -> None:
    text = csv_text(item_of(), [record("belop", "1")])

    assert text.startswith("\ufeffÅr;")
    assert text.endswith("\r\n")


@pytest.mark.parametrize("key", ["tabell-6", "tabell-24", "tabell-29"])
def test_a_real_csv_holds_every_shown_number(
    key: str, catalog: Catalog, real_records: dict[str, list[Record]]
) -> None:
    found = real_records[key]

    cells = [c for row in rows(csv_text(catalog.items[key], found))[1:] for c in row]

    wanted = [r["text"].replace("\u00a0", "") for r in found if r["shown"]]
    assert len(wanted) >= 30
    assert all(text in cells for text in wanted)
