import math
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP
from kunnskapsgrunnlag.store.traced import Traced, same_words, total
from tests.conftest import cell, numbers

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    MINUS: operator.sub,
    "·": operator.mul,
    "/": operator.truediv,
}
POSITIVE = st.floats(1, 1e6, allow_nan=False)
ACTS = st.sampled_from(list(OPERATORS.values()))


@given(POSITIVE, POSITIVE, ACTS)
def test_arithmetic_is_that_of_floats_and_keeps_the_cells_of_both_sides(
    a: float, b: float, act: Callable[[Any, Any], Any]
) -> None:
    assert act(cell(a), cell(b)).value == act(cell(a), b).value == act(a, b)
    assert act(cell(a), b).cells == ("k:A1",)
    result = act(cell(6, "B2") + cell(1, "A1"), cell(3, "A1") * cell(2, "C3"))
    assert result.cells == ("k:A1", "k:B2", "k:C3")
    assert ((1 + cell(2)).value, (1000 * cell(2)).value) == (3, 2000)


def test_sum_leaves_no_trace_of_its_start_value() -> None:
    result = sum(numbers([1, 2, 3]))
    assert isinstance(result, Traced)
    assert (result.value, result.expr) == (6, "1 + 2 + 3")


def test_the_total_of_nothing_is_an_exact_zero() -> None:
    assert (total([]).value, total([]).cells) == (0, ())


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        (cell(992, half_width=0.5), 991.5, 992.5),
        (cell(6) / cell(3), 2, 2),
        (cell(10, half_width=0.5) * -2, -21, -19),
    ],
)
def test_a_number_lies_as_far_off_as_its_cells_are_rounded(
    number: Traced, low: float, high: float
) -> None:
    assert (number.low, number.high) == (low, high)


def test_the_interval_of_a_difference_is_as_wide_as_both() -> None:
    result = cell(10, half_width=0.5) - cell(4, half_width=1)
    assert (result.low, result.high) == (4.5, 7.5)


@given(POSITIVE, POSITIVE, st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), ACTS, ACTS)
def test_the_interval_holds_whatever_the_sources_may_have_been(
    a: float,
    b: float,
    shift_a: float,
    shift_b: float,
    first: Callable[[Any, Any], Any],
    second: Callable[[Any, Any], Any],
) -> None:
    result = second(first(cell(a, half_width=0.5), cell(b, half_width=0.5)), cell(b + 1, "B1"))
    true = second(first(a + shift_a, b + shift_b), b + 1)
    slack = 1e-9 * max(1, abs(true))

    assert result.low - slack <= result.value <= result.high + slack
    assert result.low - slack <= true <= result.high + slack


@pytest.mark.parametrize("act", OPERATORS.values())
def test_a_missing_number_makes_the_result_missing(act: Callable[[Any, Any], Any]) -> None:
    result = act(cell(1, half_width=0.5), cell(math.nan, "B2", symbol=".."))

    assert result.is_missing
    assert (result.symbol, result.cells) == ("..", ("k:A1", "k:B2"))
    assert math.isnan(result.low)
    assert math.isnan(result.high)
    assert total([cell(1), result, cell(3, "A3")]).symbol == ".."


def test_words_and_marked_numbers_are_not_missing() -> None:
    words = cell(math.nan, text="kommunal")
    assert (words.is_missing, words.expr) == (False, "kommunal")
    assert (cell(1, symbol="e") + cell(2)).symbol == ""
    assert (cell(1, symbol="e") + cell(math.nan, "B2", symbol="..")).symbol == ".."
    assert (cell(1, symbol="e") + cell(2)).expr == "1 + 2"


def test_division_by_what_is_or_may_be_zero() -> None:
    missing = cell(1, "A1") / cell(0, "A2")
    unknown = cell(1) / (cell(1, half_width=0.5) - cell(0.6))

    assert (missing.is_missing, missing.cells) == (True, ("k:A1", "k:A2"))
    assert unknown.low <= 1 / 0.01 <= unknown.high


def test_a_count_traces_to_every_cell_that_was_looked_at() -> None:
    first, *rest = [cell(math.nan, f"B{n}", text="statlig") for n in (2, 3, 4)]

    result = same_words(first, [first, *rest], 2)

    assert (result.value, result.expr) == (2, "2 med «statlig»")
    assert result.cells == ("k:B2", "k:B3", "k:B4")


def test_a_shared_part_is_named_once_and_a_deep_sum_is_no_deeper_than_memory() -> None:
    doubled = cell(1)
    for _ in range(60):
        doubled = doubled + doubled
    long: Traced = sum(numbers([1.0] * 20_000))  # type: ignore[assignment]

    assert (doubled.value, doubled.cells) == (2.0**60, ("k:A1",))
    assert (long.value, len(long.cells), long.expr) == (20_000, 20_000, "sum av 20000 tall")


TWELVE = numbers([1.0] * 12)


@pytest.mark.parametrize(
    ("number", "expression"),
    [
        (cell(693494), f"693{NBSP}494"),
        (cell(2180.03), f"2{NBSP}180,03"),
        (cell(0.125), "0,125"),
        (cell(-3), f"{MINUS}3"),
        (cell(math.nan, symbol="..") / 2, ".. / 2"),
        (cell(550) / cell(2), "550 / 2"),
        ((cell(12) / cell(10) - 1) * 100, f"((12 / 10) {MINUS} 1) · 100"),
        (cell(1) / (cell(2) + cell(3)), "1 / (2 + 3)"),
        (cell(1) / cell(4) * 100, "1 / 4 · 100"),
        (total(numbers([1, 2, 3, 4, 5, 6])), "1 + 2 + 3 + 4 + 5 + 6"),
        (total([cell(n) / (n + 1) for n in (1, 3, 5, 7)]), "1 / 2 + 3 / 4 + 5 / 6 + 7 / 8"),
        (total(TWELVE), "sum av 12 tall"),
        (total(TWELVE) / 2, "(sum av 12 tall) / 2"),
    ],
)
def test_an_expression_is_written_as_a_reader_works_it_out(number: Traced, expression: str) -> None:
    assert number.expr == expression


@st.composite
def calculations(draw: st.DrawFn, depth: int = 3) -> Traced:
    """A calculation of up to eight whole numbers, short of seven terms in one sum."""
    if depth == 0 or draw(st.booleans()):
        return cell(draw(st.integers(1, 20)))
    sign = draw(st.sampled_from(list(OPERATORS)))
    left, right = draw(calculations(depth - 1)), draw(calculations(depth - 1))
    return (
        cell(7)
        if sign == "+" and left.trail.terms + right.trail.terms > 6
        else OPERATORS[sign](left, right)
    )


@given(calculations())
def test_the_expression_gives_the_number_when_a_reader_works_it_out(result: Traced) -> None:
    written = result.expr
    for sign, plain in ((MINUS, "-"), ("·", "*"), (NBSP, ""), (",", ".")):
        written = written.replace(sign, plain)

    if not result.is_missing:
        assert eval(written) == pytest.approx(result.value)
