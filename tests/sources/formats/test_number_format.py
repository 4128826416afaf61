from decimal import Decimal

import pytest

from kunnskapsgrunnlag.sources.formats.number_format import shown, text_problem

ACCOUNTS = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        (3.4, "0", "3"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (0.06149, "0.0 %", "6.1"),
        (1234.5, "#,##0.00;[Red]-#,##0.00", "1234.50"),
        (-1234.5, "#,##0.00;[Red]\\-#,##0.00", "-1234.50"),
        (-416, "#,##0;−#,##0", "-416"),
        (-5, "#,##0_);(#,##0)", "-5"),
        (1234567, "#\\ ##0", "1234567"),
        (1234567, "# ##0", "1234567"),
        (5, "[$kr-414] #,##0", "5"),
        (5, '0",-"', "5"),
        (5, '"ca. "0', "5"),
        (5, "[$-414]0", "5"),
        (12, 'General" kr"', "12"),
        (-12, ACCOUNTS, "-12"),
    ],
)
def test_a_format_shows_a_number_as_far_as_it_has_decimals(
    value: float, code: str, number: str
) -> None:
    found = shown(value, code)
    assert (str(found.number), found.problem) == (number, "")


def test_an_accountants_dash_is_taken_for_what_it_is() -> None:
    assert (shown(0, ACCOUNTS).symbol, shown(0, ACCOUNTS).problem) == ("-", "")
    assert shown(Decimal("0.001"), ACCOUNTS).symbol == ""


@pytest.mark.parametrize(
    ("value", "code", "problem"),
    [
        (-5, "0;[Red]0", "uten minus"),
        (-5, "[>=1000]#,##0;0", "uten minus"),
        (5, "-0", "med minus"),
        (5, "(0)", "med minus"),
        *((5, code, "ikke viser det") for code in ("[White]0", "[Color 2]0", '"-"', "[>9]0;[<3]0")),
        *((0, code, "ikke viser det") for code in ("#", "#,###", "#.##")),
        *((5, code, "andre tegn") for code in ("[$1]0", "*10", '"<"0', '","0', '0"*"', '0"¹"')),
        *((123, code, "andre tegn") for code in ("0\\,00", '0"."00', "00 00", "0-00", "0.0.0")),
        *((123, code, "brøk eller potens") for code in ("0.00E+00", "# ?/?")),
        *((1200, code, "tusener") for code in ("0.0,", "0,.0", "#,##0,", '0" tusen"', "0%%")),
    ],
)
def test_a_number_that_people_would_read_otherwise_is_a_problem(
    value: float, code: str, problem: str
) -> None:
    assert problem in shown(value, code).problem


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        *((code, "") for code in ("General", "@", "0", "0;-0;0", ";;;@", "0;-0;0;@", "_-@_-")),
        *((code, "ikke viser det") for code in (";;;", "0;-0;;", '0;0;0;"x"', "[White]@")),
        *((code, "andre tegn") for code in ('"x"@', '@"0"')),
    ],
)
def test_a_format_may_hide_words_too(code: str, problem: str) -> None:
    assert problem in text_problem(code)
    assert bool(problem) == bool(text_problem(code))
