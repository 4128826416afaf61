"""A delivery's file as a grid: headings first, one row per row of the table, places kept.

What is not part of the table (titles above, blank rows and columns) is left out; what could be
mistaken for a part of it (totals, notes, footnote marks, merged cells) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.csvfile import (
    HEADING_ROWS,
    Cell,
    Sheet,
    csv_grid,
    heading_row,
    letters,
    no_headings,
    plain,
)
from kunnskapsgrunnlag.numbers import SYMBOLS, parse_nb

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Column

TOTALS = frozenset({"sum", "total", "totalt", "i alt", "alle", "sum i alt", "totalsum"})
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = (".csv", ".tsv", ".txt")
# Marks are looked for behind numbers only; the pattern takes its time over long texts.
_LONGEST_NUMBER = 60
_RAISED = "[¹²³⁰⁴-⁹]"
_MARKED = re.compile(rf"(?P<number>.*\S)\s*(?P<mark>{_RAISED}+[)⁾]?|(?<=\s)\d+\)|(?<!\*)\*+)")


@dataclass(frozen=True)
class Grid:
    """The table of a delivery.

    Attributes:
        rows: The headings, then the cells as text, one list per row.
        places: For each cell its row and column in the file, from 1.
        sheet: The sheet's name; empty in a CSV file.
        skipped: The titles above the headings, with their rows, for the people who read the log.
    """

    rows: list[list[str]]
    places: list[list[tuple[int, int]]]
    sheet: str = ""
    skipped: list[str] = field(default_factory=list)


def read_delivery(
    path_name: str,
    content: bytes,
    headings: list[str],
    *,
    columns: Mapping[str, Column] | None = None,
    sheet: str | None = None,
) -> Grid:
    """The table of a CSV or XLSX file, found by its headings.

    Args:
        columns: The schema by heading; without it, shares in percent are refused and no total is
            an allowed word.
        sheet: The sheet that holds the table, if the workbook has several.

    Raises:
        KgError: At the first thing in the file that can be understood in two ways.
    """
    held = _sheet(path_name, content, headings, sheet)
    where = f"{path_name}, sheet «{held.name}»" if held.name else path_name
    names, top, first = _headings(where, held, headings)
    _refuse_merged(where, held, first)
    body = [(number, row) for number, row in enumerate(held.rows[first:], first + 1) if _any(row)]
    kept = _kept(where, names, body)
    rows, places = [[names[at] for at in kept]], [[(first, at + 1) for at in kept]]
    for number, row in body:
        cells = [row[at] if at < len(row) else Cell() for at in kept]
        places.append([(number, at + 1) for at in kept])
        _refuse_notes(f"{where}, row {number}", cells, places[-1], columns or {}, rows[0])
        rows.append([cell.text for cell in cells])
    above = [(number, _words(row)) for number, row in enumerate(held.rows[: top - 1], 1)]
    skipped = [f"row {number}: {words}" for number, words in above if words]
    return Grid(rows, places, held.name, skipped)


def _sheet(name: str, content: bytes, headings: list[str], sheet: str | None) -> Sheet:
    """The file read by what it is, if that is what its name says."""
    suffix = PurePath(name).suffix.lower()
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        found = "a workbook with a password" if locked else "a workbook in the old .xls format"
        remedy = "Remove the password" if locked else "Save it as «Excel Workbook (.xlsx)»"
        raise KgError(f"{name}: expected CSV or XLSX, found {found}. {remedy} in Excel.")
    if suffix != ".xlsx" and suffix not in _TEXTS:
        raise KgError(
            f"{name}: expected a file named .csv or .xlsx, found {suffix or 'no suffix'}. Save it "
            "as «Excel Workbook (.xlsx)» or CSV UTF-8."
        )
    zipped = content.startswith(_ZIP)
    if zipped != (suffix == ".xlsx"):
        found = "an Excel workbook or another packed file" if zipped else "no Excel workbook"
        raise KgError(f"{name}: the name says {suffix}, but the content is {found}. Save it anew.")
    if not zipped:
        rows = csv_grid(name, content, headings)
        return Sheet("", [[Cell(text) for text in row] for row in rows])
    # openpyxl takes a moment to import, and most deliveries are CSV.
    from kunnskapsgrunnlag.fetch.workbook import read_workbook

    return read_workbook(name, content, sheet)


def _headings(where: str, sheet: Sheet, headings: list[str]) -> tuple[list[str], int, int]:
    """The headings by column, and the first and last of their one or two rows (from 1)."""
    texts = [[plain(cell.text) for cell in row] for row in sheet.rows[: HEADING_ROWS + 1]]
    at = heading_row(texts, headings)
    if at is not None:
        return texts[at], at + 1, at + 1
    pairs = [
        [plain(f"{a} {b}") for a, b in zip(upper, lower, strict=False)]
        for upper, lower in zip(_spread(texts, sheet), texts[1:], strict=False)
    ]
    at = heading_row(pairs, headings)
    if at is None:
        raise no_headings(where, texts, headings)
    return pairs[at], at + 1, at + 2


def _spread(texts: list[list[str]], sheet: Sheet) -> list[list[str]]:
    """The heading rows with the text of a cell that spans columns in each of them."""
    rows = [[*row] for row in texts]
    for top, left, _, right in sheet.merged:
        if top <= len(rows):
            rows[top - 1][left - 1 : right] = [rows[top - 1][left - 1]] * (right - left + 1)
    return rows


def _refuse_merged(where: str, sheet: Sheet, first: int) -> None:
    for top, left, bottom, right in sheet.merged:
        # A heading may reach down over rows in which nothing stands.
        if top > first or any(_any(row) for row in sheet.rows[first:bottom]):
            place = f"{letters(left)}{top}:{letters(right)}{bottom}"
            raise KgError(
                f"{where}, row {top}, column {letters(left)}: expected one cell for each value, "
                f"found {place} merged. Split the cells, and write the value in each."
            )


def _any(row: list[Cell]) -> bool:
    return any(cell.text.strip() or cell.trouble for cell in row)


def _words(row: list[Cell]) -> str:
    return " ".join(plain(cell.text) for cell in row if cell.text.strip())


def _kept(where: str, names: list[str], body: list[tuple[int, list[Cell]]]) -> list[int]:
    """The columns (from 0) with a heading; anything under a missing heading is refused."""
    for number, row in body:
        for at, cell in enumerate(row):
            if (cell.text.strip() or cell.trouble) and not (at < len(names) and names[at]):
                raise KgError(
                    f"{where}, row {number}, column {letters(at + 1)}: expected nothing in a "
                    f"column without heading, found «{cell.text[:60]}». Delete it, or give the "
                    "column its heading."
                )
    return [at for at, name in enumerate(names) if name]


def _refuse_notes(
    where: str,
    cells: list[Cell],
    places: list[tuple[int, int]],
    columns: Mapping[str, Column],
    names: list[str],
) -> None:
    """Refuse totals, notes under the table, and cells that are not what they seem."""
    allowed = [_allowed(columns.get(name)) for name in names]
    first = plain(cells[0].text)
    if first.rstrip(":").casefold() in TOTALS and first not in allowed[0]:
        raise KgError(
            f"{where}, column {letters(places[0][1])}: expected a row of the table, found a total "
            f"«{first}». Remove the row, or declare the word in params.yaml."
        )
    for cell, (_, column), name, words in zip(cells, places, names, allowed, strict=True):
        at = f"{where}, column {letters(column)} «{name}»"
        _refuse_cell(at, cell, columns.get(name), words)
    filled = [place for cell, place in zip(cells, places, strict=True) if _any([cell])]
    if len(filled) == 1 and len(cells) > 1:
        raise KgError(
            f"{where}, column {letters(filled[0][1])}: expected a whole row, found only "
            f"«{_words(cells)[:60]}». Fill in the row, or delete it; a note belongs in the "
            ".source.yaml file."
        )


def _allowed(column: Column | None) -> set[str]:
    return {*(column.values or {}).values()} if column else set()


def _refuse_cell(where: str, cell: Cell, column: Column | None, words: set[str]) -> None:
    unit = column.unit if column else None
    expected = f"a number ({unit})" if unit else "a word or a number"
    if cell.trouble:
        raise KgError(f"{where}: expected {expected}, {cell.trouble}")
    if cell.percent and unit != "prosent":
        raise KgError(
            f"{where}: expected {expected}, found {cell.text} %. Give the cell a plain number "
            "format, or declare the unit «prosent» in params.yaml."
        )
    text = cell.text.strip()
    short = len(text) <= _LONGEST_NUMBER and text not in words
    marked = _MARKED.fullmatch(text) if short else None
    if marked and _is_number(marked["number"]):
        raise KgError(
            f"{where}: expected {expected}, found «{text}» with the footnote mark "
            f"«{marked['mark']}». Remove the mark and put the note into the .source.yaml file."
        )


def _is_number(text: str) -> bool:
    try:
        return text in SYMBOLS or parse_nb(text) is not None
    except ValueError:
        return False
