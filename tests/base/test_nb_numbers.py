import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP, english, nb, parse_nb, rounded, unbroken
from tests.conftest import spaced

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "step", "expected"),
    [
        (0.5, 0, 1, "1"),
        (1.5, 0, 1, "2"),
        (2.5, 0, 1, "3"),
        (-0.5, 0, 1, "-1"),
        (73.25, 1, 1, "73.3"),
        (0.05, 1, 1, "0.1"),
        (1.005, 2, 1, "1.01"),
        (2.4999, 0, 1, "2"),
        (1_952_756, 0, 1000, "1953000"),
        (1_952_500, 0, 1000, "1953000"),
        (1_952_499, 0, 5000, "1950000"),
    ],
)
def test_a_half_is_rounded_away_from_zero(
    value: float, decimals: int, step: float, expected: str
) -> None:
    assert rounded(value, decimals, step) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "decimals", "step", "expected"),
    [
        (1_382_863, 0, 1, f"1{NBSP}382{NBSP}863"),
        (999, 0, 1, "999"),
        (6.0, 1, 1, "6,0"),
        (1234.56, 1, 1, f"1{NBSP}234,6"),
        (-416, 0, 1, f"{MINUS}416"),
        (-0.4, 0, 1, "0"),
        (1_952_756, 0, 1000, f"1{NBSP}953{NBSP}000"),
        (math.nan, 0, 1, ".."),
    ],
)
def test_numbers_are_written_in_norwegian(
    value: float, decimals: int, step: float, expected: str
) -> None:
    assert nb(value, decimals, step) == expected


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


@given(FINITE, st.integers(0, 4), st.sampled_from([1, 10, 1000, 5000]))
def test_reading_what_was_written_gives_the_rounded_number(
    value: float, decimals: int, step: float
) -> None:
    number = rounded(value, decimals, step)
    unit = Decimal(step) if step > 1 else Decimal(1).scaleb(-decimals)

    assert parse_nb(nb(value, decimals, step)) == float(number)
    assert abs(number - Decimal(repr(value))) <= unit / 2
    assert nb(-value, decimals, step).strip(MINUS) == nb(value, decimals, step).strip(MINUS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>per 1 000 og 1 200 000</p>", f"<p>per 1{NBSP}000 og 1{NBSP}200{NBSP}000</p>"),
        ("<p>i 2020 300 personer</p>", "<p>i 2020 300 personer</p>"),
        ('<svg viewBox="0 0 10 200"><path d="M 10 200"/>1 000</svg>', None),
        ('<td title="1 000"><pre>1 000</pre></td>', None),
    ],
)
def test_no_line_ends_inside_a_number(text: str, wanted: str | None) -> None:
    assert unbroken(text) == (wanted or text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (spaced("1 382 863"), "1,382,863"),
        ("6,0", "6.0"),
        (f"{MINUS}{spaced('1 416,5')}", f"{MINUS}1,416.5"),
    ],
)
def test_a_number_as_english_has_it(text: str, wanted: str) -> None:
    assert english(text) == wanted
