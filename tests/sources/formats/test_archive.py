import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.workbook import read_workbook
from tests.sources.formats.books import SHEET, book_of, part_of, rezipped, saved, with_stored

WHOLE = saved(book_of([["år", "andel"], [2020, 6.1], [2021, 1200]]))


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


def test_a_hyperlink_is_no_link_to_another_workbook() -> None:
    book = book_of([["år"], [2020]])
    book.worksheets[0]["A2"].hyperlink = "https://www.ssb.no/connections"

    assert read_workbook("x.xlsx", saved(book)).rows[1][0].text == "2020"


def test_a_formula_gives_its_stored_value() -> None:
    content = saved(book_of([["k"], ["=SUM(A3:A4)"]]))
    content = rezipped(content, {SHEET: with_stored(part_of(content, SHEET), b"2")})

    assert read_workbook("x.xlsx", content).rows[1][0].text == "2"
