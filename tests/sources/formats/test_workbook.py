import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.workbook import read_workbook
from tests.sources.formats.books import (
    SHEET,
    book_of,
    changed,
    part_of,
    rezipped,
    saved,
    with_stored,
)

TABLE: list[list[Any]] = [["år", "andel"], [2020, 6.1], [2021, 1200]]
TEXTS = [["år", "andel"], ["2020", "6,1"], ["2021", "1200"]]
ACCOUNTS = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


def texts(content: bytes, sheet: str | None = None) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_workbook("x.xlsx", content, sheet).rows]


def one_cell(value: Any, number_format: str | None = None) -> Any:
    book = book_of([["k"], [value]])
    if number_format:
        book.worksheets[0]["A2"].number_format = number_format
    return read_workbook("x.xlsx", saved(book)).rows[1][0]


def refused(content: bytes, sheet: str | None = None) -> str:
    with pytest.raises(KgError) as problem:
        read_workbook("x.xlsx", content, sheet)
    return str(problem.value)


@pytest.mark.parametrize(
    ("value", "form", "text", "percent"),
    [
        (0.061, "0.0%", "6,1", True),
        # A percent sign that is only a word multiplies nothing, and other words do nothing.
        *((6.1, form, "6,1", True) for form in ('0.0" %"', "0.0\\%", '0.0" prosent"', '0" pst."')),
        *((12, form, "12", False) for form in ('#,##0 "kr"', "[$kr-414] #,##0.00", "@", ACCOUNTS)),
        *((12, form, "12", False) for form in ("0;-0;;@", '[<5]":";0', "General", '0;-0;".."')),
        # A code keeps the zeros that its format shows.
        (30101, "000000", "030101", False),
        (101, "0000", "0101", False),
    ],
)
def test_a_number_is_read_in_the_format_that_people_see(
    value: float, form: str, text: str, percent: bool
) -> None:
    assert one_cell(value, form) == (text, "", percent, True)


THOUSANDS = ["#,##0,", "0.0,,", '0," tusen"', '0" tusen"', '0" 000"', '0.0" mill. kr"', "[>5]0,;0"]


@pytest.mark.parametrize(
    ("value", "form", "trouble"),
    [
        *((1200000, form, "i tusener eller millioner") for form in THOUSANDS),
        (12, ";;;", "ikke viser det"),
        (0, "0;-0;;@", "ikke viser det"),
        (-1, "0;;0", "ikke viser det"),
        (3, '[<5]":";0', "ikke viser det, men viser «:»"),
        (0, '0;-0;".."', "men viser «..»"),
        *((3, form, "ikke viser det") for form in ('"færre enn 5"', '"*"', '""', "[=3]*x;0")),
        *((7, form, "andre sifre") for form in ('0"00"', "0\\0", '"1"0')),
    ],
)
def test_a_format_that_shows_another_number_is_refused(value: int, form: str, trouble: str) -> None:
    assert trouble in one_cell(value, form).trouble


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0,3"),
        (-0.0, "0"),
        (11.0, "11"),
        (1382863000, "1382863000"),
        (1e-7, "0,0000001"),
        (Decimal("12.50"), "12,5"),
        ("1\N{NO-BREAK SPACE}000", "1\N{NO-BREAK SPACE}000"),
        ("1\N{THIN SPACE}000,5", "1\N{THIN SPACE}000,5"),
        ("0301", "0301"),
    ],
)
def test_a_value_is_written_as_people_see_it(value: Any, text: str) -> None:
    cell = one_cell(value)
    assert (cell.text, cell.trouble) == (text, "")


@pytest.mark.parametrize(
    ("value", "form", "trouble"),
    [
        (datetime.datetime(2026, 5, 1), "d.mmm", "Trolig er «1-5» eller «1,5» ment."),
        (datetime.datetime(2020, 1, 1), "mmm.yy", "Trolig er «1-20» eller «1,20» ment."),
        (datetime.datetime(1905, 7, 12), "dd.mm.yyyy", "Trolig er «2020» ment."),
        (datetime.date(2020, 3, 2), None, "Excel har gjort cellen om til 2020-03-02"),
        (datetime.time(10, 30), None, "Excel har gjort cellen om til 10:30"),
        (datetime.timedelta(hours=30), None, "Excel har gjort cellen om til"),
        (True, None, "sannhetsverdien SANN"),
        ("#N/A", None, "feilen #N/A"),
        ("#REF!", None, "feilen #REF!"),
        ("=1+1", None, "en formel uten lagret verdi. Åpne og lagre filen i Excel."),
    ],
)
def test_what_is_neither_word_nor_number_is_trouble(
    value: Any, form: str | None, trouble: str
) -> None:
    assert trouble in one_cell(value, form).trouble


@pytest.mark.parametrize(
    ("place", "mark", "text", "trouble"),
    [
        ("superscript", "1", "550¹", ""),
        ("superscript", "2)", "550²⁾", ""),
        ("superscript", "*", "550*", ""),
        ("subscript", "1", "5501", "fant «5501» med senket «1». Skriv det på linjen."),
    ],
)
def test_a_raised_mark_is_no_digit_and_a_lowered_one_is_trouble(
    place: Any, mark: str, text: str, trouble: str
) -> None:
    cell = one_cell(CellRichText("550", TextBlock(InlineFont(vertAlign=place), mark)))
    assert (cell.text, cell.trouble) == (text, trouble)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="2" hidden="1"'),
        (b'<row r="2"', b'<row r="2" ht="0" customHeight="1"'),
        (b"<sheetData>", b'<cols><col min="1" max="3" hidden="1"/></cols><sheetData>'),
        (b"<sheetData>", b'<cols><col min="2" max="2" width="0"/></cols><sheetData>'),
    ],
)
def test_a_number_that_nobody_sees_is_trouble(old: bytes, new: bytes) -> None:
    content = changed(saved(book_of(TABLE)), old, new)
    assert "i en skjult rad eller kolonne" in read_workbook("x.xlsx", content).rows[1][1].trouble


def test_the_one_sheet_that_shows_something_is_read() -> None:
    book = book_of(TABLE)
    book.create_sheet("Tomt")
    hidden = book.create_sheet("Skjult")
    hidden["A1"] = "x"
    hidden.sheet_state = "veryHidden"
    assert texts(saved(book)) == TEXTS

    book.create_sheet("Notat")["A1"] = "x"
    assert "fant «Ark1», «Notat». Skjult, med innhold: «Skjult»." in refused(saved(book))
    assert texts(saved(book), "Ark1") == TEXTS
    assert "ventet arket «Ark2»" in refused(saved(book), "Ark2")


@given(st.data())
@settings(max_examples=150)
def test_a_flipped_bit_never_changes_a_number(data: st.DataObject) -> None:
    content = bytearray(saved(book_of(TABLE)))
    for at in data.draw(st.lists(st.integers(0, 8191), min_size=1, max_size=3)):
        content[at % len(content)] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = texts(bytes(content))
    except KgError:
        return
    assert found == TEXTS


WHOLE = saved(book_of(TABLE))


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/vbaProject.bin", "makroer"),
        ("XL/EXTERNALLINKS/x.xml", "koblinger til andre bøker"),
        ("xl/connections.xml", "en tilkobling til en datakilde"),
    ],
)
def test_numbers_from_elsewhere_and_macros_are_refused(part: str, what: str) -> None:
    with pytest.raises(KgError, match=rf"x\.xlsx: ventet en tabell, fant {what}"):
        read_workbook("x.xlsx", rezipped(WHOLE, {part: b"<x/>"}))


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_opened() -> None:
    with pytest.raises(KgError, match="pakkes ut til 600"):
        read_workbook("x.xlsx", rezipped(WHOLE, {"xl/media/a.png": bytes(60_000_000)}))


def test_a_formula_gives_its_stored_value_and_a_hyperlink_is_no_foreign_number() -> None:
    book = book_of([["k"], ["=SUM(A3:A4)"]])
    book.worksheets[0]["A2"].hyperlink = "https://www.ssb.no/connections"
    content = saved(book)
    content = rezipped(content, {SHEET: with_stored(part_of(content, SHEET), b"2")})

    assert read_workbook("x.xlsx", content).rows[1][0].text == "2"
