"""What an item says that cannot be made of the deliveries that have come."""

import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.intake.proposal import RefusedError, named_item
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.formulas import lookup
from kunnskapsgrunnlag.tidy.table import traced
from tests.conftest import receipt_of

ITEM = "figur-32"


@pytest.fixture
def report(catalog: Catalog, tmp_path: Path) -> Report:
    """A report in which only the sources of figur 32 have been read."""
    project = Project(tmp_path)
    sources = {}
    for name, source in catalog.items[ITEM].inputs.items():
        sources[source] = catalog.sources[source]
        measure = "residents" if name == "population" else "dwellings"
        table = {"region": ["alna"], "year": [2026], measure: [1.0], f"{measure}__cell": ["a:B2"]}
        for path in (project.tidy(source), project.receipt(source)):
            path.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(table).to_parquet(project.tidy(source))
        receipt = receipt_of(source, title=f"Kilde til {measure}")
        project.receipt(source).write_text(json.dumps(asdict(receipt)), "utf-8")
    return Report(project, catalog.model_copy(update={"sources": sources}))


def test_a_row_that_is_lacking_is_told_in_the_words_of_the_team(report: Report) -> None:
    inputs = report.catalog.items[ITEM].inputs
    people = traced(pd.read_parquet(report.project.tidy(inputs["population"])))
    come = {inputs["dwellings"], "another"}

    with pytest.raises(RefusedError) as refused, named_item(report, ITEM, come):
        lookup(people, "residents", pd.Series(["alna"], name="region"), year=2027)

    assert str(refused.value).startswith(
        "Figur 32 kan ikke lages av det som er kommet. «Kilde til residents» har ikke tall for "
        "Alna, 2027."
    )
    assert refused.value.sources == {inputs["dwellings"]}
