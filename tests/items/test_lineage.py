"""Lineage by perturbation: a number that moves when a cell moves must name that cell, and back."""

import random

import pandas as pd
import pytest

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.traced import Traced
from kunnskapsgrunnlag.values import Record, records
from tests.conftest import Tables, compute_item

# Cells outside the years and regions of an item are sampled too: they must move nothing.
SAMPLES = {"tabell-11": 12, "figur-27": 12, "tabell-29": 12, "tabell-31": 12, "tabell-24": 10}
NUDGE = 1.0137


def numbers_of(table: pd.DataFrame) -> dict[str, Traced]:
    """Every present number of a tidy table by its cell."""
    return {
        v.cells[0]: v
        for row in table.to_dict("records")
        for v in row.values()
        if isinstance(v, Traced) and not v.is_missing and v.value
    }


def nudged(tables: Tables, cell: str) -> Tables:
    """The same tables with one number a little larger."""
    source = cell.partition(":")[0]

    def nudge(value: object) -> object:
        if isinstance(value, Traced) and value.cells == (cell,):
            return Traced.cell(value.value * NUDGE, cell)
        return value

    return tables | {source: tables[source].map(nudge)}


def chosen(catalog: Catalog, tables: Tables, found: list[Record], key: str) -> list[str]:
    """Cells that the item names, from every source, and two that it does not."""
    draw = random.Random(key)
    used = {cell for record in found for cell in record["cells"]}
    picked: list[str] = []
    sources = list(catalog.items[key].inputs.values())
    for source in sources:
        cells = sorted(numbers_of(tables[source]))
        named = [c for c in cells if c in used]
        others = [c for c in cells if c not in used]
        picked += draw.sample(named, min(len(named), SAMPLES[key] // len(sources)))
        picked += draw.sample(others, min(len(others), 2))
    return picked


@pytest.mark.parametrize("key", SAMPLES)
def test_exactly_the_numbers_that_name_a_cell_move_with_it(
    key: str,
    catalog: Catalog,
    tables: Tables,
    receipts: dict[str, Record],
    real_records: dict[str, list[Record]],
) -> None:
    before = {r["address"]: r for r in real_records[key]}
    item = catalog.items[key]

    for cell in chosen(catalog, tables, real_records[key], key):
        table = compute_item(catalog, nudged(tables, cell), key)
        after = {r["address"]: r["value"] for r in records(key, item, table, receipts)}
        moved = {a for a, record in before.items() if record["value"] != after[a]}

        assert moved == {a for a, record in before.items() if cell in record["cells"]}, cell


@pytest.mark.parametrize("key", SAMPLES)
def test_the_sample_holds_cells_that_matter(
    key: str, catalog: Catalog, tables: Tables, real_records: dict[str, list[Record]]
) -> None:
    used = {cell for record in real_records[key] for cell in record["cells"]}
    picked = chosen(catalog, tables, real_records[key], key)

    assert len(set(picked) & used) >= 10
    assert {c.partition(":")[0] for c in picked} == set(catalog.items[key].inputs.values())


def test_every_number_names_at_least_one_cell(real_records: dict[str, list[Record]]) -> None:
    found = [r for records in real_records.values() for r in records]

    assert len(found) > 400
    assert [r["address"] for r in found if not r["cells"]] == []


def test_every_named_cell_is_a_cell_of_one_of_the_items_sources(
    catalog: Catalog, tables: Tables, real_records: dict[str, list[Record]]
) -> None:
    for key, found in real_records.items():
        cells = {
            v.cells[0]
            for source in catalog.items[key].inputs.values()
            for row in tables[source].to_dict("records")
            for v in row.values()
            if isinstance(v, Traced)
        }

        assert {c for r in found for c in r["cells"]} <= cells


def test_every_number_lies_in_its_interval(real_records: dict[str, list[Record]]) -> None:
    for record in (r for found in real_records.values() for r in found if r["value"] is not None):
        slack = 1e-9 * max(1, abs(record["value"]))

        assert record["low"] - slack <= record["value"] <= record["high"] + slack
