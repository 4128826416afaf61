"""CSV for Norwegian Excel: semicolons, decimal commas, UTF-8 with its mark, no formulas.

Excel reads a file without the mark in the machine's old code page and spoils æ, ø and å. All words
are quoted, so that a comma in a label does not begin a cell where commas part columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.publish.downloads.table import Cell, FlatTable

MARK = "\ufeff"
DELIMITER = ";"
LINE_END = "\r\n"
# What begins a formula in one spreadsheet or another; the wide forms are read as the narrow ones.
_TRIGGERS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# Blanks and invisible characters before the sign do not keep every program from reading on, and
# apostrophes count along, so that the reader can tell ours from the text's own.
_DANGEROUS = re.compile(rf"'*[\s\x00-\x20\ufeff\u200b]*[{_TRIGGERS}]")

# Characters that XML 1.0 cannot hold, the carriage return that a parser would change, and text
# that looks like an escape itself.
_NOT_IN_XML = re.compile(
    r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)", re.ASCII
)


def table_csv(table: FlatTable) -> str:
    return lines([tuple(column.name for column in table.columns), *table.rows])


def lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows of cells as the text of a CSV file, with the mark that tells Excel of UTF-8."""
    return MARK + "".join(DELIMITER.join(map(_cell, row)) + LINE_END for row in rows)


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return '"' + csv_safe(cell).replace('"', '""') + '"'
    # No spaces between thousands: a spreadsheet would take the number for words.
    return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might read the text as a formula; a lone hyphen is a missing number."""
    return text not in SYMBOLS and _DANGEROUS.match(text) is not None


def csv_safe(text: str) -> str:
    """The text with an apostrophe before it if it might be read as a formula."""
    return f"'{text}" if is_dangerous(text) else text


def xml_safe(text: str) -> str:
    """The text as a workbook's XML writes it (ST_Xstring): `_x0001_` for a control character."""
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
