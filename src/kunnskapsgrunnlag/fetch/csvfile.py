"""A delivery as CSV: the encodings, separators and line ends that Norwegian offices use.

Nothing is taken for likely: where bytes or separators can be read in two ways, the file is refused.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.numbers import NBSP

HEADING_ROWS = 15
SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab"}
# What Windows-1252 has beyond ASCII in Norwegian tables. The bytes of æ, ø and å in the encodings
# of DOS and the old Mac, and the halves of a UTF-8 letter, are other characters than these.
_NORWEGIAN = frozenset("æøåÆØÅáàäéèêëóòôöüÁÄÉÓÖÜ«»–§" + NBSP)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\N{REPLACEMENT CHARACTER}]")
_LINE_END = re.compile("\r\n|\r|\n")


class Cell(NamedTuple):
    """A cell of a file as it was read.

    Attributes:
        text: What stands in it, numbers in Norwegian.
        trouble: Why the text cannot be used, and what to do; empty if it can.
        percent: Whether the text is a share that the file shows in percent.
    """

    text: str = ""
    trouble: str = ""
    percent: bool = False


@dataclass(frozen=True)
class Sheet:
    """All cells of a file's table, from A1 on.

    Attributes:
        name: The sheet's name; empty in a CSV file.
        rows: The cells by row; rows may differ in length.
        merged: Merged ranges: first row, first column, last row, last column, from 1.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def letters(column: int) -> str:
    """A column's letters in a spreadsheet: C for 3."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def plain(text: str) -> str:
    """A text without line ends and double spaces, as headings and words are compared."""
    return " ".join(text.split())


def csv_grid(name: str, content: bytes, headings: list[str]) -> list[list[str]]:
    """The cells of a CSV file: row and column are those a spreadsheet shows, from 1.

    Raises:
        KgError: If the encoding, the separator or the number of cells in a row is in doubt.
    """
    text = csv_text(name, content)
    if text.lower().startswith("sep="):
        raise KgError(
            f"{name}, row 1, column A: expected a title or headings, found «sep=». Excel does not "
            "count that line as a row: remove it."
        )
    separator, rows, problem = _separated(name, text, headings)
    if problem:
        raise KgError(
            f"{name}, row {len(rows) + 1}: expected cells with {SEPARATORS[separator]} between, "
            f"found a mistake ({problem}). Check the quotation marks."
        )
    _check_widths(name, rows, headings, separator)
    return rows


def csv_text(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, or in Windows-1252 if it can be nothing else.

    Raises:
        KgError: If it is neither, naming row and byte.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise KgError(
            f"{name}, row 1, byte 0: expected UTF-8, found «Unicode text» (UTF-16). In Excel: "
            "Save as > CSV UTF-8."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows_1252(name, content)
    if strange := _CONTROL.search(text):
        before = text[: strange.start()]
        raise _no_text(name, before, len(before.encode()) + 3 * content.startswith(codecs.BOM_UTF8))
    return text


def _windows_1252(name: str, content: bytes) -> str:
    # One character per byte, also for bytes without a meaning, so that places can be counted.
    text = content.decode("cp1252", errors="replace")
    for at, letter in enumerate(text):
        if (not letter.isascii() and letter not in _NORWEGIAN) or _CONTROL.match(letter):
            raise _no_text(name, text[:at], at)
    return text


def _no_text(name: str, before: str, byte: int) -> KgError:
    row = len(_LINE_END.findall(before)) + 1
    return KgError(
        f"{name}, row {row}, byte {byte}: expected text in UTF-8 or Windows-1252, found a byte "
        "that is neither. In Excel: Save as > CSV UTF-8."
    )


def _separated(
    name: str, text: str, headings: list[str]
) -> tuple[str, list[list[str]], csv.Error | None]:
    """The one reading whose heading row is whole: separator, rows, and what stopped it."""
    readings = {mark: _rows(text, mark) for mark in SEPARATORS}
    whole = [m for m, (rows, _) in readings.items() if heading_row(rows, headings) is not None]
    if not whole:
        nearest = max(readings, key=lambda mark: _held(readings[mark][0], headings)[0])
        raise no_headings(name, readings[nearest][0], headings)
    if any(readings[mark][0] != readings[whole[0]][0] for mark in whole):
        words = " and ".join(SEPARATORS[mark] for mark in whole)
        raise KgError(
            f"{name}: expected one separator between cells, found that {words} are equally "
            "plausible. Save the table as XLSX."
        )
    return whole[0], *readings[whole[0]]


def _rows(text: str, separator: str) -> tuple[list[list[str]], csv.Error | None]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as problem:
        return rows, problem
    return rows, None


def _check_widths(name: str, rows: list[list[str]], headings: list[str], separator: str) -> None:
    first = heading_row(rows, headings) or 0
    top = rows[first]
    needed = max(at for at, cell in enumerate(top, 1) if cell.strip())
    for number, row in enumerate(rows[first + 1 :], first + 2):
        filled = sum(bool(cell.strip()) for cell in row)
        # Blank rows and notes have too few cells as well; they are dealt with by their content.
        if len(row) > len(top) or (len(row) < needed and filled > 1):
            raise KgError(
                f"{name}, row {number}: expected {len(top)} cells, found {len(row)}. "
                f"{_advice(separator, len(row) > len(top))}"
            )


def _advice(separator: str, many: bool) -> str:
    if many and separator == ",":
        return (
            "The separator is a comma, so that a number with a decimal comma falls into two cells: "
            "save the file with semicolons, or put such numbers in quotation marks."
        )
    return f"Check the separators ({SEPARATORS[separator]}) and the quotation marks."


def heading_row(rows: list[list[str]], headings: list[str]) -> int | None:
    """Place (from 0) of the first row that holds all headings, among the first rows of a file."""
    for at, row in enumerate(rows[:HEADING_ROWS]):
        if {*headings} <= {plain(cell) for cell in row}:
            return at
    return None


def _held(rows: list[list[str]], headings: list[str]) -> tuple[int, int]:
    """How many headings the best row holds, and which row that is (from 0)."""
    counts = [
        (len({*headings} & {plain(cell) for cell in row}), -at)
        for at, row in enumerate(rows[:HEADING_ROWS])
    ]
    most, at = max(counts, default=(0, 0))
    return most, -at


def no_headings(where: str, rows: list[list[str]], headings: list[str]) -> KgError:
    """The error for a file without its heading row: which heading the best row lacks."""
    _, at = _held(rows, headings)
    found = [plain(cell) for cell in rows[at] if cell.strip()] if rows else []
    if not found:
        return KgError(
            f"{where}, row {at + 1}, column A: expected the headings {'; '.join(headings)}, found "
            "nothing. Is it the right file?"
        )
    missing = next(heading for heading in headings if heading not in found)
    close = difflib.get_close_matches(missing, [f for f in found if f not in headings], n=1)
    hint = f"Rename «{close[0]}» to that?" if close else "Is it the right file?"
    return KgError(
        f"{where}, row {at + 1}: expected the heading «{missing}» in one of the first "
        f"{HEADING_ROWS} rows, together with all others, found {'; '.join(found)[:200]}. {hint}"
    )
