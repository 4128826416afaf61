"""A delivery as an Excel workbook: only what people see in the cells, and nothing that can act.

The archive is checked before it is parsed; numbers, dates and formulas are read for what they are.
"""

import contextlib
import dataclasses
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.grid import (
    ABOUT,
    MOST_CELLS,
    FileCell,
    Sheet,
    choose_sheet,
    comment_on,
    other_sheets,
    refused,
    text_cell,
)
from kunnskapsgrunnlag.sources.formats.number_format import Shown, shown, text_problem
from kunnskapsgrunnlag.sources.formats.visible import Look, colours_of_theme, newer_rules

_MOST = 1e15
_MOST_BYTES = 50_000_000
# Parts that a table does not need, and what to do about them.
_FOREIGN = {
    "vbaproject": ("makroer", "Lagre den som «Excel-arbeidsbok (.xlsx)»."),
    "externallink": ("koblinger til andre bøker", "Bryt koblingene (Data > Rediger koblinger)."),
    "connections": ("en tilkobling til en datakilde", "Kopier tabellen som verdier til en ny fil."),
    "basic/": ("makroer", "Lagre den som «Excel-arbeidsbok (.xlsx)»."),
}
# The names of things in «Strict Open XML» and in the usual kind of workbook.
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": (
        b"http://schemas.openxmlformats.org/drawingml/2006/"
    ),
}
# Rows of fewer points and columns of fewer letters show nothing of what is in them.
_LOWEST, _NARROWEST = 3, 0.5
# openpyxl takes it for granted where the file says nothing.
_WORKED_OUT = re.compile(rb"""fullCalcOnLoad=["'](1|true)""")
_DAY_ZERO = datetime.datetime(1899, 12, 30)
# Of a date's format: words, escapes, paddings and colours, which say nothing of what is typed.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
FORMAT_REMEDY = "Gi kolonnen et vanlig tallformat, og se etter at tallene har rett enhet."


def read_workbook(name: str, content: bytes, sheet: str | None = None) -> Sheet:
    """The cells of the workbook's one sheet, or of the named one.

    Raises:
        KgError: If the workbook is damaged or can act, or the sheet is in doubt. What is wrong with
            a single cell is kept in the cell, since titles may hold anything.
    """
    with damage_told(name):
        check_archive(name, content)
        content, parts = _usual(content)
        seen, written = _load(content, data_only=True), _load(content, data_only=False)
        states = {s.title: s.sheet_state == "visible" for s in seen.worksheets if _has_content(s)}
        chosen = choose_sheet(name, states, sheet)
        sheets = [text for part, text in parts.items() if part.startswith("xl/worksheets/")]
        is_stale = bool(_WORKED_OUT.search(parts["xl/workbook.xml"]))
        look = dataclasses.replace(
            _look(seen[chosen]), is_stale=is_stale, newer=newer_rules(sheets)
        )
        sheet_cells = _cells(name, seen[chosen], written[chosen], look)
        about = _about(seen) if states.get(ABOUT) else []
        return dataclasses.replace(sheet_cells, about=about, others=other_sheets(states, chosen))


@contextlib.contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Whatever goes wrong with a damaged file as one sentence."""
    try:
        yield
    except KgError:
        raise
    # Damaged files fail in any of the ways of zipfile, zlib, expat and openpyxl.
    except Exception as problem:
        raise KgError(
            f"{name}: ventet en arbeidsbok, fant en fil som ikke kan leses "
            f"({type(problem).__name__}: {str(problem)[:80]}). Åpne den i regnearket, og lagre den "
            "som «Excel-arbeidsbok (.xlsx)»."
        ) from None


def check_archive(name: str, content: bytes) -> None:
    """Refuse a workbook that unpacks to too much, or that takes its numbers from elsewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = sum(entry.file_size for entry in archive.infolist())
        if total > _MOST_BYTES:
            raise KgError(
                f"{name}: ventet en tabell, fant en fil som pakkes ut til {total} byte. Kopier "
                "tabellen til en ny arbeidsbok."
            )
        for part in archive.namelist():
            for sign, (what, remedy) in _FOREIGN.items():
                if sign in part.lower():
                    raise KgError(f"{name}: ventet en tabell, fant {what}. {remedy}")
        if damaged := archive.testzip():
            raise zipfile.BadZipFile(damaged)


def _load(content: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out: drawings, validations, print settings.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), data_only=data_only, rich_text=True)


def _usual(content: bytes) -> tuple[bytes, dict[str, bytes]]:
    """A workbook and its parts; one in «Strict Open XML» with the usual names in them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    if b"http://purl.oclc.org/ooxml/" not in parts.get("xl/workbook.xml", b""):
        return content, parts
    for strict, usual in _STRICT.items():
        parts = {part: text.replace(strict, usual) for part, text in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return buffer.getvalue(), parts


def _about(book: Workbook) -> list[list[FileCell]]:
    """The cells of «Om leveransen»; a date is a date there, and not a number gone wrong."""
    sheet, look = book[ABOUT], _look(book[ABOUT])
    rows, columns = _hidden(sheet)
    return [
        [
            FileCell(norwegian_date(cell.value.date()))
            if isinstance(cell.value, datetime.datetime)
            else _cell(cell, cell, look, hidden=cell.column in columns)
            for cell in row
        ]
        for at, row in enumerate(sheet.iter_rows(max_row=40, max_col=3), 1)
        if at not in rows
    ]


def _look(sheet: Worksheet) -> Look:
    assert sheet.parent is not None  # every sheet is in a book
    return Look(sheet, colours_of_theme(sheet.parent.loaded_theme))


def _has_content(sheet: Worksheet) -> bool:
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        return True
    return any(
        cell is not None and str(cell).strip()
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )


def _cells(name: str, seen: Worksheet, written: Worksheet, look: Look) -> Sheet:
    if seen.max_row * seen.max_column > MOST_CELLS:
        raise KgError(
            f"{name}, ark «{seen.title}»: ventet en tabell, fant celler helt til "
            f"{get_column_letter(seen.max_column)}{seen.max_row}. Slett de tomme radene og "
            "kolonnene rundt tabellen."
        )
    hidden_rows, hidden_columns = _hidden(seen)
    rows = [
        [
            _cell(cell, formula, look, cell.row in hidden_rows or cell.column in hidden_columns)
            for cell, formula in zip(left, right, strict=True)
        ]
        for left, right in zip(seen.iter_rows(1), written.iter_rows(1), strict=True)
    ]
    merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in seen.merged_cells.ranges]
    comments = [
        comment_on(cell.row, cell.column, cell.comment.text)
        for row in seen.iter_rows()
        for cell in row
        if isinstance(cell, ExcelCell) and cell.comment
    ]
    return Sheet(seen.title, rows, sorted(merged), comments=comments)


def _hidden(sheet: Worksheet) -> tuple[set[int], set[int]]:
    """The rows and columns that nobody sees: hidden, filtered away, or of no height or width."""
    rows = {
        at
        for at, row in sheet.row_dimensions.items()
        if row.hidden or (row.height is not None and row.height < _LOWEST)
    }
    columns = {
        at
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width < _NARROWEST
        for at in range(column.min or 0, min(column.max or 0, sheet.max_column) + 1)
    }
    if (usual := sheet.sheet_format.defaultColWidth) is not None and usual < _NARROWEST:
        wide = {
            at
            for column in sheet.column_dimensions.values()
            for at in range(column.min or 0, (column.max or 0) + 1)
        }
        columns |= {*range(1, sheet.max_column + 1)} - wide
    return rows, columns


def _cell(
    seen: ExcelCell | MergedCell, written: ExcelCell | MergedCell, look: Look, hidden: bool
) -> FileCell:
    value = seen.value
    if isinstance(seen, MergedCell) or isinstance(written, MergedCell):
        return FileCell()
    if value is None:
        if written.data_type == "f":
            return refused("en formel uten lagret verdi", "Åpne og lagre filen i Excel.")
        return FileCell()
    if hidden:
        return FileCell(
            str(value),
            f"fant «{value}» i en skjult rad eller kolonne. Vis den (Data > Fjern filter, eller "
            "Vis), eller slett den.",
        )
    if written.data_type == "f" and look.is_stale:
        return refused(
            f"en formel som regnes ut når filen åpnes, så «{value}» kan være gammelt",
            "Åpne og lagre filen i Excel.",
        )
    if other := _no_word_or_number(seen):
        return other
    if str(value).strip() and (trouble := look.trouble(seen)):
        return FileCell(str(value), f"fant «{value}» {trouble}.")
    if isinstance(value, (int, float)):
        return _number(value, seen, look)
    return _text(value, seen, look)


def _no_word_or_number(cell: ExcelCell) -> FileCell | None:
    value = cell.value
    if isinstance(value, bool):
        word = "SANN" if value else "USANN"
        return refused(f"sannhetsverdien {word}", "Skriv ordet eller tallet.")
    if cell.data_type == "e":
        return refused(f"feilen {value}", "Rett formelen, eller skriv «..» om tallet mangler.")
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _date(value, _LITERAL.sub("", cell.number_format).lower())
    return None


def _date(value: datetime.date | datetime.time | datetime.timedelta, form: str) -> FileCell:
    meant = _meant(value, form) if isinstance(value, datetime.datetime) else ""
    hint = f" Trolig er {meant} ment." if meant else ""
    return refused(
        f"en dato: Excel har gjort cellen om til {str(value).removesuffix(' 00:00:00')}",
        f"{hint} Gjør kolonnen om til tekst, og skriv på nytt.".strip(),
    )


def _meant(value: datetime.datetime, form: str) -> str:
    """What was typed, as far as the date's format tells."""
    serial = (value - _DAY_ZERO) / datetime.timedelta(days=1)
    if serial in range(1900, 2101):
        return f"«{serial:.0f}»"
    if "d" in form and "y" not in form:
        return f"«{value.day}-{value.month}» eller «{value.day},{value.month}»"
    if "m" in form and "d" not in form and value.day == 1:
        return f"«{value.month}-{value:%y}» eller «{value.month},{value:%y}»"
    return ""


def _number(value: float, cell: ExcelCell, look: Look) -> FileCell:
    """A number in the format that people see it in, unless the format shows another number."""
    if not abs(value) < _MOST:
        return refused("et tall med flere sifre enn Excel tar vare på", "Skriv tallet på nytt.")
    if value == 0 and not look.shows_zeros:
        return refused("0 i et ark som ikke viser nuller", "Skriv «..» om tallet mangler.")
    number = shown(value, cell.number_format)
    problem = number.problem
    others = (shown(value, code) for code in look.formats(cell))
    if any(other.problem or other[:3] != number[:3] for other in others):
        problem = "en betinget formatering kan bytte ut"
    if problem:
        return refused(f"{value} i et format som {problem}", FORMAT_REMEDY)
    if number.symbol:
        return FileCell(number.symbol)
    return number_cell(number)


def number_cell(number: Shown) -> FileCell:
    """The cell of a number that people see, rounded as they see it."""
    text, exact = _norwegian(number.exact).zfill(number.zeros), ""
    if number.number != number.exact:
        exact, text = text, f"{number.number:f}".replace(".", ",")
    return FileCell(text, percent=number.percent, number=True, stored=exact)


def _norwegian(number: Decimal) -> str:
    """A number with a decimal comma, without zeros behind it."""
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    text = f"{whole},{decimals}" if decimals else whole
    return "0" if text == "-0" else text


def _text(value: object, cell: ExcelCell, look: Look) -> FileCell:
    """Words; what is raised stays raised, so that a footnote mark is not one more digit."""
    if problem := str(value).strip() and text_problem(cell.number_format):
        return refused(f"«{value}» i et format som {problem}", FORMAT_REMEDY)
    place = cell.font.vertAlign
    if not isinstance(value, CellRichText):
        return text_cell(str(value).translate(RAISED) if place == "superscript" else str(value))
    words, lowered = "", ""
    for block in value:
        text, at = str(block), place
        if isinstance(block, TextBlock):
            at = block.font.vertAlign
            if text.strip() and (trouble := look.of_block(cell, block)):
                return refused(
                    f"«{value}» der «{text}» er {trouble}", "Ta bort det som ikke gjelder."
                )
        words += text.translate(RAISED) if at == "superscript" else text
        lowered += text if at == "subscript" else ""
    if lowered:
        return FileCell(words, f"fant «{words}» med senket «{lowered}». Skriv det på linjen.")
    return text_cell(words)
