"""A delivery as CSV: the encodings, separators and line ends that Norwegian offices use.

Nothing is taken for likely: where bytes or separators can be read in two ways, the file is refused.
"""

import codecs
import csv
import io
import re

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.sources.formats.grid import best_row, heading_row, no_headings, visible_text

SEPARATORS = {";": "semikolon", ",": "komma", "\t": "tabulator"}
# What Windows-1252 has beyond ASCII in Norwegian tables. The bytes of æ, ø and å in the encodings
# of DOS and the old Mac, and their halves in UTF-8, are other characters than these.
_NORWEGIAN = frozenset("æøåÆØÅáàäéèêëóòôöüÁÄÉÓÖÜ«»–§¹²³" + NBSP)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\N{REPLACEMENT CHARACTER}]")
_LINE_END = re.compile("\r\n|\r|\n")
_DECLARED = re.compile('"?sep=(?P<mark>[^\r\n]?)"?[;,\t]*(\r\n|\r|\n|$)', re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def csv_grid(name: str, content: bytes, headings: list[str]) -> list[list[str]]:
    """The cells of a CSV file: row and column are those a spreadsheet shows, from 1.

    A first line `sep=;` is obeyed and, as in Excel, no row.
    """
    text = visible_text(csv_text(name, content))
    marks = [*SEPARATORS]
    if declared := _DECLARED.match(text):
        marks, text = [declared["mark"]], text[declared.end() :]
        if marks[0] not in SEPARATORS:
            raise KgError(
                f"{name}, linjen før rad 1: ventet «sep=» med semikolon, komma eller tabulator, "
                f"fant «{declared[0].strip()}». Lagre tabellen som XLSX."
            )
    separator, rows, problem = _separated(name, text, headings, marks)
    if problem:
        raise KgError(
            f"{name}, rad {len(rows) + 1}: ventet celler med {SEPARATORS[separator]} mellom, "
            f"fant en feil ({problem}). Se på anførselstegnene."
        )
    _check_widths(name, rows, headings, separator)
    return rows


def csv_text(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark («Unicode text»), or in Windows-1252."""
    encoding, start = "utf-8-sig", 3 * content.startswith(codecs.BOM_UTF8)
    if content.startswith(_UTF16):
        encoding, start = "utf-16", 2
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        if encoding == "utf-8-sig":
            return _windows_1252(name, content)
        before = content[: problem.start - problem.start % 2].decode(encoding, errors="ignore")
        raise _no_text(name, before, problem.start) from None
    if strange := _CONTROL.search(text):
        before = text[: strange.start()]
        units = before.encode("utf-16-le" if encoding == "utf-16" else "utf-8")
        raise _no_text(name, before, len(units) + start)
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
        f"{name}, rad {row}, byte {byte}: ventet tekst i UTF-8 eller Windows-1252, fant en byte "
        "som ikke hører til noen av dem. I Excel: Lagre som > CSV UTF-8."
    )


def _separated(
    name: str, text: str, headings: list[str], marks: list[str]
) -> tuple[str, list[list[str]], csv.Error | None]:
    """The one reading whose heading row is whole: separator, rows, and what stopped it."""
    readings = {mark: _rows(text, mark) for mark in marks}
    whole = [m for m, (rows, _) in readings.items() if heading_row(rows, headings) is not None]
    if not whole:
        nearest = max(readings, key=lambda mark: best_row(readings[mark][0], headings)[0])
        raise no_headings(name, readings[nearest][0], headings)
    if any(readings[mark][0] != readings[whole[0]][0] for mark in whole):
        separators = " og ".join(SEPARATORS[mark] for mark in whole)
        raise KgError(
            f"{name}: ventet ett skilletegn mellom cellene, fant at {separators} er like "
            "rimelige. Lagre tabellen som XLSX."
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
                f"{name}, rad {number}: ventet {len(top)} celler, fant {len(row)}. "
                f"{_advice(separator, len(row) > len(top))}"
            )


def _advice(separator: str, many: bool) -> str:
    if many and separator == ",":
        return (
            "Skilletegnet er komma, så et tall med desimalkomma faller i to celler: "
            "lagre filen med semikolon, eller sett slike tall i anførselstegn."
        )
    return f"Se på skilletegnene ({SEPARATORS[separator]}) og anførselstegnene."
