"""Columns of traced numbers: what pandas does with them, and what it must not."""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.traced import Traced, lift, mean, total
from kunnskapsgrunnlag.store.traced_array import LineageError, TracedArray
from tests.conftest import cell, frame, numbers, values_of

Act = Callable[[Any, Any], Any]
ACTS = st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv])
GAP = cell(math.nan, "gap", symbol="..")
# A cell's number and half width; halves are exact in binary, so that bounds are too.
SOURCES = st.tuples(st.integers(-50, 50), st.sampled_from([0, 0.5, 4]))
ROWS = st.lists(st.tuples(SOURCES, SOURCES), min_size=1, max_size=6)


def column(*values: float | Traced | None) -> Any:
    """Numbers with cells `k:v0`, `k:v1`, …; whatever is traced or absent stays so."""
    rows = [cell(v, f"v{at}") if isinstance(v, float) else v for at, v in enumerate(values)]
    return pd.Series(rows, dtype="traced")


def pair(rows: list[tuple[tuple[int, float], tuple[int, float]]]) -> tuple[Any, Any]:
    left, right = (
        [cell(row[of][0], f"{name}{at}", half_width=row[of][1]) for at, row in enumerate(rows)]
        for of, name in enumerate("ab")
    )
    return pd.Series(left, dtype="traced"), pd.Series(right, dtype="traced")


def said(number: Any) -> tuple[Any, ...]:
    """All that a reader can know of a number."""
    ends = (str(float(end)) for end in (number.value, number.low, number.high))
    return (*ends, number.cells, number.expr, number.symbol, number.trail.terms)


# --------------------------------------------------------------------------------- properties


@given(ROWS, ACTS, ACTS)
def test_a_column_does_with_each_row_what_the_numbers_do_alone(
    rows: list[Any], first: Act, second: Act
) -> None:
    a, b = pair(rows)

    together = second(first(a, b), 3)
    swapped = second(2, first(b, a[0]))

    assert [said(n) for n in together] == [
        said(second(first(x, y), 3)) for x, y in zip(a, b, strict=True)
    ]
    assert [said(n) for n in swapped] == [said(second(2, first(y, a[0]))) for y in b]


@given(ROWS, ACTS)
def test_the_values_are_those_of_floats(rows: list[Any], act: Act) -> None:
    a, b = pair(rows)
    floats = act(a.astype(float), b.astype(float)).replace([math.inf, -math.inf], math.nan)

    assert act(a, b).astype(float).equals(floats)
    assert (a < b).equals(a.astype(float) < b.astype(float))
    assert (a == b).equals(a.astype(float) == b.astype(float))


@given(ROWS, ACTS, st.lists(st.floats(-1, 1), min_size=12, max_size=12))
def test_the_interval_holds_whatever_the_sources_may_have_been(
    rows: list[Any], act: Act, shifts: list[float]
) -> None:
    a, b = pair(rows)
    for at, (number, ((x, half_x), (y, half_y))) in enumerate(zip(act(a, b), rows, strict=True)):
        true_x, true_y = x + shifts[2 * at] * half_x, y + shifts[2 * at + 1] * half_y
        if number.is_missing or (act is operator.truediv and not true_y):
            continue
        true = act(true_x, true_y)
        slack = 1e-9 * max(1, abs(true))
        assert number.low - slack <= true <= number.high + slack


@given(ROWS)
def test_each_result_names_the_cells_that_went_into_it(rows: list[Any]) -> None:
    a, b = pair(rows)
    every = {f"k:{name}{at}" for name in "ab" for at in range(len(rows))}

    assert [n.cells for n in a + b] == [(f"k:a{at}", f"k:b{at}") for at in range(len(rows))]
    assert set((a * b).sum().cells) == every
    assert set(pd.concat([a, b]).max().cells) == every
    group = pd.Series([at % 2 for at in range(len(rows))])
    means: Any = (a - b).groupby(group).mean()
    for at, number in means.items():
        own = {f"k:{name}{row}" for name in "ab" for row in range(len(rows)) if row % 2 == at}
        assert set(number.cells) == own


@given(st.lists(SOURCES, min_size=1, max_size=9))
def test_sum_mean_and_extremes_are_those_of_the_numbers(cells: list[tuple[int, float]]) -> None:
    rows = [cell(value, f"v{at}", half_width=half) for at, (value, half) in enumerate(cells)]
    a: Any = pd.Series(rows, dtype="traced")
    low, high = [v - half for v, half in cells], [v + half for v, half in cells]

    assert said(a.sum()) == said(total(rows))
    assert said(a.mean()) == said(mean(rows))
    assert a.sum().value == sum(v for v, _ in cells)
    assert (a.max().value, a.max().low, a.max().high) == (max(a.astype(float)), max(low), max(high))
    assert (a.min().value, a.min().low, a.min().high) == (min(a.astype(float)), min(low), min(high))
    assert said(a.groupby([0] * len(a)).sum().iloc[0]) == said(a.sum())


# ------------------------------------------------------------------------- missing and absent


def test_what_is_missing_has_a_symbol_and_what_is_absent_has_nothing() -> None:
    a = column(1.0, GAP, None)
    doubled = a * 2

    assert a.isna().tolist() == [False, True, True]
    assert a.array.is_absent().tolist() == [False, False, True]
    assert (doubled[1].symbol, doubled[1].cells) == ("..", ("k:gap",))
    assert doubled[2] is pd.NA
    assert (a - a.shift()).isna().tolist() == [True, True, True]


def test_a_sum_with_a_gap_is_missing_and_one_with_an_absent_row_is_not() -> None:
    assert column(1.0, 2.0, None).sum().value == 3
    assert column(1.0, GAP).sum().symbol == ".."
    assert column(1.0, GAP).sum(skipna=True).is_missing
    assert column(1.0, GAP).max().is_missing
    assert column(None, None).sum() is pd.NA
    by = column(1.0, GAP, None, 4.0).groupby([1, 1, 2, 3]).sum()
    assert values_of(by)[2] == 4
    assert (by[1].symbol, by[2]) == ("..", pd.NA)


def test_the_first_of_a_group_is_its_first_row_and_not_its_first_number() -> None:
    groups = column(GAP, 2.0, None, 4.0).groupby([1, 1, 2, 2])

    assert groups.first()[1].symbol == ".."
    assert values_of(groups.last()) == [2, 4]


def test_a_gap_is_filled_with_a_source_and_with_nothing_less() -> None:
    a = column(1.0, GAP, None)

    assert values_of(a.fillna(column(7.0, 8.0, 9.0))) == [1, 8, 9]
    # What is absent fills nothing.
    assert a.fillna(column(7.0, None, None))[1].symbol == ".."
    assert values_of(a.fillna(cell(5, "x"))) == [1, 5, 5]
    with pytest.raises(LineageError, match="«0» er et tall uten kilde"):
        a.fillna(0)


def test_words_are_no_numbers_and_not_missing() -> None:
    words = pd.Series(
        [cell(math.nan, "B1", text="statlig"), cell(math.nan, "B2", text="eie"), None],
        dtype="traced",
    )

    assert words.isna().tolist() == [False, False, True]
    assert (words == "eie").tolist() == [False, True, False]
    assert [w.text for w in words.sort_values()[:2]] == ["eie", "statlig"]


# ------------------------------------------------------------------------------- tables


def test_tables_are_merged_sorted_put_together_and_filtered_with_their_cells() -> None:
    loans = frame(region=["oslo", "bergen"], loans=numbers([4, 9], "l"))
    people = frame(region=["bergen", "oslo"], people=numbers([3, 2], "p"))
    extra = frame(region=["alna"], people=numbers([5], "x"))

    both = loans.merge(people, on="region").sort_values("loans", ascending=False)
    rates = both["loans"] / both["people"]
    tall = pd.concat([loans, extra], ignore_index=True)

    assert values_of(rates) == [3, 2]
    assert rates.iloc[0].cells == ("k:l1", "k:p0")
    assert [str(tall[c].dtype) for c in ("loans", "people")] == ["traced", "traced"]
    assert tall["people"].isna().tolist() == [True, True, False]
    assert values_of(loans["loans"].where(loans["region"] == "oslo")) == [4, None]
    assert loans[loans["loans"] > 5]["region"].tolist() == ["bergen"]
    assert values_of(loans.assign(part=people["people"][:1])["part"]) == [3, None]


def test_an_object_column_of_traced_numbers_can_be_taken_back_and_floats_cannot() -> None:
    objects: Any = pd.Series([cell(1), None], dtype=object)
    floats: Any = pd.Series([1.5])

    assert objects.astype("traced").dtype == "traced"
    with pytest.raises(LineageError, match=r"«1\.5» er et tall uten kilde"):
        floats.astype("traced")
    with pytest.raises(LineageError, match="uten kilde"):
        column(1.0) + floats


def test_a_column_can_be_made_of_cells() -> None:
    made = TracedArray.from_cells(
        np.array([1.0, math.nan]), ["k:A1", "k:A2"], symbol=["", ".."], places=[1, None]
    )
    assert [(n.expr, n.cells, n.places) for n in made] == [
        ("1", ("k:A1",), 1),
        ("..", ("k:A2",), None),
    ]


@pytest.mark.parametrize(
    ("lose", "instead"),
    [
        (lambda s: s.quantile(0.5), "ranked()"),
        (lambda s: s.median(), "ranked()"),
        (lambda s: s.rank(), "ranked()"),
        (lambda s: s.std(), "sum, mean"),
        (lambda s: s.var(), "sum, mean"),
        (lambda s: s.prod(), "sum, mean"),
        (lambda s: s.any(), "sum, mean"),
        (lambda s: s.round(1), "params.yaml"),
        (lambda s: s.clip(2), "uten kilde"),
        (lambda s: s.clip(upper=2), "uten kilde"),
        (lambda s: s.cumsum(), "shift()"),
        (lambda s: s.interpolate(), "la raden stå"),
        (lambda s: s.rolling(2).mean(), "shift()"),
        (lambda s: s.expanding().sum(), "shift()"),
        (lambda s: s.groupby([0, 0, 1]).std(), "sum, mean"),
        (lambda s: s.groupby([0, 0, 1]).cumsum(), "shift()"),
        (lambda s: s.shift().fillna(0), "uten kilde"),
        (lambda s: s.where(s > 1, 0), "uten kilde"),
        (lambda s: s.astype(int), "params.yaml"),
        (lambda s: s // 2, "sum, mean"),
        (lambda s: s**2, "sum, mean"),
        (lambda s: np.sqrt(s), "sum, mean"),
        (lambda s: np.log(s), "sum, mean"),
        (lambda s: s > "mange", "sammenlignes"),
    ],
)  # fmt: skip
def test_what_would_lose_the_cells_is_refused_with_what_to_write(lose: Any, instead: str) -> None:
    with pytest.raises(KgError) as problem:
        lose(column(1.0, 2.0, 3.0))
    assert instead in str(problem.value)


def test_what_is_not_published_may_leave() -> None:
    a = column(1.0, GAP, 3.0)
    assert a.astype(float).tolist()[::2] == [1, 3]
    assert np.asarray(a, dtype=float)[0] == 1
    assert lift(2).cells == ()
