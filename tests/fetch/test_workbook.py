import datetime
import io
import random
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.protection import Protection

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.workbook import read_workbook

TABLE: list[list[Any]] = [["år", "andel"], [2020, 6.1], [2021, 1200]]
TEXTS = [["år", "andel"], ["2020", "6,1"], ["2021", "1200"]]


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def book_of(table: list[list[Any]], title: str = "Ark1") -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in table:
        sheet.append(row)
    return book


def rezipped(content: bytes, **parts: bytes) -> bytes:
    """The workbook with parts added or replaced; `__` stands for a slash, `_` for a dot."""
    held = io.BytesIO()
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, named.pop(name, old.read(name)))
        for name, part in named.items():
            new.writestr(name, part)
    return held.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


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


def test_numbers_become_norwegian_text() -> None:
    assert texts(saved(book_of(TABLE))) == TEXTS


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text("abcæøåÆØÅ 0123,.;-=+@\n«»", min_size=1, max_size=8),
                st.integers(-(10**14), 10**14),
                st.decimals(-(10**6), 10**6, places=4).map(float),
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=40)
def test_any_table_reads_back_cell_for_cell(table: list[list[Any]]) -> None:
    book = book_of([["k", "l", "m"]])
    for at, row in enumerate(table, 2):
        for column, value in enumerate(row, 1):
            cell = book.worksheets[0].cell(at, column, value)
            cell.data_type = "s" if isinstance(value, str) else "n"

    for row, found in zip(table, texts(saved(book))[1:], strict=True):
        for value, text in zip(row, found, strict=True):
            if isinstance(value, str):
                assert text == value
            else:
                assert float(text.replace(",", ".")) == value


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


def test_a_share_in_percent_is_marked() -> None:
    cell = one_cell(0.061, "0.0%")

    assert (cell.text, cell.percent) == ("6,1", True)


@pytest.mark.parametrize("form", ['0.0" %"', "0.0\\%", '#,##0;[Red]-#,##0"%"'])
def test_a_percent_sign_that_is_only_a_word_is_not_percent(form: str) -> None:
    cell = one_cell(6.1, form)

    assert (cell.text, cell.percent) == ("6,1", False)


@pytest.mark.parametrize("form", ["#,##0,", "0.0,,", '0," tusen"'])
def test_a_format_that_divides_is_refused(form: str) -> None:
    assert "in thousands or millions" in one_cell(1200000, form).trouble


@pytest.mark.parametrize(
    ("value", "form", "meant"),
    [
        (datetime.datetime(2026, 5, 1), "d.mmm", "«1-5» or «1,5»"),
        (datetime.datetime(2020, 1, 1), "mmm.yy", "«1-20» or «1,20»"),
        (datetime.datetime(1905, 7, 12), "dd.mm.yyyy", "«2020»"),
    ],
)
def test_a_date_says_what_was_probably_meant(value: Any, form: str, meant: str) -> None:
    trouble = one_cell(value, form).trouble

    assert "Excel turned the cell into" in trouble
    assert f"Probably {meant} was meant." in trouble


@pytest.mark.parametrize(
    ("value", "trouble"),
    [
        (datetime.date(2020, 3, 2), "Excel turned the cell into 2020-03-02"),
        (datetime.time(10, 30), "Excel turned the cell into 10:30"),
        (datetime.timedelta(hours=30), "Excel turned the cell into"),
        (True, "the truth value SANN"),
        ("#N/A", "the error #N/A"),
        ("#REF!", "the error #REF!"),
        ("=1+1", "a formula without a stored value. Open and save the file in Excel."),
    ],
)
def test_what_is_neither_word_nor_number_is_trouble(value: Any, trouble: str) -> None:
    assert trouble in one_cell(value).trouble


def test_a_raised_digit_is_a_footnote_and_no_digit() -> None:
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")

    cell = one_cell(CellRichText("550", raised))

    assert cell.text == "5501"
    assert "«1» raised or lowered" in cell.trouble


def test_a_formula_gives_its_stored_value() -> None:
    content = saved(book_of([["k"], ["=1+1"]]))
    name = "xl/worksheets/sheet1.xml"
    part = part_of(content, name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")

    assert texts(rezipped(content, xl__worksheets__sheet1_xml=part)) == [["k"], ["2"]]


@pytest.mark.parametrize("where", ["row", "column"])
def test_a_hidden_number_is_trouble(where: str) -> None:
    book = book_of(TABLE)
    sheet = book.worksheets[0]
    if where == "row":
        sheet.row_dimensions[2].hidden = True
    else:
        sheet.column_dimensions.group("A", "C", hidden=True)

    cell = read_workbook("x.xlsx", saved(book)).rows[1][1]

    assert "in a hidden row or column" in cell.trouble


def test_empty_and_hidden_sheets_do_not_matter() -> None:
    book = book_of(TABLE)
    book.create_sheet("Tomt")
    hidden = book.create_sheet("Skjult")
    hidden["A1"] = "x"
    hidden.sheet_state = "veryHidden"

    assert texts(saved(book)) == TEXTS


def test_two_sheets_with_content_must_be_told_apart() -> None:
    book = book_of(TABLE)
    book.create_sheet("Notat")["A1"] = "x"

    assert "found «Ark1», «Notat»" in refused(saved(book))
    assert texts(saved(book), "Ark1") == TEXTS
    assert "expected the sheet «Ark2»" in refused(saved(book), "Ark2")


def test_a_table_on_a_hidden_sheet_is_named() -> None:
    book = book_of(TABLE, "Tall")
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Forside")

    assert "found none. Hidden, with content: «Tall»." in refused(saved(book))


def test_macros_and_links_are_refused() -> None:
    content = saved(book_of(TABLE))

    assert "without macros" in refused(rezipped(content, xl__vbaProject_bin=b"x"))
    assert "links to other" in refused(rezipped(content, xl__externalLinks__externalLink1_xml=b""))


def test_a_workbook_that_calls_itself_macro_enabled_is_refused() -> None:
    content = saved(book_of(TABLE))
    types = part_of(content, "[Content_Types].xml").replace(b"sheet.main", b"macroEnabled.main")
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))

    assert "with macros" in refused(held.getvalue())


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    content = saved(book_of(TABLE))

    assert "unpacks from" in refused(rezipped(content, xl__media__a_png=bytes(20_000_000)))
    noise = random.Random(0).randbytes(400_000) * 130
    assert "unpacks from" in refused(rezipped(content, xl__media__a_png=noise))


def test_a_giant_merged_range_ends_quickly() -> None:
    content = saved(book_of(TABLE))
    merge = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    part = part_of(content, "xl/worksheets/sheet1.xml").replace(b"</worksheet>", merge)

    words = refused(rezipped(content, xl__worksheets__sheet1_xml=part))

    assert "merges A1:XFD1048576 into one cell" in words


def test_a_cell_far_out_is_refused() -> None:
    book = book_of(TABLE)
    book.worksheets[0]["XFD1048576"].protection = Protection(locked=False)

    assert "found cells as far as XFD1048576" in refused(saved(book))


def test_entities_and_strange_packing_are_refused() -> None:
    content = saved(book_of(TABLE))
    part = b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + part_of(content, "xl/workbook.xml")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_BZIP2) as new:
        new.writestr("a.xml", b"a")

    assert "not written as Excel" in refused(rezipped(content, xl__workbook_xml=part))
    assert "packed in another way" in refused(held.getvalue())


@given(st.integers(0, 5000))
def test_a_cut_file_is_refused(cut: int) -> None:
    content = saved(book_of(TABLE))

    assert "x.xlsx" in refused(content[: min(cut, len(content) - 1)])


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


@given(st.data())
@settings(max_examples=100)
def test_a_strange_part_gives_a_grid_or_an_error(data: st.DataObject) -> None:
    content = saved(book_of(TABLE))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    chosen = data.draw(st.sampled_from([n for n in names if n.endswith(".xml") and "_" not in n]))
    part = bytearray(part_of(content, chosen))
    at = data.draw(st.integers(0, 8191)) % len(part)
    part[at : at + data.draw(st.integers(1, 20))] = data.draw(st.binary(max_size=8))
    key = chosen.replace("/", "__").replace(".", "_")
    try:
        read_workbook("x.xlsx", rezipped(content, **{key: bytes(part)}))
    except KgError:
        return
