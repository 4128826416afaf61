"""What a wrong cell does: refused wherever it stands, in every kind of source."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog, Check, Column, Source
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.plausible import Breach, find_breaches, unaccepted
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, dimensions_of, measures_of
from tests.conftest import ROOT, Tables

YEARS = range(2018, 2023)
KEYS = [
    key
    for key, entry in read_catalog(ROOT / "params.yaml").sources.items()
    if entry.columns is None or any(c.role == "measure" for c in entry.columns.values())
]
# Where a row that is gone is missed: in the others the reader wants one for each category.
SERIES = [
    "husbanken-bostotte",
    "ssb-09895",
    "ssb-07459",
    "ssb-10826",
    "oslo-sosialhjelp",
    "oslo-bef005",
    "oslo-lavinntekt",
    "trykt-tabell-12",
    "trykt-tabell-24",
    "trykt-figur-25",
    "levering-tabell-13",
    "levering-tabell-14",
    "levering-tabell-15",
    "levering-figur-26",
    "velferdsetaten-boligbehov",
]


def table(**columns: list[Any]) -> pd.DataFrame:
    """A tidy table; a number per measure and row, each with a cell of its own."""
    tidied: dict[str, Any] = {}
    for name, values in columns.items():
        tidied[name] = values
        if all(isinstance(value, float) for value in values):
            tidied[f"{name}{CELL}"] = [f"k:{name}{at}" for at in range(len(values))]
            tidied[f"{name}{SYMBOL}"] = [":" if math.isnan(value) else "" for value in values]
    return pd.DataFrame(tidied)


def source(*checks: dict[str, Any], **more: Any) -> Source:
    return Source(file="x", reader="x", checks=[Check(**check) for check in checks], **more)


def words(tidied: pd.DataFrame, *checks: dict[str, Any], **others: pd.DataFrame) -> list[str]:
    found = find_breaches(tidied, source(*checks), others, 2020)
    return [f"{breach.cell} {breach.words}" for breach in found]


def series(*values: float) -> pd.DataFrame:
    return table(region=["oslo"] * len(values), year=[*YEARS][: len(values)], n=[*values])


BOUNDS = {"of": ["n"], "between": [5, 9]}
SPARED = {"of": ["n"], "jump": 3, "spared": [{"region": "oslo", "year": 2019}]}


@pytest.mark.parametrize(
    ("values", "check", "told"),
    [
        ([5.0, 9.0], BOUNDS, []),
        ([5.0, 4.0], BOUNDS, ["k:n1 4 er ikke fra 5 til 9"]),
        ([5.0, 10.0], BOUNDS, ["k:n1 10 er ikke fra 5 til 9"]),
        ([9.0, math.nan, 8.0], BOUNDS, []),
        ([-5.0], {"of": ["n"]}, ["k:n0 −5 er ikke minst 0"]),
        # A jump that is declared possible, and a real break.
        ([10.0, 40.0], {"of": ["n"], "jump": 5}, []),
        ([10.0, 99.0, 98.0], SPARED, []),
    ],
)
def test_what_is_outside_the_bounds_is_named(
    values: list[float], check: dict[str, Any], told: list[str]
) -> None:
    assert words(series(*values), check) == told


def test_a_share_of_one_where_percent_belong_is_told_as_one() -> None:
    tidied = table(region=["oslo", "alna"], share_pct=[0.08, 0.9])
    check = {"of": ["share_pct"], "between": [1, 30]}
    asked = "Det ventes prosent; er dette en andel av 1?"

    assert words(tidied, check) == [
        f"k:share_pct0 0,08 er ikke fra 1 til 30. {asked}",
        "k:share_pct1 0,9 er ikke fra 1 til 30",
    ]


def test_a_part_is_not_more_than_the_whole_and_an_amount_is_the_mean_times_the_households() -> None:
    tidied = table(region=["oslo", "alna"], paid=[50.0, 900.0], mean=[5.0, 5.0], n=[10.0, 10.0])
    check = {"of": ["paid"], "product": ["mean", "n"], "within_pct": 1}

    assert words(tidied, check) == ["k:paid1 900 er ikke 5 · 10 = 50 i samme rad"]
    assert words(tidied, {"of": ["n"], "at_most": "mean"}) == [
        f"k:n{at} 10 er mer enn 5 i samme rad" for at in (0, 1)
    ]


def test_the_bounds_of_a_column_are_in_the_unit_of_the_file() -> None:
    column = Column(name="n", role="measure", unit="kr", scale=1000, min=2, max=5)
    breaches = find_breaches(series(1999.0, 3000.0, 5001.0), source(columns={"b": column}), {})
    assert [breach.cell for breach in breaches] == ["k:n0", "k:n2"]


@pytest.mark.parametrize("now", [0.0, 1.0, 31.0, 10_000.0])
def test_a_jump_from_the_year_before_is_named_without_a_declaration(now: float) -> None:
    (sentence,) = words(series(10.0, now))
    assert sentence.startswith("k:n1")
    assert sentence.endswith("ganger så mye eller så lite som året før (10)")


def test_a_month_is_compared_with_the_same_month_and_a_row_that_is_not_there_missed() -> None:
    tidied = table(region=["oslo"] * 3, year=[2019, 2019, 2020], month=[1, 2, 1], n=[1.0, 9.0, 9.0])
    lacking = table(region=["alna", "alna", "oslo"], year=[2019, 2020, 2020], n=[1.0, 1.0, 1.0])

    assert [w.partition(" ")[0] for w in words(tidied) if "året før" in w] == ["k:n2"]
    assert words(lacking) == ["k:n2 oslo 2019 mangler: raden står ikke i filen"]


@pytest.mark.parametrize(("gone", "beside"), [(0, "k:n1"), (2, "k:n1"), (4, "k:n3")])
def test_the_cell_before_a_row_that_is_not_there_is_named(gone: int, beside: str) -> None:
    whole = table(region=["alna"] * 5 + ["oslo"] * 5, year=[*YEARS] * 2, n=[1.0] * 10)
    assert words(whole.drop(gone)) == [
        f"{beside} alna {YEARS[gone]} mangler: raden står ikke i filen"
    ]


def test_a_year_may_lack_where_they_are_not_counted_each_year_but_not_a_row() -> None:
    tidied = table(region=["alna", "alna", "oslo", "oslo"], year=[2018, 2020] * 2, n=[1.0] * 4)

    assert find_breaches(tidied, source(gaps="years"), {}) == []
    assert find_breaches(tidied.drop(1), source(gaps="rows"), {}) == []
    assert [b.words for b in find_breaches(tidied, source(), {})] == [
        "2019 mangler: året står ikke i filen"
    ]
    assert [b.words for b in find_breaches(tidied.drop(1), source(gaps="years"), {})] == [
        "alna 2020 mangler: raden står ikke i filen"
    ]


def test_no_part_is_larger_than_the_whole_of_its_year() -> None:
    places, years = ["oslo", "hele-landet"] * 2, [2019, 2019, 2020, 2020]
    tidied = table(region=places, year=years, n=[5.0, 9.0, 10.0, 9.0])
    check = {"of": ["n"], "total": "hele-landet"}

    assert words(tidied, check) == ["k:n2 10 er mer enn totalen, 9"]
    assert words(tidied.drop(columns="year").iloc[:2], check) == []


def test_an_amount_for_each_is_within_bounds() -> None:
    tidied = table(region=["alna", "oslo", "bjerke"], paid=[50.0, 500.0, 50.0], n=[10.0, 10.0, 0.0])
    assert words(tidied, {"of": ["paid"], "per": "n", "between": [2, 20]}) == [
        "k:paid1 500 er 50 for hver av de 10 i samme rad, ikke fra 2 til 20"
    ]


def test_categories_add_up_as_regions_do() -> None:
    tidied = table(kind=["a", "b", "both", "other"], n=[2.0, 3.0, 6.0, 9.0])
    check = {"of": ["n"], "parts": ["a", "b"], "total": "both"}
    assert words(tidied, check) == ["k:n2 6 er ikke summen av de 2\u00a0delene, 5"]


PARTS = {"of": ["n"], "parts": ["alna", "bjerke"], "total": "oslo"}


@pytest.mark.parametrize(("total", "right"), [(5.0, True), (6.0, True), (7.0, False), (4.0, True)])
def test_parts_add_up_to_the_total_within_the_rounding(total: float, right: bool) -> None:
    tidied = table(region=["alna", "bjerke", "oslo"], n=[2.0, 3.0, total])
    assert (words(tidied, PARTS | {"within": 1}) == []) is right


@pytest.mark.parametrize(("total", "right"), [(2.0, True), (9.0, True), (1.0, False)])
def test_a_hidden_part_may_be_anything_from_nought(total: float, right: bool) -> None:
    tidied = table(region=["alna", "bjerke", "oslo"], n=[2.0, math.nan, total])
    assert (words(tidied, PARTS) == []) is right


def test_a_total_or_a_number_in_another_table_is_met_by_the_same_year() -> None:
    parts = table(region=["alna", "bjerke"] * 2, year=[2020, 2020, 2021, 2021], n=[2.0, 3.0] * 2)
    other = table(region=["oslo", "oslo"], year=[2020, 2021], n=[5.0, 6.0])
    check = {"of": ["n"], "rows": {"region": "oslo"}, "source": "o"}
    check |= {"other": {"region": "oslo", "year": "period"}}
    tidied = table(region=["oslo", "alna"], n=[6.1, 3.0])

    assert words(parts, PARTS | {"source": "o"}, o=other) == [
        "k:n2 de 2\u00a0delene er til sammen 5, og totalen er 6"
    ]
    # A table without years is of a period.
    assert words(tidied, check, o=other) == ["k:n0 6,1 er ikke det samme som 5"]
    assert find_breaches(tidied, source(check), {"o": other}, 2025) == []


def test_an_accepted_cell_and_what_was_compared_with_it_are_let_through() -> None:
    found = [Breach("k:A1", "x"), Breach("k:A2", "y", ("k:A1",)), Breach("k:A3", "z", ("k:A2",))]
    assert unaccepted(found, ["k:A1"]) == [found[2]]
    assert unaccepted(found, []) == found


def test_the_committed_numbers_are_right(catalog: Catalog, numbers: Tables) -> None:
    for key, entry in catalog.sources.items():
        assert find_breaches(numbers[key], entry, numbers, 2020) == [], key


@pytest.fixture(scope="module")
def numbers(catalog: Catalog) -> Tables:
    raw = ROOT / "data" / "raw"
    return {
        key: reader(entry.reader)(read_snapshot(key, raw / entry.file, entry.columns), entry)
        for key, entry in catalog.sources.items()
    }


def faults(tidied: pd.DataFrame, measure: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The table with one number wrong, in the first and in the last row that has one."""
    rows = [*tidied.index[tidied[measure].notna() & (tidied[measure] != 0)]]
    for row in (*rows[:1], *rows[-1:]):
        number = float(tidied.loc[row, measure])
        for name, wrong in (("0", 0.0), ("x1000", number * 1000), ("negative", -number)):
            yield (
                f"row {row}: {name}",
                tidied.assign(**{measure: tidied[measure].mask(tidied.index == row, wrong)}),
            )


@pytest.mark.parametrize("key", KEYS)
def test_a_wrong_number_is_refused_in_every_kind_of_source(
    catalog: Catalog, numbers: Tables, key: str
) -> None:
    entry, tidied = catalog.sources[key], numbers[key]
    for measure in measures_of(tidied):
        # A column of words has no number.
        for name, wrong in faults(tidied, measure):
            assert find_breaches(wrong, entry, numbers, 2020), f"{key} {measure}, {name}"


@pytest.mark.parametrize("key", SERIES)
def test_a_deleted_row_is_missed(catalog: Catalog, numbers: Tables, key: str) -> None:
    entry, tidied = catalog.sources[key], numbers[key]
    if "year" not in dimensions_of(tidied):
        assert entry.expects, key  # the reader of deliveries wants a row for each of them
        return
    last = tidied["year"] == tidied["year"].max()
    # A series that ends a year earlier than it did is told as what it is: older.
    rows = tidied.index if tidied.groupby("year").size().max() > 1 else tidied.index[~last][1:]
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        assert find_breaches(tidied.drop(row), entry, numbers, 2020), f"{key} row {row}"
