"""The reader's table: which numbers stand where, before any format is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_text import region_name
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.store.value import Key, Keys, Value

DIM_NAMES = {"region": "Område", "category": "Gruppe", "year": "År"}
_SAID_BY_TITLE = (
    *("personer", "husholdninger", "lån", "tilskudd", "tilfeller"),
    *("tekst", "virkemidler", "boliger", "per 1 000"),
)


@dataclass(frozen=True)
class Head:
    """A header cell: words and how many columns (or rows) it covers."""

    text: str
    span: int = 1


@dataclass(frozen=True)
class GridRow:
    """A body row: its header cells (None where a header above covers it) and its numbers."""

    heads: tuple[Head | None, ...]
    cells: tuple[Value | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table: names of the row headers, header levels from the top, and body rows."""

    corner: tuple[str, ...]
    levels: tuple[tuple[Head, ...], ...]
    rows: tuple[GridRow, ...]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column whether it holds numbers (and not words)."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return tuple(any(c and c.value is not None for c in cells) for cells in columns)


def grid(item: Item, values: Sequence[Value]) -> Grid:
    """Lay out an item's shown numbers as the catalogue says."""
    shown = [r for r in values if r.shown]
    rows = list(dict.fromkeys(r.keys(item.table.rows) for r in shown))
    columns = _columns(item, shown)
    cells = {(r.keys(item.table.rows), r.keys(item.table.columns)): r for r in shown}
    labels = [_labels(item, column) for column in columns]
    levels = tuple(
        _merge([label[: depth + 1] for label in labels]) for depth in range(len(labels[0]))
    )
    return Grid(
        corner=tuple(_corner(item, dim) for dim in item.table.rows),
        levels=levels,
        rows=tuple(
            GridRow(heads, tuple(cells.get((key, column)) for column in columns))
            for key, heads in zip(rows, _row_heads(item, rows), strict=True)
        ),
    )


def _columns(item: Item, values: Sequence[Value]) -> list[Keys]:
    """Columns in the catalogue's order of measures, then in the order of the table."""
    columns = dict.fromkeys(r.keys(item.table.columns) for r in values)
    if "measure" not in item.table.columns:
        return list(columns)
    at = item.table.columns.index("measure")
    order = list(item.measures)
    return sorted(columns, key=lambda column: order.index(str(column[at])))


def _corner(item: Item, dim: str) -> str:
    return {"category": item.category_title}.get(dim, DIM_NAMES.get(dim, "Mål"))


def _labels(item: Item, column: Keys) -> tuple[str, ...]:
    words: list[str] = []
    for dim, key in zip(item.table.columns, column, strict=True):
        if dim != "measure":
            words.append(dim_label(item, dim, key))
            continue
        measure = item.measures[str(key)]
        if any(m.group for m in item.measures.values() if m.show):
            words.append(measure.group or "")
        words.append(heading(measure.title, measure.unit))
    return tuple(words)


def heading(title: str, unit: str) -> str:
    """A measure's title with its unit, unless the title says it."""
    return title if unit in _SAID_BY_TITLE else f"{title} ({unit})"


def dim_label(item: Item, dim: str, key: Key) -> str:
    if dim == "region":
        return region_name(str(key))
    if dim == "category":
        return (item.categories or {}).get(str(key), str(key))
    return str(key)


def _merge(labels: Sequence[tuple[str, ...]]) -> tuple[Head, ...]:
    """Neighbours that are equal down to this level share one header cell."""
    heads: list[Head] = []
    for index, label in enumerate(labels):
        if index and label == labels[index - 1]:
            heads[-1] = Head(heads[-1].text, heads[-1].span + 1)
        else:
            heads.append(Head(label[-1]))
    return tuple(heads)


def _row_heads(item: Item, rows: Sequence[Keys]) -> list[tuple[Head | None, ...]]:
    """Row headers; a first header that repeats covers the rows below it."""
    heads: list[tuple[Head | None, ...]] = []
    for index, row in enumerate(rows):
        cells: list[Head | None] = []
        for depth, (dim, key) in enumerate(zip(item.table.rows, row, strict=True), 1):
            is_last = depth == len(row)
            same = [other[:depth] == row[:depth] for other in rows[index:]]
            span = 1 if is_last else [*same, False].index(False)
            is_covered = index > 0 and rows[index - 1][:depth] == row[:depth] and not is_last
            cells.append(None if is_covered else Head(dim_label(item, dim, key), span))
        heads.append(tuple(cells))
    return heads
