import datetime
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Color, Font, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.grid import ABOUT, FileCell, Sheet
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
        *(
            (6.1, form, "6,1", True)
            for form in ('0.0" %"', "0.0\\%", '0.0" prosent"', '0.0" pst."')
        ),
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
    assert one_cell(value, form) == (text, "", percent, True, "")


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
        *((7, form, "andre tegn") for form in ('0"00"', "0\\0", '"1"0')),
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
    for is_anew, expected in ((False, ("2", "")), (True, ("", "kan være gammelt"))):
        book.calculation.fullCalcOnLoad = is_anew
        content = saved(book)
        content = rezipped(content, {SHEET: with_stored(part_of(content, SHEET), b"2")})
        cell = read_workbook("x.xlsx", content).rows[1][0]
        assert cell.text == expected[0]
        assert expected[1] in cell.trouble


def test_a_workbook_in_strict_open_xml_is_read() -> None:
    usual = saved(book_of(TABLE))
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for kind in ("spreadsheetml", "officeDocument", "drawingml"):
        old = f"http://schemas.openxmlformats.org/{kind}/2006/".encode()
        strict = f"http://purl.oclc.org/ooxml/{kind}/".encode()
        parts = {name: part.replace(old, strict) for name, part in parts.items()}
    assert b"purl.oclc.org/ooxml" in parts["xl/worksheets/sheet1.xml"]
    assert texts(rezipped(usual, parts)) == TEXTS


def sheet_of(change: Callable[[Worksheet], object]) -> Sheet:
    """A table that somebody has changed in the spreadsheet."""
    book = book_of(TABLE)
    change(book.worksheets[0])
    return read_workbook("x.xlsx", saved(book))


UNREADABLE: dict[str, list[dict[str, Any]]] = {
    "samme farge": [
        {"font": Font(color="FFFFFF")},
        {"font": Font(color=Color(theme=0))},
        {"font": Font(color=Color(indexed=9))},
        {"font": Font(color=Color(theme=0, tint=-0.5)), "fill": PatternFill("solid", "7F7F7F")},
        {"fill": PatternFill("solid", "000000")},
        {"fill": PatternFill("solid", Color(theme=1))},
    ],
    "så lite": [{"font": Font(sz=1)}],
    "tegninger": [{"font": Font(name="Wingdings")}],
    "gjennomstreket": [{"font": Font(strike=True)}],
    "hevet eller senket": [{"font": Font(vertAlign="superscript")}],
    "gjentas": [{"alignment": Alignment(horizontal="fill")}],
    "": [
        {"font": Font(color="FFFFFF"), "fill": PatternFill("solid", "1F2A44")},
        {"fill": PatternFill("solid", "FFFF00")},
        {"font": Font(color=Color(theme=1))},
        {"font": Font(color="FFFFFF"), "fill": GradientFill(stop=("000000", "333333"))},
    ],
}


@pytest.mark.parametrize(
    ("trouble", "styles"),
    [(words, styles) for words, many in UNREADABLE.items() for styles in many],
)
def test_a_number_that_nobody_can_read_is_trouble(trouble: str, styles: dict[str, Any]) -> None:
    def change(sheet: Worksheet) -> None:
        for name, value in styles.items():
            setattr(sheet["B2"], name, value)

    found = sheet_of(change).rows[1][1].trouble
    assert trouble in found
    assert bool(trouble) == bool(found)


BAR = [FormatObject(type="min"), FormatObject(type="max")]


@pytest.mark.parametrize(
    ("rule", "trouble"),
    [
        ({"dxf": DifferentialStyle(font=Font(color="FFFFFF"))}, "betinget formatering kan skjule"),
        ({"dxf": DifferentialStyle(fill=PatternFill(bgColor="000000"))}, "kan skjule"),
        ({"dxf": DifferentialStyle(font=Font(strike=True))}, "kan skjule"),
        ({"dxf": DifferentialStyle(numFmt=NumberFormat(200, "0,"))}, "kan bytte ut"),
        ({"dxf": DifferentialStyle(numFmt=NumberFormat(200, "0.0"))}, ""),
        ({"dxf": DifferentialStyle(fill=PatternFill(bgColor="C6EFCE"))}, ""),
        ({"dataBar": DataBar(cfvo=BAR, color=Color("FF638EC6"), showValue=False)}, "kan skjule"),
        ({"dataBar": DataBar(cfvo=BAR, color=Color("FF638EC6"))}, ""),
    ],
)
def test_a_conditional_format_that_may_hide_a_number_is_trouble(
    rule: dict[str, Any], trouble: str
) -> None:
    one = (
        Rule("dataBar", **rule)
        if "dataBar" in rule
        else Rule("expression", formula=["TRUE"], **rule)
    )
    rows = sheet_of(lambda sheet: sheet.conditional_formatting.add("B1:B2", one)).rows
    assert trouble in rows[1][1].trouble
    assert bool(trouble) == bool(rows[1][1].trouble)
    assert rows[2][1].trouble == ""


@pytest.mark.parametrize(
    ("inside", "trouble"),
    [
        ('<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', "kan skjule"),
        ('<x14:dxf><numFmt numFmtId="170" formatCode=";;;"/></x14:dxf>', "kan bytte ut"),
        ('<x14:iconSet showValue="0"/>', "kan bytte ut"),
        (
            '<x14:dxf><fill><patternFill><bgColor rgb="FFC6EFCE"/></patternFill></fill></x14:dxf>',
            "",
        ),
    ],
)
def test_the_conditional_formats_of_newer_workbooks_count_too(inside: str, trouble: str) -> None:
    main = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    rules = (
        f'<extLst><ext uri="u" xmlns:x14="{main}" xmlns:xm="urn:xm"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting><x14:cfRule type="expression">{inside}</x14:cfRule>'
        "<xm:sqref>B1:B2</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        "</ext></extLst></worksheet>"
    )
    content = changed(saved(book_of(TABLE)), b"</worksheet>", rules.encode())
    rows = read_workbook("x.xlsx", content).rows
    assert trouble in rows[1][1].trouble
    assert [bool(row[1].trouble) for row in rows[1:]] == [bool(trouble), False]


def test_a_sheet_may_show_no_zeros_and_no_columns() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = 0
        sheet.sheet_view.showZeros = False

    assert "ikke viser nuller" in sheet_of(change).rows[1][1].trouble
    assert "skjult rad eller kolonne" in (
        sheet_of(lambda sheet: setattr(sheet.sheet_format, "defaultColWidth", 0)).rows[1][1].trouble
    )


@pytest.mark.parametrize(
    ("font", "trouble"),
    [
        (InlineFont(strike=True), "der «7» er gjennomstreket"),
        (InlineFont(color=Color("FFFFFF")), "der «7» er i samme farge"),
    ],
)
def test_a_piece_of_a_text_that_does_not_count_is_trouble(font: InlineFont, trouble: str) -> None:
    assert trouble in one_cell(CellRichText("55", TextBlock(font, "7"))).trouble


def test_what_nobody_sees_in_a_text_is_left_out_and_what_turns_it_round_refused() -> None:
    assert one_cell("Al\u00adna\u200b\ufeff, A\u030asen") == FileCell("Alna, Åsen")
    assert "usynlig tegn (U+202E)" in one_cell("\u202e055").trouble
    assert "i et format som ikke viser det" in one_cell("550", ";;;").trouble


def test_a_comment_is_told_and_what_is_hidden_about_the_delivery_is_not_read() -> None:
    book = book_of(TABLE)
    book.worksheets[0]["B2"].comment = Comment("Se\nnotat", "Kontor")
    about = book.create_sheet(ABOUT)
    about.append(["Periode", "2025"])
    about.append(["Eier", "SSB"])
    about.row_dimensions[2].hidden = True
    sheet = read_workbook("x.xlsx", saved(book))
    assert sheet.comments == ["rad 2, kolonne B: kommentaren «Se notat»"]
    assert [row[0].text for row in sheet.about if row[0].text] == ["Periode"]
    about.sheet_state = "hidden"
    assert read_workbook("x.xlsx", saved(book)).about == []
