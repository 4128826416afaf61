"""Lineage holds together: numbers name cells of their sources and lie in their intervals.

tests/test_perturbation.py tries whether they name the right ones.
"""

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.values import Record
from tests.conftest import Tables


def test_every_number_names_at_least_one_cell(real_records: dict[str, list[Record]]) -> None:
    found = [r for records in real_records.values() for r in records]

    assert len(found) > 400
    assert [r["address"] for r in found if not r["cells"] and r["value"] is not None] == []


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
