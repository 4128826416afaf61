import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.publish.downloads.csv_text import csv_safe, lines, table_csv
from kunnskapsgrunnlag.publish.downloads.table import flat
from tests.conftest import item_of, value_of
from tests.publish.downloads.parts import labelled

# What a spreadsheet starts to compute at, said in another way than koden says it.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HARMLESS = {"-"}
ATTACKS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org";"klikk")',
    "@SUM(1+1)",
    "+47 22 00 00 00",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "'=1+1",
    'a";=1+1',
    "a,=1+1",
    "a\n=1+1",
    "Østensjø; «æ»",
    "\x00=1",
    "＝1+1",
]


def read(text: str, delimiter: str = ";") -> list[list[str]]:
    held = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return list(csv.reader(held, delimiter=delimiter))


def is_formula(cell: str) -> bool:
    bare = cell.lstrip(" \N{NO-BREAK SPACE}\x00\ufeff\u200b")
    number = re.fullmatch(r"-\d+(,\d+)?", cell)
    return bare.startswith(STARTS) and not number and cell not in HARMLESS


def survives(label: str) -> bool:
    cell = read(table_csv(labelled(label).table))[1][0]
    return cell in (label, f"'{label}") and not is_formula(cell)


@given(st.text())
def test_any_label_survives_and_is_no_formula(label: str) -> None:
    assert survives(label)


def test_known_attacks_are_no_formulas() -> None:
    assert [label for label in ATTACKS if not survives(label)] == []


@pytest.mark.parametrize("label", ["a,=1+1", 'a",=1+1', "a,\t=1"])
def test_a_program_that_parts_at_commas_finds_no_formula(label: str) -> None:
    found = read(table_csv(labelled(label).table), delimiter=",")
    assert not any(is_formula(cell) for row in found for cell in row)


@pytest.mark.parametrize("text", ["-", "..", "Nord-Aurdal", "0-19 år", "50 %", "'sitat'"])
def test_harmless_words_are_left_alone(text: str) -> None:
    assert csv_safe(text) == text


def test_a_number_is_one_for_norwegian_excel() -> None:
    assert read(lines([(Decimal("-1382.50"), Decimal("1E+3"), 2020, None)]))[0] == [
        "-1382,50",
        "1000",
        "2020",
        "",
    ]


def test_a_heading_is_escaped_like_any_words() -> None:
    item = item_of(
        dims=["category"],
        category_title="=1+1",
        table={"rows": ["category"], "columns": ["measure"]},
    )
    text = table_csv(flat("tabell-1", item, [value_of("tabell-1/belop/a", category="a")]))
    assert read(text)[0][0] == "'=1+1"


def test_a_csv_opens_in_excel() -> None:
    text = table_csv(
        flat("tabell-1", item_of(), [value_of("tabell-1/belop/2020", "7,9", 7.9, year=2020)])
    )
    assert text == '\ufeff"År";"Beløp (mill. kr)";"Opphav"\r\n2020;7,9;"trykt"\r\n'
