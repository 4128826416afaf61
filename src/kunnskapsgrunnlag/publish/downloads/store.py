"""The value store as one table: every number with its address, for those who compute."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kunnskapsgrunnlag.publish.downloads.table import (
    Cell,
    FlatColumn,
    FlatTable,
    ItemPart,
    published,
)
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

COLUMNS = (
    FlatColumn("address", "Adresse", "text", formula="tallets faste navn i rapporten"),
    FlatColumn("label", "Tabell eller figur", "text"),
    FlatColumn("measure", "Mål", "text"),
    FlatColumn("region", "Område", "text"),
    FlatColumn("category", "Gruppe", "text"),
    FlatColumn("year", "År", "year"),
    FlatColumn("value", "Tall", "number", formula="avrundet som i rapporten"),
    FlatColumn("exact", "Tall uten avrunding", "number", formula="slik det er regnet ut"),
    FlatColumn("low", "Nedre grense", "number", formula="anslagets nedre grense", is_band=True),
    FlatColumn("high", "Øvre grense", "number", formula="anslagets øvre grense", is_band=True),
    FlatColumn("words", "Tekst", "text", formula="ord, eller tegnet for et tall som mangler"),
    FlatColumn("unit", "Enhet", "text"),
    FlatColumn("formula", "Slik er tallet laget", "text"),
    FlatColumn("origin", "Opphav", "text", origins=ORIGINS),
)


def store_table(parts: Sequence[ItemPart]) -> FlatTable:
    """All numbers of all items, also those that stand in the text alone."""
    rows = tuple(_row(part, record) for part in parts for record in part.result.values)
    return FlatTable(COLUMNS, rows, keys=1)


def _row(part: ItemPart, record: Value) -> tuple[Cell, ...]:
    item = part.item
    is_number = record.value is not None
    places = {dim: dim_label(item, dim, record.key(dim)) for dim in item.dims if dim != "year"}
    return (
        record.address,
        item.label,
        item.measures[record.measure].title,
        places.get("region"),
        places.get("category"),
        record.year,
        published(record) if is_number else None,
        None if record.value is None else _exact(record.value),
        *(map(_exact, bounds) if (bounds := band(record)) else (None, None)),
        None if is_number else record.text,
        None if record.unit == "tekst" else record.unit,
        record.formula,
        record.origin,
    )


def _exact(value: float) -> Decimal:
    """The shortest digits that mean this number, without `.0` behind a whole one."""
    return Decimal(int(value)) if float(value).is_integer() else Decimal(repr(float(value)))
