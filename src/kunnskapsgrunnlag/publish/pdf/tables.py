"""Row headers in the finished PDF: typst tags the headers of columns only.

A reader who hears the table is told the name of the row before a number, as in the HTML. The cells
that begin a row become header cells (TH, scope Row), and the cells after them name them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kunnskapsgrunnlag.base.errors import KgError

# typst names a header cell by table, column and row: U9x0y0.
COLUMN = re.compile(r"x(\d+)y\d+$")


def with_row_headers(content: bytes, heads: Sequence[int]) -> bytes:
    """The same PDF, with the first cells of each row as the row's headers.

    Args:
        heads: How many columns of row headers each table has, in the order of the document.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = pdf.Root.StructTreeRoot
        assert isinstance(tree, Dictionary)
        tables = _of_kind(_below(tree), Name.Table)
        if len(tables) != len(heads):
            raise KgError(
                f"PDF-en har {len(tables)} tabeller, og kilden nevner {len(heads)}: En tabell "
                "i assets/pdf må si med kg-heads hvor mange kolonner med radoverskrifter den har."
            )
        new: list[Dictionary] = []
        for number, (table, count) in enumerate(zip(tables, heads, strict=True)):
            new += _mark(table, count, f"R{number}")
        _name(pdf, tree, new)
        made = io.BytesIO()
        # The date that the PDF has is the edition's: nothing of today may come into it.
        pdf.save(made, deterministic_id=True, fix_metadata_version=False)
    return made.getvalue()


def _kids(element: Dictionary) -> list[Dictionary]:
    kids = element.get(Name.K, Array([]))
    elements: Iterable[object] = kids if isinstance(kids, Array) else [kids]
    return [kid for kid in elements if isinstance(kid, Dictionary) and Name.S in kid]


def _below(element: Dictionary) -> Iterator[Dictionary]:
    """The elements below one, in reading order."""
    for kid in _kids(element):
        yield kid
        yield from _below(kid)


def _of_kind(elements: Iterable[Dictionary], kind: Name) -> list[Dictionary]:
    return [element for element in elements if element.get(Name.S) == kind]


def _mark(table: Dictionary, count: int, name: str) -> list[Dictionary]:
    """Make the row headers of a table; they are returned, for the index of names."""
    new: list[Dictionary] = []
    # Column -> the header that reaches down over the rows below, and over how many.
    reaching: dict[int, tuple[str, int]] = {}
    for at, row in enumerate(_body_rows(table)):
        cells = _of_kind(_kids(row), Name.TD)
        named = [identifier for identifier, _ in reaching.values()]
        reaching = {
            x: (identifier, left - 1) for x, (identifier, left) in reaching.items() if left > 1
        }
        for cell in cells:
            if (column := _column(cell)) >= count:
                continue
            identifier = f"{name}x{column}y{at}"
            _make_header(cell, identifier)
            new.append(cell)
            named.append(identifier)
            if (rows := int(_attributes(cell).get(Name.RowSpan, 1))) > 1:
                reaching[column] = (identifier, rows - 1)
        for cell in _of_kind(cells, Name.TD):
            _attributes(cell).Headers.extend(String(identifier) for identifier in named)
    return new


def _body_rows(table: Dictionary) -> list[Dictionary]:
    bodies = _of_kind(_kids(table), Name.TBody)
    return [row for body in bodies for row in _of_kind(_kids(body), Name.TR)]


def _attributes(cell: Dictionary) -> Dictionary:
    """What is said of a cell as a part of a table."""
    attributes = cell.A if isinstance(cell.A, Array) else [cell.A]
    (table_attributes,) = (part for part in attributes if Name.Table == part.O)
    assert isinstance(table_attributes, Dictionary)
    return table_attributes


def _column(cell: Dictionary) -> int:
    """The column that a cell stands in, or begins in: that of its column's header."""
    columns = [COLUMN.search(str(name)) for name in _attributes(cell).Headers]
    return min(int(match[1]) for match in columns if match)


def _make_header(cell: Dictionary, name: str) -> None:
    cell.S = Name.TH
    cell.ID = String(name)
    _attributes(cell).Scope = Name.Row


def _name(pdf: pikepdf.Pdf, tree: Dictionary, new: Iterable[Dictionary]) -> None:
    """Put the new names into the index: without that, a cell's reference leads nowhere."""
    index = pikepdf.NameTree(tree.IDTree)
    for cell in new:
        index[str(cell.ID)] = cell
