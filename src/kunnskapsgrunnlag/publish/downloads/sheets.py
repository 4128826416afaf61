"""Sheets of a workbook: a cover of lines, or a heading with one marked table below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as MarkedTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.downloads.covers import Block
from kunnskapsgrunnlag.publish.downloads.csv_text import is_dangerous, xml_safe
from kunnskapsgrunnlag.publish.downloads.table import Cell, FlatColumn, FlatTable

COVER = "Forside"
MOST = 32_767  # characters that a cell can hold; openpyxl would cut the rest away
WIDEST, NARROWEST, COVER_WIDTH, WIDEST_FROZEN = 60, 10, 90, 40
LANDSCAPE_FROM = 90  # characters across that no longer fit upright on A4
FONT, SIZE = "Calibri", 11
WHITE, DARK_BLUE, WARM_BLUE = "FFFFFF", "2A2859", "1F42AA"


@dataclass(frozen=True)
class Sheet:
    """A sheet with a table: its name, its heading, the lines between the two, and the table."""

    name: str
    title: str
    lines: Sequence[str]
    table: FlatTable


def add_cover(book: Workbook, title: str, blocks: Sequence[Block]) -> None:
    """The first sheet: lines in one column, headings in the styles for headings."""
    sheet = book.create_sheet(COVER)
    sheet.column_dimensions["A"].width = COVER_WIDTH
    rows = [(title, "Title")]
    for heading, lines in blocks:
        rows += [(heading, "Headline 2"), *((line, "") for line in lines)]
    for at, (words, style) in enumerate(rows, 1):
        cell = _write(sheet, at, 1, words)
        if style:
            cell.style = style
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _page(sheet, COVER_WIDTH)


def add_sheet(book: Workbook, wanted: Sheet) -> None:
    """A sheet with a heading, lines and a table that programs and screen readers know as one."""
    name, table = wanted.name, wanted.table
    sheet = book.create_sheet(name)
    _write(sheet, 1, 1, wanted.title).style = "Headline 1"
    for at, line in enumerate(wanted.lines, 2):
        _write(sheet, at, 1, line)
    top = len(wanted.lines) + 2
    for at, column in enumerate(table.columns, 1):
        _heading(sheet, top, at, column)
    for row_at, row in enumerate(table.rows, top + 1):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            _body(sheet, (row_at, at), column, value)
    place = f"A{top}:{get_column_letter(len(table.columns))}{top + len(table.rows)}"
    marked = MarkedTable(displayName=name.replace(" ", "_"), ref=place)
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(marked)
    widths = _widths(sheet, table)
    # A wide column that stays would leave no room for the others when the sheet is enlarged.
    stays = 2 if widths[0] <= WIDEST_FROZEN else 1
    sheet.freeze_panes = sheet.cell(top + 1, stays).coordinate
    sheet.print_title_rows = f"{top}:{top}"
    _page(sheet, sum(widths))


def _heading(sheet: Worksheet, row: int, at: int, column: FlatColumn) -> None:
    # A line break in a heading would have to be written otherwise in the table's own part.
    cell = _write(sheet, row, at, " ".join(column.name.split()))
    cell.font = Font(name=FONT, sz=SIZE, bold=True, color=WHITE)
    cell.fill = PatternFill("solid", start_color=DARK_BLUE)
    side = "right" if column.kind == "number" else "left"
    cell.alignment = Alignment(wrap_text=True, horizontal=side, vertical="bottom")


def _body(sheet: Worksheet, place: tuple[int, int], column: FlatColumn, value: Cell) -> None:
    if value is None:
        return
    cell = _write(sheet, *place, value)
    if column.kind == "address" and str(value).startswith("https://"):
        _link(cell, str(value))
    is_words = column.kind in ("text", "address")
    side = "right" if column.kind == "number" else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=is_words)


def link_to_sheets(book: Workbook, name: str) -> None:
    """Make the first column of a sheet's table lead to the sheets that it names."""
    sheet = book[name]
    for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
        if cell.value in book.sheetnames and cell.value != name:
            place = f"'{cell.value}'!A1"
            _link(cell, Hyperlink(ref=cell.coordinate, location=place))
            cell.alignment = Alignment(vertical="top")


def _link(cell: Any, target: Hyperlink | str) -> None:
    cell.hyperlink = target
    cell.style = "Hyperlink"
    # The style that openpyxl brings tells links by colour alone.
    cell.font = Font(name=FONT, sz=SIZE, underline="single", color=WARM_BLUE)


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> Any:
    """A cell: numbers as numbers with the decimals that readers see, all else as plain text."""
    cell = sheet.cell(row, column)
    if isinstance(value, Decimal):
        decimals = max(0, -int(value.as_tuple().exponent))
        cell.value = float(value) if decimals else int(value)
        cell.number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    elif isinstance(value, int):
        cell.value = value
        cell.number_format = "0"
    elif value is not None:
        if len(value) > MOST:
            raise KgError(
                f"{sheet.title}: ventet høyst {MOST} tegn i en celle, fant {len(value)} "
                f"i «{value[:40]} …». Kort ned teksten."
            )
        cell.value = xml_safe(value)
        # openpyxl takes «=…» for a formula and «#N/A» for an error.
        cell.data_type = "s"
        # Excel reads the text anew when somebody edits the cell, unless it is marked as words.
        cell.quotePrefix = is_dangerous(value)
    return cell


def _widths(sheet: Worksheet, table: FlatTable) -> list[float]:
    """Set each column as wide as its longest line, within bounds, and tell the widths."""
    widths: list[float] = []
    for at, column in enumerate(table.columns):
        # A heading breaks between words, and keeps room for the button of the filter.
        longest_word = max(map(len, column.name.split()), default=0) + 3
        cells = [row[at] for row in table.rows]
        lengths = [len(f"{c:,}" if isinstance(c, Decimal) else str(c or "")) for c in cells]
        width = min(WIDEST, max(NARROWEST, longest_word, *lengths)) + 2
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
        widths.append(width)
    return widths


def _page(sheet: Worksheet, width: float) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if width > LANDSCAPE_FROM else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem(center=_HeaderFooterPart("&A, side &P av &N"))
    sheet.HeaderFooter.oddFooter = footer
