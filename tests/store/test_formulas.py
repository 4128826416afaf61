import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.formulas import (
    PARTS,
    above,
    beside,
    change_from_first,
    change_from_previous,
    count_of_same,
    growth_from_first,
    lookup,
    only,
    ratio_to,
    share_of,
    with_oslo,
    year_sum,
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
    assert values_of(share_of(rooms, "v")) == [50, None, 90, None]
    assert values_of(share_of(towns, "v")) == [None] * 4
    turned = share_of(rooms.iloc[[2, 0, 3, 1]], "v")
    assert turned.index.tolist() == [2, 0, 3, 1]
    assert values_of(turned) == [90, 50, None, None]


def test_what_is_missing_has_no_change() -> None:
    table = frame(year=[2019, 2020], v=[cell(math.nan, symbol=".."), cell(2, "A2")])
    lacking = frame(year=[2019, 2020], v=[cell(1), None])

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
    assert all(len(number.cells) == 2 for number in column if number is not pd.NA)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (share_of, [25, None, 125]),
        (ratio_to, [0.25, None, 1.25]),
        (above, [-75, None, 25]),
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
    with pytest.raises(KgError, match="Ventet ett tall i «v» med year «1999», fant 0"):
        only(years, "v", year=1999)
    with pytest.raises(KgError, match="med alle, fant 3"):
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

    sums = year_sum(table, ["v"])

    assert [*sums.columns] == ["region", "year", "v"]
    assert values_of(sums["v"]) == [78] * 3
    assert len(only(sums, "v", region="oslo", year=2020).cells) == 12


def test_eleven_months_are_no_year() -> None:
    sums = year_sum(pd.concat([months(11), months(12, "bergen")]), ["v"])
    assert sums["region"].tolist() == ["bergen"]
    with pytest.raises(KgError, match=r"oslo.*ventet tolv måneder, fant 11"):
        year_sum(months(11), ["v"], 2020)


def test_a_number_is_looked_up_in_the_order_of_the_table() -> None:
    population = frame(
        region=["oslo", "bergen", "bergen"], year=[2020, 2020, 2021], residents=numbers([7, 3, 4])
    )
    places = frame(region=["bergen", "oslo"])

    assert values_of(lookup(population, "residents", places["region"], year=2020)) == [3, 7]
    both = places.assign(year=[2021, 2020])
    assert values_of(lookup(population, "residents", both)) == [4, 7]
    with pytest.raises(KgError, match=r"«residents» i 1 av 2 rader .* region «oslo», year «2021»"):
        lookup(population, "residents", places["region"], year=2021)
    ended = lookup(population, "residents", places["region"], year=2021, lacking="..")
    assert [number.symbol for number in ended] == ["", ".."]


def test_two_rows_with_the_same_keys_are_no_answer() -> None:
    table = frame(region=["oslo", "oslo"], v=numbers([1, 2]))
    with pytest.raises(KgError, match="Ventet én rad med region «oslo» for «v», fant flere"):
        beside(table, "v", region="oslo")


def test_oslo_is_the_sum_of_all_its_parts() -> None:
    parts = frame(region=[*PARTS], year=[2020] * len(PARTS), residents=numbers([2.0] * len(PARTS)))

    oslo = only(with_oslo(parts, 2020), "residents", region="oslo")

    assert (oslo.value, len(oslo.cells)) == (2 * len(PARTS), len(PARTS))
    with pytest.raises(KgError, match=f"hver av de {len(PARTS)} delene av Oslo i 2020, fant 1 "):
        with_oslo(parts[:1], 2020)


def test_each_word_is_counted_where_it_stands() -> None:
    words = [cell(math.nan, f"B{n}", text=text) for n, text in enumerate(["eie", "leie", "eie"], 2)]

    counts = count_of_same(pd.Series(words, dtype="traced"))

    assert values_of(counts) == [2, 1, 2]
    assert counts.iloc[1].cells == ("k:B2", "k:B3", "k:B4")
