import io
import random
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles.protection import Protection

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.workbook import read_workbook
from tests.sources.formats.books import (
    SHEET,
    TYPES,
    Rows,
    book_of,
    changed,
    part_of,
    rezipped,
    saved,
    with_stored,
)

TABLE: Rows = [["år", "andel"], [2020, 6.1], [2021, 1200]]
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def refused(content: bytes) -> str:
    with pytest.raises(KgError) as problem:
        read_workbook("x.xlsx", content)
    words = str(problem.value)
    assert words.startswith("x.xlsx")
    return words


def whole() -> bytes:
    return saved(book_of(TABLE))


def formula(text: str) -> bytes:
    """A workbook with a formula, and the number that it gave."""
    content = saved(book_of([["k"], [text]]))
    return rezipped(content, {SHEET: with_stored(part_of(content, SHEET), b"2")})


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("xl/vbaProject.bin", "without macros"),
        ("xl/macrosheets/sheet1.xml", "a sheet of Excel 4 macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl\\externalLinks\\externalLink1.xml", "links to other workbooks"),
        ("XL/EXTERNALLINKS/x.xml", "links to other workbooks"),
        ("xl/embeddings/oleObject1.bin", "an embedded object"),
        ("xl/embeddings/brev.docx", "an embedded file"),
        ("xl/activeX/activeX1.xml", "controls that run programs"),
        ("xl/connections.xml", "a connection to a data source"),
        ("xl/queryTables/queryTable1.xml", "a query to a data source"),
    ],
)
def test_what_can_act_or_fetch_is_refused_by_its_name(part: str, found: str) -> None:
    assert found in refused(rezipped(whole(), {part: b"<x/>"}))


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (b"application/vnd.ms-office.vbaProject", "without macros"),
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "with macros"),
        (b"application/vnd.ms-excel.macrosheet+xml", "Excel 4 macros"),
        (b"application/x.spreadsheetml.externalLink+xml", "links to other workbooks"),
        (b"application/vnd.openxmlformats-officedocument.oleObject", "an embedded object"),
    ],
)
def test_what_can_act_is_refused_under_any_name(kind: bytes, found: str) -> None:
    override = b'<Override PartName="/xl/a.b" ContentType="' + kind + b'"/></Types>'

    assert found in refused(changed(whole(), b"</Types>", override, TYPES))


def test_what_lies_outside_the_file_is_refused_but_a_hyperlink_is_not() -> None:
    outside = (
        b'<Relationship Id="z" Type="x/image" Target="file:///s/x.png" TargetMode="External"/>'
    )
    content = changed(whole(), b"</Relationships>", outside + b"</Relationships>", RELATIONS)
    book = book_of(TABLE)
    book.worksheets[0]["A2"].hyperlink = "https://www.ssb.no/connections"

    assert "refers to «file:///s/x.png»" in refused(content)
    assert read_workbook("x.xlsx", saved(book)).rows[1][0].text == "2020"


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/c calc'!A0",
        "='cmd'|'/c calc'!A0",
        '=_xlfn.WEBSERVICE("http://x")',
        '=RTD("x",,"y")',
        "=1+CALL (1)",
    ],
)
def test_a_formula_that_asks_another_program_is_refused(text: str) -> None:
    words = refused(formula(text))

    assert words.startswith("x.xlsx, sheet «Ark1», cell A2: expected a number, found a formula")


@pytest.mark.parametrize("text", ['=IF("a|b"="c",1,2)', "='a|b'!A1", "=SUM(A3:A4)", "=CALLED(1)"])
def test_other_formulas_give_their_stored_value(text: str) -> None:
    assert read_workbook("x.xlsx", formula(text)).rows[1][0].text == "2"


def test_a_formula_on_a_hidden_sheet_can_act_as_well() -> None:
    book = book_of(TABLE)
    hidden = book.create_sheet("Skjult")
    hidden["B7"] = "=cmd|'/c calc'!A0"
    hidden.sheet_state = "veryHidden"

    assert "sheet «Skjult», cell B7" in refused(saved(book))


@pytest.mark.parametrize(
    "name",
    [b"<definedName name=\"x\">cmd|'/c'!A1</definedName>", b'<definedName name="Auto_Open"/>'],
)
def test_a_name_that_acts_is_refused(name: bytes) -> None:
    names = b"<definedNames>" + name + b"</definedNames><calcPr"

    assert "the name «" in refused(changed(whole(), b"<calcPr", names, BOOK))


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    noise = random.Random(0).randbytes(400_000) * 130

    assert "unpacks from" in refused(rezipped(whole(), {"xl/media/a.png": bytes(20_000_000)}))
    assert "unpacks from" in refused(rezipped(whole(), {"xl/media/a.png": noise}))
    assert "2001 parts" in refused(
        rezipped(whole(), {f"xl/media/{n}.png": b"" for n in range(2001 - parts_of(whole()))})
    )


def parts_of(content: bytes) -> int:
    return len(zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_a_giant_merged_range_ends_quickly() -> None:
    merge = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'

    words = refused(changed(whole(), b"</worksheet>", merge))

    assert "sheet «Ark1» merges A1:XFD1048576 into one cell" in words


@pytest.mark.parametrize(("rows", "cells"), [(200_001, ""), (72_000, "ABCDEFG")])
def test_rows_of_mere_formatting_are_refused(rows: int, cells: str) -> None:
    row = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in cells)
    many = "".join(f'<row r="{{0}}" s="1">{row}</row>'.format(at) for at in range(4, rows + 4))

    words = refused(changed(whole(), b"</sheetData>", f"{many}</sheetData>".encode()))

    assert "sheet «Ark1»: expected a table, found more than" in words
    assert "Delete the empty rows" in words


def test_a_cell_far_out_is_refused() -> None:
    book = book_of(TABLE)
    book.worksheets[0]["XFD1048576"].protection = Protection(locked=False)

    assert "found cells as far as XFD1048576" in refused(saved(book))


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b'<?xml version="1.0" encoding="cp037"?>',
        b'<?xml version="1.0" encoding="utf-16"?>',
        b"\0",
    ],
)
@pytest.mark.parametrize("part", [BOOK, SHEET, "xl/drawings/a.vml"])
def test_markup_that_excel_does_not_write_is_refused(start: bytes, part: str) -> None:
    held = part_of(whole(), part) if part != "xl/drawings/a.vml" else b"<x/>"

    assert f"{part} is not written as Excel" in refused(rezipped(whole(), {part: start + held}))


def test_strange_packing_and_passwords_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_BZIP2) as new:
        new.writestr("a.xml", b"a")
    locked = bytearray(whole())
    locked[locked.index(b"PK\1\2") + 8] |= 1

    assert "packed in another way" in refused(held.getvalue())
    assert "with a password" in refused(bytes(locked))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused() -> None:
    held = io.BytesIO(whole())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")

    assert "the same part stands twice" in refused(held.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        (b"<v>1200</v>", b"<v>1_200</v>", "B3"),
        (b"<v>1200</v>", b"<v>\xd9\xa3</v>", "B3"),
        (b"<v>1200</v>", b"<v>nan</v>", "B3"),
        (b"<v>1200</v>", b"<v>1 200</v>", "B3"),
        (b'<c r="B3" t="n"><v>1200</v>', b'<c r="B3" t="s"><v>-1</v>', "B3"),
        (b'<c r="B3"', b'<c r="B2"', "B2"),
    ],
)
def test_a_cell_that_two_programs_read_differently_is_refused(
    old: bytes, new: bytes, cell: str
) -> None:
    assert f"x.xlsx, sheet «Ark1», cell {cell}: " in refused(changed(whole(), old, new))


@pytest.mark.parametrize(("text", "number"), [("1.2E3", "1200"), ("-1200", "-1200"), (".5", "0,5")])
def test_a_number_may_be_written_in_each_of_excels_ways(text: str, number: str) -> None:
    content = changed(whole(), b"<v>1200</v>", f"<v>{text}</v>".encode())

    assert read_workbook("x.xlsx", content).rows[2][1].text == number


def test_a_sheet_is_named_as_people_know_it() -> None:
    book: Any = Workbook()
    book.worksheets[0].title = "Forside & <mer>"
    book.create_sheet("Tall")["C4"] = '=RTD("x")'

    assert "sheet «Tall», cell C4" in refused(saved(book))
