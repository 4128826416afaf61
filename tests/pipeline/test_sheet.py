import csv
import io

from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import frame, item_of, value_of


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def record(measure: str, text: str, value: float | None = 1.0, year: int = 2020) -> Value:
    return value_of(f"tabell-1/{measure}/{year}", text, value, year=year)


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
