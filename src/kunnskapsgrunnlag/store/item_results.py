"""What the control sheets computed, one result per table and figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.io import read_made
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.provenance import Origin
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.value import Value


@dataclass(frozen=True, kw_only=True)
class ItemResult:
    """What the control sheet of an item computed.

    Attributes:
        periods: Source -> the years taken of it.
        cells: Cell id -> where it lies and what stands in it.
    """

    item: str
    origin: Origin
    alt: str = ""
    values: list[Value]
    sources: dict[str, Receipt] = field(default_factory=dict)
    periods: dict[str, list[int]] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> ItemResult:
        return cls.from_json(read_made(path))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> ItemResult:
        values = [Value.from_json(value) for value in row["values"]]
        sources = {key: Receipt.from_json(source) for key, source in row["sources"].items()}
        cells = {cell: SourceCell(**source) for cell, source in row["cells"].items()}
        return cls(**{**row, "values": values, "sources": sources, "cells": cells})

    def to_json(self) -> dict[str, object]:
        return {
            "item": self.item,
            "origin": self.origin,
            "alt": self.alt,
            "values": [value.to_json() for value in self.values],
            "sources": {key: asdict(receipt) for key, receipt in self.sources.items()},
            "periods": self.periods,
            "cells": {cell: source.to_json() for cell, source in self.cells.items()},
        }

    @property
    def is_estimate(self) -> bool:
        return self.origin == "estimat"


def read_results(project: Project, catalog: Catalog) -> dict[str, ItemResult]:
    return {key: ItemResult.read(project.item(key) / f"{key}.json") for key in catalog.items}
