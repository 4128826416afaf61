"""A missing cell, wherever it is, is missing: nothing stops, and no other number stands for it.

The first and the last year of each column, for Oslo, the country and one area; in `make test-all`
every cell that a number of the item names (or MANY of them), without the drawing.
"""

import math
import random
from collections.abc import Iterator
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

KEYS = sorted(read_catalog(ROOT / "params.yaml").items)
PLACES = ("oslo", "hele-landet")
MANY = 300


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
    def used(self) -> set[str]:
        """The cells that the item's numbers name."""
        table = compute_item(self.catalog, self.tables, self.key)
        found = item_values(self.key, self.entry, table, self.receipts)
        return {cell for record in found for cell in record.cells}

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
        for year in ("first", "last"):
            cells = sorted(self.cells(source), key=lambda c: self._year(c), reverse=year == "last")
            for cell in cells:
                region = table["region"].iloc[cell.row] if "region" in table else ""
                place = region if region in PLACES else "area"
                if (cell.column, year, place) not in seen:
                    seen.add((cell.column, year, place))
                    yield cell

    def _year(self, cell: Cell) -> int:
        table = self.tables[cell.source]
        return int(table["year"].iloc[cell.row]) if "year" in table else cell.row

    def without(self, cell: Cell) -> pd.DataFrame:
        """The item's table with `..` in a cell of a source."""
        table = self.tables[cell.source].copy()
        column = table[cell.column].copy()
        column.iloc[cell.row] = Traced.cell(math.nan, self.id(cell), symbol="..")
        table[cell.column] = column
        tables = self.tables | {cell.source: table}
        return ordered(compute_item(self.catalog, tables, self.key), self.entry)

    def id(self, cell: Cell) -> str:
        found: Traced = self.tables[cell.source][cell.column].iloc[cell.row]
        return found.cells[0]

    def mistakes(self, cell: Cell, *, is_drawn: bool) -> Iterator[str]:
        table = self.without(cell)
        found = item_values(self.key, self.entry, table, self.receipts)
        for record in found:
            if self.id(cell) in record.cells and record.text not in SYMBOLS:
                yield f"{cell}: {record.address} is {record.text}"
        module = item_module(self.key)
        chart = draw_chart(module, self.entry, table, found, 760)
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
            mistakes += item.mistakes(cell, is_drawn=cell[:2] not in drawn)
            drawn.add(cell[:2])

    assert mistakes == []


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_missing_cell_is_missing(item: Item, look: None) -> None:
    used = item.used
    cells = [c for source in item.sources for c in item.cells(source) if item.id(c) in used]
    # Figur 37 is made of some five thousand cells that are all treated alike.
    cells = random.Random(item.key).sample(cells, min(len(cells), MANY))

    assert [words for cell in cells for words in item.mistakes(cell, is_drawn=False)] == []
