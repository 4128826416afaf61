import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP, Shown, nb, parse_nb, rounded, shown
from tests.conftest import spaced

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (73.25, 1, "73.3"),
        (0.05, 1, "0.1"),
        (1.005, 2, "1.01"),
        (2.4999, 0, "2"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: float, decimals: int, expected: str) -> None:
    assert rounded(value, decimals) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [(1_952_756, 1000, 1_953_000), (1_952_500, 1000, 1_953_000), (1_952_499, 5000, 1_950_000)],
)
def test_a_step_rounds_to_its_multiples(value: float, step: int, expected: int) -> None:
    assert rounded(value, 0, step) == expected


def test_a_step_of_one_leaves_the_decimals_alone() -> None:
    assert rounded(12.34, 1, 1) == Decimal("12.3")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1_382_863, 0, "1 382 863"),
        (999, 0, "999"),
        (1000, 0, "1 000"),
        (6.0, 1, "6,0"),
        (1234.56, 1, "1 234,6"),
        (0, 0, "0"),
    ],
)
def test_numbers_are_written_in_norwegian(value: float, decimals: int, expected: str) -> None:
    assert nb(value, decimals) == spaced(expected)


def test_thousands_do_not_break_over_lines() -> None:
    assert nb(1000) == f"1{NBSP}000"


def test_a_negative_number_has_a_true_minus() -> None:
    assert nb(-416) == f"{MINUS}416"


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert nb(-0.4) == "0"


def test_the_step_is_written_out() -> None:
    assert nb(1_952_756, 0, 1000) == spaced("1 953 000")


def test_a_missing_number_is_two_dots() -> None:
    assert nb(math.nan) == ".."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 382 863", 1_382_863),
        (f"1{NBSP}000", 1000),
        ("1\N{NARROW NO-BREAK SPACE}000", 1000),
        (" 6,0 ", 6.0),
        (f"{MINUS}416", -416),
        ("-416", -416),
    ],
)
def test_numbers_are_read_as_offices_write_them(text: str, expected: float) -> None:
    assert parse_nb(text) == expected


@pytest.mark.parametrize("text", ["", "ukjent", "1 av 2", "12 %", "1,2,3", "1.234.567"])
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number written in Norwegian"):
        parse_nb(text)


@given(FINITE, st.integers(0, 4))
def test_reading_what_was_written_gives_the_rounded_number(value: float, decimals: int) -> None:
    assert parse_nb(nb(value, decimals)) == float(rounded(value, decimals))


@given(FINITE, st.sampled_from([10, 1000, 5000]))
def test_reading_a_stepped_number_gives_the_multiple(value: float, step: int) -> None:
    assert parse_nb(nb(value, 0, step)) == float(rounded(value, 0, step))


@given(FINITE, st.integers(0, 4))
def test_rounding_moves_a_number_by_at_most_half_a_unit(value: float, decimals: int) -> None:
    moved = abs(rounded(value, decimals) - Decimal(repr(value)))

    assert moved <= Decimal(1).scaleb(-decimals) / 2


@given(FINITE, st.integers(0, 3))
def test_a_number_and_its_negative_have_the_same_digits(value: float, decimals: int) -> None:
    assert nb(-value, decimals).strip(MINUS) == nb(value, decimals).strip(MINUS)


def test_a_shown_number_is_a_number_with_its_text() -> None:
    number = Shown(10.96, "11")

    assert number + 1 == pytest.approx(11.96)
    assert shown(number, 1) == "11"


def test_arithmetic_on_a_shown_number_forgets_the_text() -> None:
    assert shown(Shown(1_952_756, "1 953 000") / 1000) == spaced("1 953")


def test_a_bare_number_is_shown_with_the_decimals_asked_for() -> None:
    assert shown(6.04, 1) == "6,0"
