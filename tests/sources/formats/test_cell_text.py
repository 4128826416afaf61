from typing import Any

import pytest

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.cell_text import mark_key, spelled, symbols_of
from kunnskapsgrunnlag.sources.formats.grid import Cell

NBSP, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"


def measure(**more: Any) -> Column:
    return Column.model_validate(
        {"name": "persons", "role": "measure", "unit": "personer", "min": 0} | more
    )


SHARE = measure(unit="prosent", rounded_to=0.1, max=100)
REGION = Column(name="region", role="region", system="navn")
YEAR = Column(name="year", role="year")


@pytest.mark.parametrize(
    "text",
    ["1 234", f"1{NBSP}234", f"1{NARROW}234,5", f"1{THIN}234", "-5", "−5", "6,1", "12345,678"],
)
def test_a_norwegian_number_stays_letter_for_letter(text: str) -> None:
    found = spelled(Cell(text), measure(min=None))

    assert (found.text, found.doubt) == (text, "")


@pytest.mark.parametrize(
    ("text", "number"),
    [("6.1", "6,1"), (f"1{NBSP}234.5", f"1{NBSP}234,5"), ("-0.25", "-0,25"), ("0.234", "0,234")],
)
def test_a_decimal_point_that_can_be_nothing_else_is_read(text: str, number: str) -> None:
    found = spelled(Cell(text), measure(min=None))

    assert (found.text, found.decimal, found.doubt) == (number, ".", "")


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "123.456", "−1.234", "-1,234"])
@pytest.mark.parametrize("rounded_to", [None, 0.1, 1])
def test_three_digits_behind_a_mark_are_never_guessed_at(
    text: str, rounded_to: float | None
) -> None:
    doubt = spelled(Cell(text), measure(rounded_to=rounded_to, min=None)).doubt

    assert f"found «{text}», which is " in doubt
    assert "with three decimals" in doubt


def test_the_schema_decides_what_three_digits_are() -> None:
    for column in (measure(rounded_to=0.001), SHARE):
        assert spelled(Cell("12.345"), column)[:3] == ("12,345", "", ".")
        assert spelled(Cell("12,345"), column)[:3] == ("12,345", "", ",")


def test_a_number_of_a_workbook_has_one_reading() -> None:
    assert spelled(Cell("1,234", number=True), measure()).doubt == ""


@pytest.mark.parametrize(
    "text",
    ["1.234,5", "1,234.5", "1.234.567", "1'234", "1 23", "1e5", "(5)", "+5", "–5", ".5", "12,"],
)
def test_what_is_no_number_is_left_for_the_schema_to_refuse(text: str) -> None:
    assert spelled(Cell(text), measure()) == (text, "", "", "")


@pytest.mark.parametrize("text", ["6,1 %", "6,1%", f"6,1{NBSP}%", "6.1 %"])
def test_a_percent_sign_is_read_where_the_unit_says_so(text: str) -> None:
    assert spelled(Cell(text), SHARE).text == "6,1"
    assert spelled(Cell(text), measure()).text == text


@pytest.mark.parametrize(
    ("text", "number", "mark"),
    [
        ("1 234*", "1 234", "*"),
        ("550 **", "550", "**"),
        ("550¹", "550", "¹"),
        ("12 550 1)", "12 550", "1)"),
        ("6.1²⁾", "6,1", "²⁾"),
        ("..¹", "..", "¹"),
        ("5501)", "5501)", ""),
        ("*", "*", ""),
        ("m²", "m²", ""),
        ("tekst 1)", "tekst 1)", ""),
    ],
)
def test_a_mark_behind_a_number_is_told_apart(text: str, number: str, mark: str) -> None:
    assert spelled(Cell(text), measure())[:2] == (number, mark)


@pytest.mark.parametrize(
    ("text", "name", "mark"),
    [
        ("Alna 1)", "Alna", "1)"),
        ("Alna1)", "Alna", "1)"),
        ("Alna*", "Alna", "*"),
        ("St. Hanshaugen ²", "St. Hanshaugen", "²"),
        ("Alna", "Alna", ""),
    ],
)
def test_a_mark_behind_a_name_is_told_apart(text: str, name: str, mark: str) -> None:
    assert spelled(Cell(text), REGION)[:2] == (name, mark)


def test_a_word_of_the_schema_has_no_mark() -> None:
    column = Column(name="size", role="category", values={"m2": "areal m²"})

    assert spelled(Cell("areal m²"), column)[:2] == ("areal m²", "")
    assert spelled(Cell("areal¹"), column)[:2] == ("areal", "¹")


def test_a_year_may_have_a_mark() -> None:
    assert spelled(Cell("2020*"), YEAR)[:2] == ("2020", "*")


def test_a_mark_is_the_same_however_it_is_written() -> None:
    assert {mark_key(mark) for mark in ("1)", "¹", "¹⁾", "¹)")} == {"1"}
    assert mark_key("**") == "**"


def test_the_schema_says_which_signs_mean_that_a_number_is_missing() -> None:
    class Declared(Column):
        symbols: list[str] | None = None

    declared = Declared(name="n", role="measure", unit="lån", symbols=["*", ""])

    assert symbols_of(declared) == {"*", ""}
    assert symbols_of(measure()) == SYMBOLS
