"""All sources of the catalogue: verified, read into tidy tables, and their numbers checked."""

from dataclasses import asdict

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.sources.cells import acceptances
from kunnskapsgrunnlag.sources.locate import refuse_strangers
from kunnskapsgrunnlag.sources.snapshot import Snapshot, verify
from kunnskapsgrunnlag.tidy import reading
from kunnskapsgrunnlag.tidy.plausibility import check_sources
from kunnskapsgrunnlag.tidy.table import measures_of


def read_sources(project: Project, catalog: Catalog) -> None:
    """Write the receipt and the tidy table of every source, and remove those of former sources.

    The same numbers give the same bytes.

    Raises:
        KgError: If a file is no table of the catalogue's, is not the registered one, cannot be
            read, or has a number that cannot be right.
    """
    refuse_strangers(project, catalog.sources.values())
    read = reading(project, catalog)
    for key, source in catalog.sources.items():
        _write(project, key, source, *read(key))
    _remove_former(project, catalog)
    check_sources(catalog, read)


def _write(
    project: Project, key: str, source: Source, snapshot: Snapshot, table: pd.DataFrame
) -> None:
    receipt = verify(snapshot, acceptances(snapshot))
    if source.unit_of is not None and set(source.unit_of) != set(measures_of(table)):
        raise KgError(
            f"params.yaml: sources.{key}.unit_of: ventet målene {', '.join(measures_of(table))}, "
            f"fant {', '.join(source.unit_of)}."
        )
    for path in (project.receipt(key), project.tidy(key)):
        path.parent.mkdir(parents=True, exist_ok=True)
    project.receipt(key).write_bytes(json_bytes(asdict(receipt)))
    table.to_parquet(project.tidy(key), index=False)


def _remove_former(project: Project, catalog: Catalog) -> None:
    for path_of in (project.receipt, project.tidy):
        present = {path_of(key) for key in catalog.sources}
        for path in path_of("").parent.iterdir():
            if path not in present:
                path.unlink()
