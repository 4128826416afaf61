"""A delivery as an Excel workbook: only what people see in the cells, and nothing that can act.

The archive is checked before it is parsed; numbers, dates and formulas are read for what they are.
"""

import contextlib
import dataclasses
import datetime
import io
import operator
import re
import unicodedata
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
from kunnskapsgrunnlag.sources.formats.facts import ABOUT
from kunnskapsgrunnlag.sources.formats.grid import FileCell, Sheet

# The sheets of a template: that of the table, and the one that explains its columns, which never
# holds numbers of a delivery.
SHEET, EXPLANATION = "Leveranse", "Forklaring"
_MOST = 1e15
_MOST_CELLS = 500_000
_MOST_BYTES = 50_000_000
# Parts that a table does not need, and what to do about them.
_FOREIGN = {
    "vbaproject": ("makroer", "Lagre den som «Excel-arbeidsbok (.xlsx)»."),
    "externallink": ("koblinger til andre bøker", "Bryt koblingene (Data > Rediger koblinger)."),
    "connections": ("en tilkobling til en datakilde", "Kopier tabellen som verdier til en ny fil."),
}
_DAY_ZERO = datetime.datetime(1899, 12, 30)
# Of a number format: words, escapes, paddings and colours, which say nothing of the number.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_COMPARE = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}
# Where a format puts the number itself.
_PLACES = re.compile(r"[0#?@]|general|standard", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_SCALED_WORDS = re.compile(r"tusen|mill|mrd|mio|\b[tmk]kr|\b[tmk]nok|000|‰|promille", re.IGNORECASE)
_PERCENT_WORDS = re.compile(r"%|prosent|\bpst\b", re.IGNORECASE)
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


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
        sheet_cells = _cells(name, chosen, written[chosen.title])
        return dataclasses.replace(sheet_cells, about=_about(shown))


@contextlib.contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except KgError:
        raise
    # Damaged files fail in any of the ways of zipfile, zlib, expat and openpyxl.
    except Exception as problem:
        raise KgError(
            f"{name}: ventet en arbeidsbok fra Excel, fant en fil som ikke kan leses "
            f"({type(problem).__name__}: {str(problem)[:80]}). Åpne den i Excel, og lagre den som "
            "«Excel-arbeidsbok (.xlsx)»."
        ) from None


def _check_archive(name: str, content: bytes) -> None:
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


def _choose(name: str, book: Workbook, wanted: str | None) -> Worksheet:
    """The sheet that was named, or the only visible one with content."""
    filled = [sheet for sheet in book.worksheets if _has_content(sheet)]
    visible = [sheet for sheet in filled if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in filled if sheet not in visible]
    if wanted is not None:
        chosen = [sheet for sheet in visible if sheet.title == wanted]
    else:
        chosen = [sheet for sheet in visible if sheet.title not in (EXPLANATION, ABOUT)]
        chosen = [sheet for sheet in chosen if sheet.title == SHEET] or chosen
    if len(chosen) == 1:
        return chosen[0]
    what = f"arket «{wanted}»" if wanted else "ett synlig ark med innhold"
    listed = ", ".join(f"«{sheet.title}»" for sheet in visible) or "ingen"
    hint = f" Skjult, med innhold: {', '.join(f'«{title}»' for title in hidden)}." if hidden else ""
    raise KgError(
        f"{name}: ventet {what}, fant {listed}.{hint} Vis arket med tabellen, eller gi det nytt "
        "navn, og slett de andre, eller skriv arket i params.yaml."
    )


def _about(book: Workbook) -> list[list[FileCell]]:
    """The cells of «Om leveransen»; a date is a date there, and not a number gone wrong."""
    if ABOUT not in book.sheetnames:
        return []
    return [
        [
            FileCell(norwegian_date(cell.value.date()))
            if isinstance(cell.value, datetime.datetime)
            else _cell(cell, cell, hidden=False)
            for cell in row
        ]
        for row in book[ABOUT].iter_rows(max_row=40, max_col=3)
    ]


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
            f"{name}, ark «{shown.title}»: ventet en tabell, fant celler helt til "
            f"{get_column_letter(shown.max_column)}{shown.max_row}. Slett de tomme radene og "
            "kolonnene rundt tabellen."
        )
    hidden_rows, hidden_columns = _hidden(shown)
    rows = [
        [
            _cell(cell, formula, cell.row in hidden_rows or cell.column in hidden_columns)
            for cell, formula in zip(left, right, strict=True)
        ]
        for left, right in zip(shown.iter_rows(1), written.iter_rows(1), strict=True)
    ]
    merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in shown.merged_cells.ranges]
    return Sheet(shown.title, rows, sorted(merged))


def _hidden(sheet: Worksheet) -> tuple[set[int], set[int]]:
    """The rows and columns that nobody sees: hidden, filtered away, or of no height or width."""
    rows = {at for at, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
    columns = {
        at
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for at in range(column.min or 0, min(column.max or 0, sheet.max_column) + 1)
    }
    return rows, columns


def _cell(shown: ExcelCell | MergedCell, written: ExcelCell | MergedCell, hidden: bool) -> FileCell:
    value = shown.value
    if value is None:
        if written.data_type == "f":
            return _refused("en formel uten lagret verdi", "Åpne og lagre filen i Excel.")
        return FileCell()
    if hidden:
        return FileCell(
            str(value),
            f"fant «{value}» i en skjult rad eller kolonne. Vis den (Data > Fjern filter, eller "
            "Vis), eller slett den.",
        )
    if isinstance(value, bool):
        word = "SANN" if value else "USANN"
        return _refused(f"sannhetsverdien {word}", "Skriv ordet eller tallet.")
    if shown.data_type == "e":
        return _refused(f"feilen {value}", "Rett formelen, eller skriv «..» om tallet mangler.")
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _date(value, _LITERAL.sub("", shown.number_format).lower())
    if isinstance(value, (int, float)):
        return _number(value, shown.number_format)
    return _text(value)


def _refused(problem: str, remedy: str) -> FileCell:
    return FileCell(trouble=f"fant {problem}. {remedy}")


def _date(value: datetime.date | datetime.time | datetime.timedelta, form: str) -> FileCell:
    meant = _meant(value, form) if isinstance(value, datetime.datetime) else ""
    hint = f" Trolig er {meant} ment." if meant else ""
    return _refused(
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


def _number(value: float, written: str) -> FileCell:
    """A number in the format that people see it in, unless the format shows another number."""
    if not abs(value) < _MOST:
        return _refused("et tall med flere sifre enn Excel tar vare på", "Skriv tallet på nytt.")
    section = _section_of(value, written)
    form, shown = _LITERAL.sub("", written), _LITERAL.sub("", section)
    written_words = _words_of(written)
    remedy = "Gi kolonnen et vanlig tallformat, og se etter at tallene har rett enhet."
    if not _PLACES.search(shown):
        instead = f", men viser «{words}»" if (words := _words_of(section)) else ""
        return _refused(f"{value} i et format som ikke viser det{instead}", remedy)
    if _SCALED.search(form) or _SCALED_WORDS.search(written_words):
        return _refused(f"{value} i et format som viser det i tusener eller millioner", remedy)
    if re.search(r"\d", _words_of(section)):
        return _refused(f"{value} i et format som viser andre sifre i tillegg", remedy)
    # Excel itself keeps 15 digits; the rest is noise of binary fractions.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if "%" in form:
        return FileCell(_norwegian(exact.scaleb(2)), percent=True, number=True)
    text = _norwegian(exact)
    if set(form) == {"0"} and text.isdigit():
        # A code that Excel shows with its leading zeros.
        text = text.zfill(len(form))
    return FileCell(text, percent=_PERCENT_WORDS.search(written_words) is not None, number=True)


def _section_of(value: float, written: str) -> str:
    """The part of a number format that is used for a number."""
    sections = _SECTION.split(written)
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition[1]](value, float(condition[2])):
                return section
    at = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2
    return sections[at] if at < len(sections) else sections[0]


def _words_of(written: str) -> str:
    return "".join(quoted or escaped for quoted, escaped in _WORDS.findall(written))


def _norwegian(number: Decimal) -> str:
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    text = f"{whole},{decimals}" if decimals else whole
    return "0" if text == "-0" else text


def _text(value: object) -> FileCell:
    """Words; what is raised stays raised, so that a footnote mark is not one more digit."""
    if not isinstance(value, CellRichText):
        return FileCell(unicodedata.normalize("NFC", str(value)))
    blocks = [
        (block.text, block.font.vertAlign) if isinstance(block, TextBlock) else (block, None)
        for block in value
    ]
    text = "".join(
        words.translate(_RAISED) if place == "superscript" else words for words, place in blocks
    )
    text = unicodedata.normalize("NFC", text)
    lowered = "".join(words for words, place in blocks if place == "subscript")
    if lowered:
        return FileCell(text, f"fant «{text}» med senket «{lowered}». Skriv det på linjen.")
    return FileCell(text)
