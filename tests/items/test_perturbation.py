"""Lineage by perturbation: what moves when a source cell moves must name that cell, and back.

A few cells of every item are tried; in `make test-all` every cell that any number names, and many
that none does.
"""

import random
from collections.abc import Iterator

import pandas as pd
import pytest

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import Text, read_chapters
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store, item_values
from tests.conftest import ROOT, Tables, compute_item

KEYS = sorted(read_catalog(ROOT / "params.yaml").items)
# A rule may round, or hold a number at a bound: what a small push does not move, a larger one must.
FACTORS = (1.0137, 0.93, 1.4, 0.6)
# Cells per item and run: those that its numbers name, and those of its sources that they do not.
FEW, MANY = (4, 2), (10**6, 60)


def places(table: pd.DataFrame) -> dict[str, tuple[int, str, Traced]]:
    """Where each cell of a tidy table lies: row, column, content."""
    return {
        value.cells[0]: (row, str(column), value)
        for column in table.columns
        for row, value in enumerate(table[column])
        if isinstance(value, Traced)
    }


def others(value: Traced, cell: str, words: set[str]) -> Iterator[Traced]:
    """What the cell might have held instead: another number, or each other word of its column."""
    if value.text:
        for word in sorted((words | {"noe helt annet"}) - {value.text}):
            yield Traced.cell(value.value, cell, text=word)
    elif value.is_missing:
        yield Traced.cell(12.345, cell)
    else:
        for factor in FACTORS:
            yield Traced.cell(value.value * factor if value.value else 1.0, cell)


@pytest.fixture(autouse=True, scope="module")
def _unchecked_sums() -> Iterator[None]:
    """A cell may change without the sum that it is part of: nothing is published of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kunnskapsgrunnlag.items.figur_37._check_sum", lambda _: None)
        yield


class Item:
    """An item's numbers, and the same after a cell has changed."""

    def __init__(
        self, catalog: Catalog, tables: Tables, receipts: dict[str, Receipt], key: str
    ) -> None:
        self.catalog, self.tables, self.receipts, self.key = catalog, tables, receipts, key
        self.sources = sorted(set(catalog.items[key].inputs.values()))
        self.places = {source: places(tables[source]) for source in self.sources}
        self.before = self.records(tables)
        self.used = {cell for record in self.before.values() for cell in record.cells}

    def records(self, tables: Tables) -> dict[str, Value]:
        entry = self.catalog.items[self.key]
        table = compute_item(self.catalog, tables, self.key)
        return {r.address: r for r in item_values(self.key, entry, table, self.receipts)}

    def changes(self, cell: str) -> Iterator[dict[str, Value]]:
        """The item's numbers for each other content of a cell."""
        source = cell.partition(":")[0]
        row, column, value = self.places[source][cell]
        words = {v.text for _, c, v in self.places[source].values() if c == column and v.text}
        for other in others(value, cell, words):
            spoilt = self.tables[source].copy()
            held = spoilt[column].copy()
            held.iloc[row] = other
            spoilt[column] = held
            yield self.records(self.tables | {source: spoilt})

    def moved(self, cell: str) -> set[str]:
        found: set[str] = set()
        for after in self.changes(cell):
            found |= {a for a, record in self.before.items() if said(record) != said(after[a])}
            if found >= self.named(cell):
                break
        return found

    def named(self, cell: str) -> set[str]:
        """What must move: but a word does not follow a number, and what is missing stays so."""
        source = cell.partition(":")[0]
        is_number = not self.places[source][cell][2].text
        return {
            address
            for address, record in self.before.items()
            if cell in record.cells
            and not (is_number and record.value is None and not self.may_appear(cell, record))
        }

    def may_appear(self, cell: str, record: Value) -> bool:
        """A missing number whose one missing cell is this one appears when the cell is filled."""
        missing = [c for c in record.cells if self.places[c.partition(":")[0]][c][2].is_missing]
        return missing == [cell]

    def chosen(self, named: int, free: int) -> list[str]:
        draw = random.Random(self.key)
        used = sorted(self.used)
        picked = draw.sample(used, min(named, len(used)))
        for source in self.sources:
            # A blank that another source fills is named by nobody, and filling it moves the number.
            held = {c for c, (_, _, v) in self.places[source].items() if not v.is_missing}
            rest = sorted(held - self.used)
            picked += draw.sample(rest, min(free, len(rest)))
        return picked


def said(record: Value) -> tuple[float | None, str]:
    return record.value, record.text if record.value is None else ""


def assert_exact(item: Item, cells: list[str]) -> None:
    wrong = {
        cell: (sorted(moved - named), sorted(named - moved))
        for cell in cells
        if (moved := item.moved(cell)) != (named := item.named(cell))
    }
    assert wrong == {}


@pytest.mark.parametrize("key", KEYS)
def test_exactly_the_numbers_that_name_a_cell_move_with_it(
    key: str, catalog: Catalog, tables: Tables, receipts: dict[str, Receipt]
) -> None:
    item = Item(catalog, tables, receipts, key)

    assert_exact(item, item.chosen(*FEW))


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_cell_of_every_item(
    key: str, catalog: Catalog, tables: Tables, receipts: dict[str, Receipt]
) -> None:
    item = Item(catalog, tables, receipts, key)
    cells = item.chosen(*MANY)

    assert item.used <= set(cells)
    assert_exact(item, cells)


# ------------------------------------------------------------------------ claims and words


@pytest.fixture(scope="module")
def items(catalog: Catalog, tables: Tables, receipts: dict[str, Receipt]) -> dict[str, Item]:
    return {key: Item(catalog, tables, receipts, key) for key in KEYS}


@pytest.fixture(scope="module")
def texts(catalog: Catalog) -> list[Text]:
    return read_chapters(ROOT, catalog)


def store_of(items: dict[str, Item], changed: dict[str, dict[str, Value]]) -> Store:
    found = {a: r for key, item in items.items() for a, r in changed.get(key, item.before).items()}
    years = {
        key: [min(y), max(y)]
        for key, item in items.items()
        if (y := [r.year for r in item.before.values() if r.year is not None])
    }
    return Store(found, years)


def told(store: Store, texts: list[Text], catalog: Catalog) -> dict[str, tuple[object, set[str]]]:
    """Each claim and word: what it says, and the cells that it rests on."""
    results = evaluate(store, texts, catalog)
    claims = {n: ([c.holds, c.because], c.numbers) for n, c in results.claims.items()}
    words = {n: ([w.text], w.numbers) for n, w in results.words.items()}
    return {
        name: (answer, {cell for address in numbers for cell in store.values[address].cells})
        for name, (answer, numbers) in (claims | words).items()
    }


@pytest.mark.parametrize("many", [12, pytest.param(10**6, marks=pytest.mark.slow)])
def test_only_the_claims_that_rest_on_a_cell_change_with_it(
    items: dict[str, Item], texts: list[Text], catalog: Catalog, many: int
) -> None:
    before = told(store_of(items, {}), texts, catalog)
    draw = random.Random("claims")
    used = sorted({cell for _, cells in before.values() for cell in cells})
    free = sorted({cell for item in items.values() for cell in item.used} - set(used))
    changed_by = {}
    for cell in draw.sample(used, min(many, len(used))) + draw.sample(free, min(8, len(free))):
        changes = {
            key: next(item.changes(cell))
            for key, item in items.items()
            if cell.partition(":")[0] in item.sources
        }
        after = told(store_of(items, changes), texts, catalog)
        changed = {name for name, (words, _) in before.items() if words != after[name][0]}
        resting = {name for name in before if cell in before[name][1] | after[name][1]}
        assert changed <= resting, cell
        changed_by[cell] = changed

    assert any(changed_by[cell] for cell in changed_by if cell in used)
    assert not any(changed_by[cell] for cell in changed_by if cell in free)
