"""CSV for Norwegian Excel: semicolons, decimal commas, UTF-8 with its mark, no formulas.

Excel reads a file without the mark in the machine's old code page and spoils æ, ø and å. All words
are quoted, so that a comma in a label does not begin a cell where commas part columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.publish.downloads.escape import csv_safe
from kunnskapsgrunnlag.publish.downloads.table import Cell, FlatTable, flat
from kunnskapsgrunnlag.store.value import Value

MARK = "\ufeff"
DELIMITER = ";"
LINE_END = "\r\n"


def csv_text(item: Item, values: Sequence[Value]) -> str:
    """The item's table: a row per key, units in the headings, the row's origin last.

    Raises:
        KgError: If nothing is shown, or two columns would have the same heading.
    """
    return table_csv(flat(f"{item.kind}-{item.number}", item, values))


def table_csv(table: FlatTable) -> str:
    """A table as the text of a CSV file."""
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
