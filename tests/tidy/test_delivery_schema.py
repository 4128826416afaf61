"""What the schema of a delivery decides: the numbers, signs, years and codes of its columns."""

import math
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Column, Source
from kunnskapsgrunnlag.tidy.delivery import tidy
from tests.sources.formats.books import book_of, delivered, saved


def measure(unit: str, **more: Any) -> Column:
    return Column(name="value", role="measure", unit=unit, **more)


NAMES = Column(name="region", role="region", system="navn")
YEARS = Column(name="year", role="year")


def read(text: str, column: Column, key: Column = NAMES) -> list[dict[Any, Any]]:
    columns = {"k": key, "tall": column}
    source = Source(file="l/x.csv", reader="delivery", key=[key.name], columns=columns)
    return tidy(delivered(f"k;tall\n{text}\n".encode(), columns), source).to_dict("records")


def refused(text: str, column: Column, key: Column = NAMES) -> str:
    with pytest.raises(KgError) as problem:
        read(text, column, key)
    return str(problem.value)


@pytest.mark.parametrize("unit", ["personer", "husholdninger", "lån", "boliger"])
@pytest.mark.parametrize("text", ["1,5", "12,34", "0,061"])
def test_what_is_counted_one_by_one_has_no_decimals(unit: str, text: str) -> None:
    words = refused(f"Alna;{text}", measure(unit))

    assert words.startswith("l/x.csv, rad 2, kolonne B «tall»: ventet et helt tall")
    assert "skriv rounded_to i params.yaml" in words
    assert read(f"Alna;{text}", measure(unit, rounded_to=0.001))


def test_kroner_have_at_most_two_decimals_and_no_number_more_than_15_digits() -> None:
    assert read("Alna;1234,50", measure("kr"))[0]["value"] == 1234.5
    assert "høyst to desimaler (kr)" in refused("Alna;0,123", measure("kr"))
    for text in ("1234567890123456789", f"1{'0' * 400}"):
        assert "på høyst 15 sifre" in refused(f"Alna;{text}", measure("kr"))


@pytest.mark.parametrize(
    ("symbols", "text", "kept"),
    [(None, ":", ":"), ([":"], ":", ":"), (["*"], "*", "*"), ([""], "", "..")],
)
def test_a_declared_sign_is_a_missing_number(
    symbols: list[str] | None, text: str, kept: str
) -> None:
    (row,) = read(f"Alna;{text}", measure("lån", symbols=symbols))
    assert math.isnan(row["value"])
    assert row["value__symbol"] == kept


@pytest.mark.parametrize(
    ("symbols", "text", "advice"),
    [
        (None, "*", "fant tegnet «*». Skriv tallet, eller «..» om det mangler."),
        ([":", "-"], "..", "tegnet «..». Skriv tallet, eller «-» eller «:» om det mangler."),
        ([], ":", "fant tegnet «:». Skriv tallet."),
        ([":"], "", "found en tom celle. Skriv tallet, eller «:» om det mangler."),
    ],
)
def test_any_other_sign_is_refused(symbols: list[str] | None, text: str, advice: str) -> None:
    assert refused(f"Alna;{text}", measure("lån", symbols=symbols)).endswith(
        advice if text else "begynner med «Kilde», «Merknad» eller tegnet sitt."
    )


@pytest.mark.parametrize("text", ["20", "1899", "3020", "²⁰²⁰", "2020,0", "01.05.2020", "٢٠٢٠"])
def test_a_year_has_four_digits_and_is_one_of_ours(text: str) -> None:
    words = refused(f"{text};1", measure("lån"), YEARS)
    assert "rad 2, kolonne A «k»: ventet e" in words


@pytest.mark.parametrize(
    ("system", "text", "meant"),
    [
        ("ssb-bydel", "30101", "«030101» (Gamle Oslo)"),
        ("oslo-delbydel", "101", "«0101» ("),
        ("ssb-kommune", "301", "«0301» (Oslo)"),
    ],
)
def test_a_code_without_its_zero_is_refused_and_named(system: str, text: str, meant: str) -> None:
    codes = Column(name="region", role="region", system=system, values={"oslo": "I alt"})

    words = refused(f"{text};1", measure("lån"), codes)

    assert words.startswith(f"l/x.csv, rad 2, kolonne A «k»: «{text}» er ingen region")
    assert f"Har Excel tatt nullen fra {meant}" in words
    # A word of the schema counts in any system.
    assert [row["region"] for row in read("I alt;9", measure("lån"), codes)] == ["oslo"]


def test_an_error_in_a_workbook_names_sheet_row_and_column() -> None:
    columns = {"k": NAMES, "tall": measure("lån")}
    source = Source(file="l/x.xlsx", reader="delivery", key=["region"], columns=columns)
    book = book_of([["Tittel"], [], [None, "k", "tall"], [None, "Alna", 1.234]], "Tall")

    with pytest.raises(KgError) as problem:
        tidy(delivered(saved(book), columns, "l/x.xlsx"), source)

    assert str(problem.value).startswith("l/x.xlsx, ark «Tall», rad 4, kolonne C «tall»: ventet")
