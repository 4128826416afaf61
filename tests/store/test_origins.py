"""An origin belongs to a number; an item says the mix of its own."""

from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import origin_html
from kunnskapsgrunnlag.store.origins import mix_words, origin_words
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import item_of, measure_of, value_of


def year(number: int, origin: str, text: str = "1") -> Value:
    value = None if text == ".." else 1.0
    return value_of(f"tabell-1/belop/{number}", text, value, year=number, origin=origin)


def area(region: str, origin: str, measure: str = "belop") -> Value:
    return value_of(f"tabell-1/{measure}/{region}", "1", 1.0, region=region, origin=origin)


def by_region(**more: Any) -> Any:
    return item_of(dims=["region"], table={"rows": ["region"], "columns": ["measure"]}, **more)


def test_an_item_with_years_says_which_years_each_origin_covers() -> None:
    run = [year(number, "offisiell") for number in range(2021, 2026)]
    printed = year(2020, "trykt")
    gap = [run[0], run[4], printed]

    words = mix_words(item_of(), [printed, *run, year(2026, "trykt", "..")])

    assert words == "offisiell 2021–2025, trykt 2020"
    assert mix_words(item_of(), gap) == "offisiell 2021 og 2025, trykt 2020"
    assert mix_words(item_of(), [printed]) == ""
    assert origin_words(item_of(), [printed]) == "Trykt"


def test_a_delivery_beside_a_printed_row_does_not_become_printed() -> None:
    item = by_region()
    records = [
        area("stovner", "leveranse"),
        area("alna", "leveranse"),
        area("hele-landet", "trykt"),
    ]

    assert mix_words(item, records) == "levert; hele landet trykt"
    assert origin_words(item, records) == "Levert; hele landet trykt"
    assert origin_html(item, records) == "Levert; hele landet trykt"


def test_measures_part_the_origins_where_areas_do_not() -> None:
    item = by_region(measures={"belop": measure_of(), "lan": measure_of(title="Lån")})
    records = [
        area(region, origin, measure)
        for region in ("stovner", "alna")
        for measure, origin in (("belop", "estimat"), ("lan", "offisiell"))
    ]

    assert mix_words(item, [*records, area("oslo", "estimat")]) == "estimat; lån offisiell"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("figur-27", "offisiell 2016–2025, trykt 2016–2020"),
        ("figur-7", "offisiell 2024, trykt 2020"),
        ("figur-23", "offisiell; sosialhjelp og startlån estimat"),
        ("figur-36", ""),
    ],
)
def test_real_items_say_their_mix(
    key: str, words: str, catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    assert mix_words(catalog.items[key], real_values[key]) == words
