import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.formulas import (
    above_country,
    change_from_first,
    change_from_previous,
    count_of_same,
    growth_from_first,
    join_population,
    only,
    ratio_to_country,
    share_of_country,
    year_total,
)
from tests.conftest import cell, frame, numbers, values_of

Formula = Callable[[pd.DataFrame, str], "pd.Series[Any]"]


def test_numbers_are_compared_within_their_region_year_and_category() -> None:
    regions = ["oslo", "oslo", "bergen", "bergen"]
    towns = frame(region=regions, year=[2019, 2020] * 2, v=numbers([1, 3, 10, 50]))
    rooms = frame(
        region=["oslo", "hele-landet"] * 2,
        category=["1-rom", "1-rom", "2-rom", "2-rom"],
        year=[2020] * 4,
        v=numbers([50, 100, 90, 100]),
    )

    assert values_of(change_from_previous(towns, "v")) == [None, 2, None, 40]
    assert values_of(share_of_country(rooms, "v")) == [50, None, 90, None]
    assert values_of(share_of_country(towns, "v")) == [None] * 4
    turned = share_of_country(rooms.iloc[[2, 0, 3, 1]], "v")
    assert turned.index.tolist() == [2, 0, 3, 1]
    assert values_of(turned) == [90, 50, None, None]


def test_what_is_missing_has_no_change() -> None:
    table = frame(year=[2019, 2020], v=[cell(math.nan, symbol=".."), cell(2, "A2")])
    lacking = pd.DataFrame({"year": [2019, 2020], "v": pd.Series([cell(1), None], dtype=object)})

    growth = growth_from_first(table, "v").iloc[1]

    assert (growth.is_missing, growth.symbol) == (True, "..")
    assert values_of(change_from_previous(lacking, "v")) == [None, None]


@pytest.mark.parametrize(
    ("formula", "years", "counts", "expected"),
    [
        (change_from_previous, [2018, 2019, 2020], [100, 110, 99], [None, 10, -11]),
        (change_from_previous, [2018, 2020], [100, 99], [None, None]),
        (change_from_first, [2018, 2019, 2020], [100, 110, 99], [None, 10, -1]),
        # The first year is the lowest, and not the first row.
        (change_from_first, [2020, 2018], [110, 100], [10, None]),
        (growth_from_first, [2018, 2019, 2020], [100, 125, 75], [None, 25, -25]),
    ],
)
def test_changes_over_the_years(
    formula: Formula, years: list[int], counts: list[float], expected: list[float | None]
) -> None:
    column = formula(frame(year=years, v=numbers(counts)), "v")
    assert values_of(column) == expected
    assert all(len(number.cells) == 2 for number in column if number is not None)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (share_of_country, [25, None, 125]),
        (ratio_to_country, [0.25, None, 1.25]),
        (above_country, [-75, None, 25]),
    ],
)
def test_comparisons_leave_the_country_itself_out(
    formula: Formula, expected: list[float | None]
) -> None:
    table = frame(region=["oslo", "hele-landet", "bergen"], v=numbers([30, 120, 150]))
    assert values_of(formula(table, "v")) == expected


def test_only_takes_the_one_number_that_fits() -> None:
    years = frame(year=[2018, 2019, 2020], v=numbers([100, 110, 99]))

    assert only(years, "v", year=2019).value == 110
    with pytest.raises(KgError, match=r"Expected one v with \{'year': 1999\}, found 0\."):
        only(years, "v", year=1999)
    with pytest.raises(KgError, match=r"found 3\."):
        only(years, "v")


def months(count: int, region: str = "oslo") -> pd.DataFrame:
    return frame(
        region=[region] * count,
        year=[2020] * count,
        month=list(range(1, count + 1)),
        v=numbers([float(m) for m in range(1, count + 1)]),
    )


def test_a_year_is_the_sum_of_the_twelve_months_of_its_own_region() -> None:
    table = pd.concat([months(12), months(12, "bergen"), months(12).assign(year=2019)])

    result = year_total(table, "v", "oslo", 2020)

    assert (result.value, len(result.cells)) == (78, 12)


def test_eleven_months_are_no_year() -> None:
    with pytest.raises(KgError, match="v, oslo 2020: expected twelve months, found 11"):
        year_total(months(11), "v", "oslo", 2020)


def test_population_comes_in_the_order_of_the_table() -> None:
    population = frame(
        region=["oslo", "bergen", "bergen"], year=[2020, 2020, 2021], residents=numbers([7, 3, 4])
    )
    places = frame(region=["bergen", "oslo"])

    assert values_of(join_population(places, population, year=2020)) == [3, 7]
    with pytest.raises(KgError, match="lacks 1 of 2 regions in 2021, first «oslo»"):
        join_population(places, population, year=2021)


def test_each_word_is_counted_where_it_stands() -> None:
    words = [cell(math.nan, f"B{n}", text=text) for n, text in enumerate(["eie", "leie", "eie"], 2)]

    counts = count_of_same(pd.Series(words, dtype=object))

    assert values_of(counts) == [2, 1, 2]
    assert counts.iloc[1].cells == ("k:B2", "k:B3", "k:B4")
