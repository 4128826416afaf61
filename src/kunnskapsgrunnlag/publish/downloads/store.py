"""The value store as one table: every number with its address, for those who compute."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kunnskapsgrunnlag.publish.downloads.table import Cell, Column, Part, published
from kunnskapsgrunnlag.publish.downloads.table import Table as FlatTable
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

COLUMNS = (
    Column("address", "Adresse", "text", formula="tallets faste navn i rapporten"),
    Column("label", "Tabell eller figur", "text"),
    Column("measure", "Mål", "text"),
    Column("region", "Område", "text"),
    Column("category", "Gruppe", "text"),
    Column("year", "År", "year"),
    Column("value", "Tall", "number", formula="avrundet som i rapporten"),
    Column("exact", "Tall uten avrunding", "number", formula="slik det er regnet ut"),
    Column("low", "Nedre grense", "number", formula="anslagets nedre grense", is_band=True),
    Column("high", "Øvre grense", "number", formula="anslagets øvre grense", is_band=True),
    Column("words", "Tekst", "text", formula="ord, eller tegnet for et tall som mangler"),
    Column("unit", "Enhet", "text"),
    Column("formula", "Slik er tallet laget", "text"),
    Column("origin", "Opphav", "text", origins=ORIGINS),
)


def store_table(parts: Sequence[Part]) -> FlatTable:
    """All numbers of all items, also those that stand in the text alone."""
    rows = tuple(_row(part, record) for part in parts for record in part.result.values)
    return FlatTable(COLUMNS, rows, keys=1)


def _row(part: Part, record: Value) -> tuple[Cell, ...]:
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
