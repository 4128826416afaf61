"""params.yaml read into types, every mistake named with its line and a way out."""

from __future__ import annotations

from pathlib import Path

from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.yaml_errors import read_model
from kunnskapsgrunnlag.catalog.check import check_references
from kunnskapsgrunnlag.catalog.schema import Catalog


def read_catalog(path: Path) -> Catalog:
    """Read and check the catalogue.

    Raises:
        KgError: One error that says file, line, what was expected, what was found, what to write.
    """
    catalog, at_path = read_model(read_written(path), path.name, Catalog)
    check_references(catalog, at_path, path.name)
    return catalog
