"""A missing cell, wherever it is, is missing: nothing stops, and no other number stands for it.

The first and the last year of each column, for Oslo, the country and one area; in `make test-all`
every cell that a number of the item names, without the drawing.
"""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check.drawings import check_alt, check_drawing
from kunnskapsgrunnlag.check.texts import check_texts
from kunnskapsgrunnlag.pipeline.drawing import draw_chart, words_of
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.values import item_values
from tests.conftest import ROOT, Tables, compute_item, item_module
from tests.items.cells import apart

KEYS = sorted(read_catalog(ROOT / "params.yaml").items)
PLACES = ("oslo", "hele-landet")


class Cell(NamedTuple):
    """A number in a tidy table."""

    source: str
    column: str
    row: int


class Item:
    """An item, computed from tables in which a cell is missing."""

    def __init__(
        self, catalog: Catalog, tables: Tables, receipts: dict[str, Receipt], key: str
    ) -> None:
        self.key, self.catalog, self.tables = key, catalog, tables
        self.entry = catalog.items[key]
        # A rate that is not known is no number that is missing: the rules refuse to go on.
        self.sources = [
            source
            for source in dict.fromkeys(self.entry.inputs.values())
            if "valid_from" not in tables[source]
        ]
        self.receipts = {source: receipts[source] for source in self.entry.inputs.values()}

    @property
    def naming(self) -> dict[str, set[str]]:
        """Cell -> the numbers that name it."""
        table = compute_item(self.catalog, self.tables, self.key)
        naming: dict[str, set[str]] = {}
        for value in item_values(self.key, self.entry, table, self.receipts):
            for cell in value.cells:
                naming.setdefault(cell, set()).add(value.address)
        return naming

    def cells(self, source: str) -> list[Cell]:
        return [
            Cell(source, str(column), row)
            for column in self.tables[source].columns
            for row, value in enumerate(self.tables[source][column])
            if isinstance(value, Traced) and not value.text and not value.is_missing
        ]

    def chosen(self, source: str) -> Iterator[Cell]:
        """Of each column the first and last year, for Oslo, the country and one area."""
        table = self.tables[source]
        seen = set()
        # Oslo's last year comes first, and is what is drawn: labels stand at a line's end.
        for year in ("last", "first"):
            cells = sorted(self.cells(source), key=self._year, reverse=year == "last")
            for cell in sorted(cells, key=lambda c: not self._is_oslo(c)):
                region = table["region"].iloc[cell.row] if "region" in table else ""
                place = region if region in PLACES else "area"
                if (cell.column, year, place) not in seen:
                    seen.add((cell.column, year, place))
                    yield cell

    def _is_oslo(self, cell: Cell) -> bool:
        table = self.tables[cell.source]
        return "region" in table and table["region"].iloc[cell.row] == "oslo"

    def _year(self, cell: Cell) -> int:
        table = self.tables[cell.source]
        return int(table["year"].iloc[cell.row]) if "year" in table else cell.row

    def without(self, cells: Iterable[Cell]) -> pd.DataFrame:
        """The item's table with `..` in cells of its sources."""
        tables = self.tables | {cell.source: self.tables[cell.source].copy() for cell in cells}
        for cell in cells:
            column = tables[cell.source][cell.column].copy()
            column.iloc[cell.row] = Traced.cell(math.nan, self.id(cell), symbol="..")
            tables[cell.source][cell.column] = column
        return ordered(compute_item(self.catalog, tables, self.key), self.entry)

    def id(self, cell: Cell) -> str:
        found: Traced = self.tables[cell.source][cell.column].iloc[cell.row]
        return found.cells[0]

    def standing(self, cells: list[Cell]) -> list[str]:
        """The numbers that stand though a cell that they name is missing."""
        missing = {self.id(cell) for cell in cells}
        values = item_values(self.key, self.entry, self.without(cells), self.receipts)
        return [
            f"{gaps}: {value.address} is {value.text}"
            for value in values
            if (gaps := missing & set(value.cells)) and value.text not in SYMBOLS
        ]

    def mistakes(self, cell: Cell, *, is_drawn: bool) -> Iterator[str]:
        """What is wrong in the drawing and its words."""
        table = self.without([cell])
        found = item_values(self.key, self.entry, table, self.receipts)
        module = item_module(self.key)
        # A narrow drawing has the least room.
        chart = draw_chart(module, self.entry, table, found, 340)
        alt = words_of(module, chart)
        if ".." in alt or "nan" in alt.split():
            yield f"{cell}: {alt}"
        yield from (f"{cell}: {words}" for words in check_alt(self.key, self.entry, found, alt))
        if is_drawn:
            svg = chart.svg()
            errors = [*check_drawing(self.key, self.entry, found, svg), *check_texts(self.key, svg)]
            yield from (f"{cell}: {words}" for words in errors)


@pytest.fixture
def item(key: str, catalog: Catalog, tables: Tables, receipts: dict[str, Receipt]) -> Item:
    return Item(catalog, tables, receipts, key)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_cell_is_missing(item: Item, look: None) -> None:
    drawn: set[tuple[str, str]] = set()
    mistakes: list[str] = []
    for source in item.sources:
        for cell in item.chosen(source):
            mistakes += item.standing([cell])
            mistakes += item.mistakes(cell, is_drawn=cell[:2] not in drawn)
            drawn.add(cell[:2])

    assert mistakes == []


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_missing_cell_is_missing(item: Item, look: None) -> None:
    """Cells that the same numbers name leave the same holes: one of them is drawn."""
    cells = {item.id(cell): cell for source in item.sources for cell in item.cells(source)}
    naming = {cell: named for cell, named in item.naming.items() if cell in cells}
    mistakes: list[str] = []
    for group in apart(naming):
        mistakes += item.standing([cells[cell] for cell in group])
    for cell in {frozenset(named): cells[cell] for cell, named in naming.items()}.values():
        mistakes += item.mistakes(cell, is_drawn=False)

    assert mistakes == []
