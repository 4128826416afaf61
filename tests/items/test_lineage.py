"""Lineage holds together: numbers name cells of their sources and lie in their intervals.

tests/items/test_perturbation.py tries whether they name the right ones.
"""

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import Tables


def test_every_number_names_at_least_one_cell(real_values: dict[str, list[Value]]) -> None:
    found = [r for records in real_values.values() for r in records]

    assert len(found) > 400
    assert [r.address for r in found if not r.cells and r.value is not None] == []


def test_every_named_cell_is_a_cell_of_one_of_the_items_sources(
    catalog: Catalog, tables: Tables, real_values: dict[str, list[Value]]
) -> None:
    for key, found in real_values.items():
        cells = {
            v.cells[0]
            for source in catalog.items[key].inputs.values()
            for row in tables[source].to_dict("records")
            for v in row.values()
            if isinstance(v, Traced)
        }

        assert {c for r in found for c in r.cells} <= cells


def test_every_number_lies_in_its_interval(real_values: dict[str, list[Value]]) -> None:
    present = [v for found in real_values.values() for v in found if v.value is not None]
    for low, value, high in ((v.low, v.value, v.high) for v in present):
        assert low is not None
        assert high is not None
        slack = 1e-9 * max(1, abs(value or 0))
        assert low - slack <= (value or 0) <= high + slack
