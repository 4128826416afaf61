"""One published number: what readers see of it, and what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from kunnskapsgrunnlag.sources.provenance import Origin

# What a number is of in one dimension, or in several.
Key = str | int | None
Keys = tuple[Key, ...]
DIMS = ("region", "category", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number of the value store.

    Attributes:
        address: item/measure/region/category/year, with the parts that the item has.
        value: Before rounding; None where it is missing, or where `text` is words.
        text: As readers see it, or the symbol that stands for a missing number.
        round_to: What it is rounded to a multiple of; 1 where `decimals` says all.
        low, high: What it may be at the least and the most.
        origin: The weakest of its cells.
        formula: How the measure is made, in words.
        arithmetic: The same with this number's numbers.
        cells: The source cells that it rests on, `source:cell`.
        shown: Whether it stands in the reader's table.
    """

    address: str
    item: str
    measure: str
    region: str | None = None
    category: str | None = None
    year: int | None = None
    value: float | None
    text: str
    unit: str
    decimals: int
    round_to: int
    low: float | None
    high: float | None
    origin: Origin
    formula: str
    arithmetic: str
    cells: tuple[str, ...]
    shown: bool

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Value:
        return cls(**{**row, "cells": tuple(row["cells"])})

    def to_json(self) -> dict[str, object]:
        """The number as the value store writes it, without the dimensions that it does not have."""
        row = {name: getattr(self, name) for name in _NAMES}
        return {name: v for name, v in row.items() if v is not None or name not in DIMS}

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its cells, each once."""
        return tuple(dict.fromkeys(cell.partition(":")[0] for cell in self.cells))

    @property
    def is_estimate(self) -> bool:
        return self.origin == "estimat"

    def key(self, dim: str) -> Key:
        key: Key = getattr(self, dim)
        return key

    def keys(self, dims: Collection[str]) -> Keys:
        return tuple(self.key(dim) for dim in dims)


_NAMES = tuple(field.name for field in fields(Value))
