"""params.yaml read into types, every mistake named with its line and a way out."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import LOADER, composed, explain, places
from kunnskapsgrunnlag.catalog.check import check_references
from kunnskapsgrunnlag.catalog.schema import Catalog


def read_catalog(path: Path) -> Catalog:
    """Read and check the catalogue.

    Raises:
        KgError: One error that says file, line, what was expected, what was found, what to write.
    """
    text = path.read_text(encoding="utf-8")
    root = composed(text, path.name)
    at_path = dict(places(root, ()))
    try:
        catalog = Catalog.model_validate(yaml.load(text, Loader=LOADER))
    except ValidationError as problem:
        raise KgError(explain(problem, at_path, path.name, Catalog)) from None
    check_references(catalog, at_path, path.name)
    return catalog
