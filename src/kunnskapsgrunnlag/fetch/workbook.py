"""A delivery as an Excel workbook: only what people see in the cells, and nothing that can act.

The archive is checked before it is parsed; numbers, dates and formulas are read for what they are.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import math
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.csvfile import Cell, Sheet

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# The sheet of a template that explains its columns; it never holds numbers of a delivery.
EXPLANATION = "Forklaring"
_DAY_ZERO = datetime.datetime(1899, 12, 30)
_MOST_BYTES = 50_000_000
_MOST_RATIO = 200
_MOST_CELLS = 500_000
# Of a number format: words, escapes, paddings and colours, which say nothing of the number.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


def read_workbook(name: str, content: bytes, sheet: str | None = None) -> Sheet:
    """The cells of the workbook's one sheet, or of the named one.

    Raises:
        KgError: If the workbook is damaged or can act, or the sheet is in doubt. What is wrong with
            a single cell is kept in the cell, since titles may hold anything.
    """
    with _damage(name):
        _check_archive(name, content)
        shown, written = _load(content, data_only=True), _load(content, data_only=False)
        chosen = _choose(name, shown, sheet)
        return _cells(name, chosen, written[chosen.title])


@contextlib.contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except KgError:
        raise
    # Damaged files fail in any of the ways of zipfile, zlib, expat and openpyxl.
    except Exception as problem:
        raise KgError(
            f"{name}: expected an Excel workbook, found a file that cannot be read "
            f"({type(problem).__name__}: {str(problem)[:80]}). Open it in Excel and save it as "
            "«Excel Workbook (.xlsx)»."
        ) from None


def _check_archive(name: str, content: bytes) -> None:
    """Refuse what unpacks to too much, can act, or fetches from elsewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > _MOST_BYTES or total > _MOST_RATIO * len(content):
            raise KgError(
                f"{name}: expected a table, found a file that unpacks from {len(content)} to "
                f"{total} bytes. Copy the table into a new workbook."
            )
        if {entry.compress_type for entry in entries} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise KgError(f"{name}: packed in another way than Excel does. Save it in Excel.")
        _check_names(name, [entry.filename.lower() for entry in entries])
        for entry in entries:
            _check_part(name, entry.filename, archive.read(entry))


def _check_names(name: str, parts: list[str]) -> None:
    if any(part.endswith("vbaproject.bin") for part in parts):
        raise KgError(
            f"{name}: expected a workbook without macros, found vbaProject.bin. Save it as «Excel "
            "Workbook (.xlsx)»."
        )
    if any(part.startswith("xl/externallinks/") for part in parts):
        raise KgError(
            f"{name}: expected numbers of its own, found links to other workbooks. In Excel: "
            "Data > Edit links > Break link."
        )
    if len({*parts}) < len(parts):
        raise KgError(f"{name}: the same part stands twice in the file. Save it anew in Excel.")


def _check_part(name: str, part: str, held: bytes) -> None:
    if not part.lower().endswith((".xml", ".rels")):
        return
    if b"\0" in held or b"<!DOCTYPE" in held:
        raise KgError(f"{name}: {part} is not written as Excel writes it. Save the file in Excel.")
    if b"macroEnabled" in held and part == "[Content_Types].xml":
        raise KgError(f"{name}: a workbook with macros. Save it as «Excel Workbook (.xlsx)».")
    if b"mergeCell" in held:
        # Reading a merged range makes each of its cells; a whole sheet of them never ends.
        for _, element in ET.iterparse(io.BytesIO(held)):
            if element.tag.endswith("}mergeCell"):
                merged = CellRange(element.get("ref", ""))
                if merged.size["rows"] * merged.size["columns"] > _MOST_CELLS:
                    raise KgError(
                        f"{name}: {part} merges {merged.coord} into one cell. Copy the table into "
                        "a new workbook."
                    )


def _load(content: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out: drawings, validations, print settings.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), data_only=data_only, rich_text=True)


def _choose(name: str, book: Workbook, wanted: str | None) -> Worksheet:
    """The sheet that was named, or the only visible one with content."""
    filled = [sheet for sheet in book.worksheets if _has_content(sheet)]
    visible = [sheet for sheet in filled if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in filled if sheet not in visible]
    if wanted is not None:
        found = [sheet for sheet in visible if sheet.title == wanted]
    else:
        found = [sheet for sheet in visible if sheet.title != EXPLANATION]
    if len(found) == 1:
        return found[0]
    what = f"the sheet «{wanted}»" if wanted else "one visible sheet with content"
    listed = ", ".join(f"«{sheet.title}»" for sheet in visible) or "none"
    hint = (
        f" Hidden, with content: {', '.join(f'«{title}»' for title in hidden)}." if hidden else ""
    )
    raise KgError(
        f"{name}: expected {what}, found {listed}.{hint} Show or rename the sheet with the table, "
        "and delete the others, or name the sheet in params.yaml."
    )


def _has_content(sheet: Worksheet) -> bool:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        return True
    return any(
        cell is not None and str(cell).strip()
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )


def _cells(name: str, shown: Worksheet, written: Worksheet) -> Sheet:
    if shown.max_row * shown.max_column > _MOST_CELLS:
        raise KgError(
            f"{name}, sheet «{shown.title}»: expected a table, found cells as far as "
            f"{get_column_letter(shown.max_column)}{shown.max_row}. Delete the empty rows and "
            "columns round the table."
        )
    hidden_rows = {at for at, row in shown.row_dimensions.items() if row.hidden}
    hidden_columns = {
        at
        for column in shown.column_dimensions.values()
        if column.hidden
        for at in range(column.min or 0, min(column.max or 0, shown.max_column) + 1)
    }
    rows = [
        [
            _cell(cell, formula, cell.row in hidden_rows or cell.column in hidden_columns)
            for cell, formula in zip(left, right, strict=True)
        ]
        for left, right in zip(shown.iter_rows(1), written.iter_rows(1), strict=True)
    ]
    merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in shown.merged_cells.ranges]
    return Sheet(shown.title, rows, sorted(merged))


def _cell(shown: ExcelCell | MergedCell, written: ExcelCell | MergedCell, hidden: bool) -> Cell:
    value = shown.value
    if value is None:
        if written.data_type == "f":
            return _refused("a formula without a stored value", "Open and save the file in Excel.")
        return Cell()
    if hidden:
        return Cell(str(value), f"found «{value}» in a hidden row or column. Show or delete it.")
    if isinstance(value, bool):
        word = "SANN" if value else "USANN"
        return _refused(f"the truth value {word}", "Write the word or the number.")
    if shown.data_type == "e":
        return _refused(f"the error {value}", "Mend the formula, or write «..» if it is missing.")
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _date(value, _LITERAL.sub("", shown.number_format).lower())
    if isinstance(value, (int, float)):
        return _number(value, _LITERAL.sub("", shown.number_format))
    return _text(value)


def _refused(found: str, remedy: str) -> Cell:
    return Cell(trouble=f"found {found}. {remedy}")


def _date(value: datetime.date | datetime.time | datetime.timedelta, form: str) -> Cell:
    meant = _meant(value, form) if isinstance(value, datetime.datetime) else ""
    hint = f" Probably {meant} was meant." if meant else ""
    return _refused(
        f"a date: Excel turned the cell into {str(value).removesuffix(' 00:00:00')}",
        f"{hint} Format the column as text and write it again.".strip(),
    )


def _meant(value: datetime.datetime, form: str) -> str:
    """What was typed, as far as the date's format tells."""
    serial = (value - _DAY_ZERO) / datetime.timedelta(days=1)
    if serial in range(1900, 2101):
        return f"«{serial:.0f}»"
    if "d" in form and "y" not in form:
        return f"«{value.day}-{value.month}» or «{value.day},{value.month}»"
    if "m" in form and "d" not in form and value.day == 1:
        return f"«{value.month}-{value:%y}» or «{value.month},{value:%y}»"
    return ""


def _number(value: float, form: str) -> Cell:
    if not math.isfinite(value):
        return _refused("a number that is too large", "Write the number anew.")
    if _SCALED.search(form):
        return _refused(
            f"{value} in a format that shows it in thousands or millions",
            "Give the column a plain number format, and see that the numbers have the right unit.",
        )
    # Excel itself keeps 15 digits; the rest is noise of binary fractions.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    percent = "%" in form
    return Cell(_norwegian(exact.scaleb(2) if percent else exact), percent=percent)


def _norwegian(number: Decimal) -> str:
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    text = f"{whole},{decimals}" if decimals else whole
    return "0" if text == "-0" else text


def _text(value: object) -> Cell:
    raised = [
        block.text
        for block in (value if isinstance(value, CellRichText) else ())
        if isinstance(block, TextBlock) and block.font.vertAlign in ("superscript", "subscript")
    ]
    if raised:
        # As bare text the mark would be one more digit of the number.
        return Cell(
            str(value),
            f"found «{value}» with «{''.join(raised)}» raised or lowered. Remove the footnote mark "
            "and put the note into the .source.yaml file.",
        )
    return Cell(str(value))
