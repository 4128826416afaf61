"""The numbers of a level as flat tables: CSV for an area, a sheet for each measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kunnskapsgrunnlag.base.dates import MONTHS
from kunnskapsgrunnlag.base.nb_numbers import rounded
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.table import Cell, FlatColumn, FlatTable, published
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.value import Value

COLUMNS = (
    FlatColumn("address", "Adresse", "text", formula="tallets faste navn"),
    FlatColumn("region", "Område", "text"),
    FlatColumn("measure", "Mål", "text"),
    FlatColumn("category", "Gruppe", "text"),
    FlatColumn("year", "År", "year"),
    FlatColumn("value", "Tall", "number", formula="avrundet som i profilene"),
    FlatColumn("low", "Nedre grense", "number", formula="anslagets nedre grense", is_band=True),
    FlatColumn("high", "Øvre grense", "number", formula="anslagets øvre grense", is_band=True),
    FlatColumn("words", "Tegn", "text", formula="tegnet for et tall som mangler eller er skjult"),
    FlatColumn("unit", "Enhet", "text"),
    FlatColumn("origin", "Opphav", "text", origins=ORIGINS),
)


def profile_csv(numbers: LevelNumbers, regions: Sequence[str]) -> str:
    """The numbers of some areas with their parts, as CSV."""
    parts = {key for key, (_, of) in numbers.areas.parts.items() if of in regions}
    wanted = {*regions, *parts}
    return table_csv(level_table(numbers, (v for v in numbers.values if v.region in wanted)))


def level_table(numbers: LevelNumbers, values: Iterable[Value]) -> FlatTable:
    """A row per number; numbers that are only cited are in no file of ours."""
    measures = numbers.level.measures
    rows = [_row(numbers, value) for value in values if not measures[value.measure].cited]
    return FlatTable(COLUMNS, tuple(rows), keys=1)


def _row(numbers: LevelNumbers, value: Value) -> tuple[Cell, ...]:
    measure = numbers.level.measures[value.measure]
    group = measure.categories.get(value.category or "")
    if measure.by == "month" and value.category:
        group = MONTHS[int(value.category) - 1]
    is_number = value.value is not None
    bounds = band(value)
    return (
        value.address,
        numbers.areas.name(value.region or ""),
        measure.title,
        group,
        value.year,
        published(value) if is_number else None,
        *((rounded(b, value.decimals) for b in bounds) if bounds else (None, None)),
        None if is_number else value.text,
        value.unit,
        value.origin,
    )


def measure_table(numbers: LevelNumbers, name: str) -> FlatTable:
    """One measure's numbers, without the columns that say the same in each row or nothing."""
    whole = level_table(numbers, (v for v in numbers.values if v.measure == name))
    told = [
        at
        for at, column in enumerate(whole.columns)
        if column.key in ("region", "year", "value", "origin")
        or (column.key in ("category", "low", "high", "words") and any(r[at] for r in whole.rows))
    ]
    rows = tuple(tuple(row[at] for at in told) for row in whole.rows)
    return FlatTable(tuple(whole.columns[at] for at in told), rows, keys=1)
