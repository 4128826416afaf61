from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.cell_text import mark_key, spelled
from kunnskapsgrunnlag.sources.formats.grid import FileCell

NBSP, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"


def measure(**more: Any) -> Column:
    return Column.model_validate(
        {"name": "persons", "role": "measure", "unit": "personer", "min": 0} | more
    )


SHARE = measure(unit="prosent", rounded_to=0.1, max=100)
REGION = Column(name="region", role="region", system="navn")


SAME = ["1 234", f"1{NBSP}234", f"1{NARROW}234,5", f"1{THIN}234", "-5", "−5", "6,1", "12345,678"]


@pytest.mark.parametrize(
    ("text", "number", "decimal"),
    [
        *((text, text, "," if "," in text else "") for text in SAME),
        # A decimal point that can be nothing else.
        ("6.1", "6,1", "."),
        (f"1{NBSP}234.5", f"1{NBSP}234,5", "."),
        ("-0.25", "-0,25", "."),
        ("0.234", "0,234", "."),
    ],
)
def test_a_number_is_read_letter_for_letter(text: str, number: str, decimal: str) -> None:
    assert spelled(FileCell(text), measure(min=None)) == (number, "", decimal, "")


def test_the_schema_decides_what_three_digits_and_percent_signs_are() -> None:
    for column in (measure(rounded_to=0.001), SHARE):
        assert spelled(FileCell("12.345"), column)[:3] == ("12,345", "", ".")
        assert spelled(FileCell("12,345"), column)[:3] == ("12,345", "", ",")
    for text in ("6,1 %", "6,1%", f"6,1{NBSP}%", "6.1 %"):
        assert spelled(FileCell(text), SHARE).text == "6,1"
        assert spelled(FileCell(text), measure()).text == text


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "123.456", "−1.234", "-1,234"])
@pytest.mark.parametrize("rounded_to", [None, 0.1, 1])
def test_three_digits_behind_a_mark_are_never_guessed_at(
    text: str, rounded_to: float | None
) -> None:
    doubt = spelled(FileCell(text), measure(rounded_to=rounded_to, min=None)).doubt
    assert f"fant «{text}», som er " in doubt
    assert "med tre desimaler" in doubt


@pytest.mark.parametrize(
    "text",
    ["1.234,5", "1,234.5", "1.234.567", "1'234", "1 23", "1e5", "(5)", "+5", "–5", ".5", "12,"],
)
def test_what_is_no_number_is_left_for_the_schema_to_refuse(text: str) -> None:
    assert spelled(FileCell(text), measure()) == (text, "", "", "")


SIZE = Column(name="size", role="category", values={"m2": "areal m²"})
MARKED = [
    (measure(), "1 234*", "1 234", "*"),
    (measure(), "550 **", "550", "**"),
    (measure(), "550¹", "550", "¹"),
    (measure(), "12 550 1)", "12 550", "1)"),
    (measure(), "6.1²⁾", "6,1", "²⁾"),
    (measure(), "..¹", "..", "¹"),
    (measure(), "5501)", "5501)", ""),
    (measure(), "*", "*", ""),
    (measure(), "m²", "m²", ""),
    (measure(), "tekst 1)", "tekst 1)", ""),
    (REGION, "Alna 1)", "Alna", "1)"),
    (REGION, "Alna1)", "Alna", "1)"),
    (REGION, "Alna*", "Alna", "*"),
    (REGION, "St. Hanshaugen ²", "St. Hanshaugen", "²"),
    (REGION, "Alna", "Alna", ""),
    (SIZE, "areal m²", "areal m²", ""),
    (SIZE, "areal¹", "areal", "¹"),
    (Column(name="year", role="year"), "2020*", "2020", "*"),
]


@pytest.mark.parametrize(("column", "text", "word", "mark"), MARKED)
def test_a_mark_is_taken_off_a_number_or_a_word(
    column: Column, text: str, word: str, mark: str
) -> None:
    assert spelled(FileCell(text), column)[:2] == (word, mark)
    assert {mark_key(written) for written in ("1)", "¹", "¹⁾", "¹)")} == {"1"}
