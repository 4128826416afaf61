"""An item as one flat table: a row per key, a column per measure, nothing merged or nested."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, parse_nb, rounded
from kunnskapsgrunnlag.catalog.schema import Item, Measure
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.bands import band, has_band
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import DIM_NAMES, dim_label, heading
from kunnskapsgrunnlag.store.value import Keys, Value

ORIGIN = "Opphav"
# A missing number is the text of its symbol; None is a row that does not have the measure.
Cell = str | int | Decimal | None
Kind = Literal["text", "address", "year", "number"]


@dataclass(frozen=True)
class FlatColumn:
    """A column: its heading with unit, what its cells are, and how they are made.

    Attributes:
        key: Dimension or measure of the item; `origin` for the column of origins.
        symbols: The signs for missing numbers that stand in it.
        origins: In the column of origins: those that the item may have.
        is_band: It holds a bound of the estimates of the measure before it.
    """

    key: str
    name: str
    kind: Kind
    unit: str = ""
    formula: str = ""
    symbols: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    is_band: bool = False


@dataclass(frozen=True)
class FlatTable:
    """Columns and rows; `keys` is how many columns from the left name a row."""

    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int

    @property
    def symbols(self) -> tuple[str, ...]:
        """The signs for missing numbers in the table, sorted."""
        return tuple(sorted({symbol for column in self.columns for symbol in column.symbols}))

    @property
    def has_gaps(self) -> bool:
        """Whether a cell is empty because its row does not have the measure."""
        whole = [at for at, column in enumerate(self.columns) if not column.is_band]
        return any(row[at] is None for row in self.rows for at in whole)

    @property
    def has_bands(self) -> bool:
        """Whether it holds estimates with a lower and an upper bound."""
        return any(column.is_band for column in self.columns)

    @property
    def origins(self) -> set[str]:
        at = [place for place, column in enumerate(self.columns) if column.key == "origin"]
        return {str(row[place]) for row in self.rows for place in at if row[place] is not None}


@dataclass(frozen=True)
class ItemPart:
    """An item with all that a download says of it.

    Attributes:
        notes: Its notes as readers see them: the catalogue's, estimates, misprints.
    """

    key: str
    item: Item
    result: ItemResult
    notes: tuple[str, ...] = ()

    @cached_property
    def table(self) -> FlatTable:
        return flat(self.key, self.item, self.result.values)

    @property
    def title(self) -> str:
        """`Tabell 14: Andel …`, with the word where it is an estimate."""
        mark = " (estimat)" if self.result.is_estimate else ""
        return f"{self.item.label}: {self.item.title}{mark}"


def flat(key: str, item: Item, values: Sequence[Value]) -> FlatTable:
    """The shown numbers of an item, rows and measures in the catalogue's order."""
    shown = [record for record in values if record.shown]
    if not shown:
        raise KgError(
            f"{key}: ingen tall vises, så det er ingenting å laste ned. Vis minst ett mål."
        )
    measures = [name for name, measure in item.measures.items() if measure.show]
    by_key = {(record.keys(item.dims), record.measure): record for record in shown}
    rows = {
        row: [by_key.get((row, name)) for name in measures]
        for row in dict.fromkeys(record.keys(item.dims) for record in shown)
    }
    banded = {record.measure for record in shown if has_band(record)}
    is_mixed = any(len({cell.origin for cell in cells if cell}) > 1 for cells in rows.values())
    columns = (
        *(_dimension(item, dim) for dim in item.dims),
        *(
            column
            for name in measures
            for column in (
                _measure(item, name, [r for r in shown if r.measure == name]),
                *(_bounds(item, name) if name in banded else ()),
            )
        ),
        *_origin_columns(item, measures if is_mixed else []),
    )
    _check_names(key, columns)
    return FlatTable(
        columns,
        tuple(
            (*_labels(item, row), *_numbers(measures, cells, banded), *_origins(cells, is_mixed))
            for row, cells in rows.items()
        ),
        len(item.dims),
    )


def _origin_columns(item: Item, measures: Sequence[str]) -> tuple[FlatColumn, ...]:
    """One column where the numbers of a row have the same origin, else one for each measure."""
    names = [f"{ORIGIN}: {measure_name(item.measures[name])}" for name in measures] or [ORIGIN]
    return tuple(FlatColumn("origin", name, "text", origins=ORIGINS) for name in names)


def measure_name(measure: Measure) -> str:
    """A measure's heading with its group and its unit, unless the words say the unit."""
    title = f"{measure.group}: {measure.title.lower()}" if measure.group else measure.title
    words = heading(title, measure.unit)
    is_unit_named = measure.unit == "tekst" or measure.unit.casefold() in title.casefold()
    return f"{title} ({measure.unit})" if words == title and not is_unit_named else words


def published(record: Value) -> Cell:
    """A record's number as readers see it, with the same decimals; words and symbols as text."""
    text = record.text
    if record.value is None:
        return text
    return rounded(parse_nb(text), len(text.partition(",")[2]))


def _dimension(item: Item, dim: str) -> FlatColumn:
    name = item.category_title if dim == "category" else DIM_NAMES[dim]
    return FlatColumn(dim, name, "year" if dim == "year" else "text")


def _measure(item: Item, name: str, values: Sequence[Value]) -> FlatColumn:
    measure = item.measures[name]
    words = {record.text for record in values if record.value is None}
    is_text = measure.unit == "tekst" or not words <= SYMBOLS
    return FlatColumn(
        name,
        measure_name(measure),
        "text" if is_text else "number",
        unit="" if measure.unit == "tekst" else measure.unit,
        formula=measure.formula,
        symbols=() if is_text else tuple(sorted(words)),
    )


def _labels(item: Item, key: Keys) -> Iterator[Cell]:
    for dim, value in zip(item.dims, key, strict=True):
        yield int(value or 0) if dim == "year" else dim_label(item, dim, value)


def _numbers(
    measures: Sequence[str], cells: Sequence[Value | None], banded: Collection[str]
) -> Iterator[Cell]:
    """Each number, with the bounds of its band behind it where the measure has estimates."""
    for name, cell in zip(measures, cells, strict=True):
        yield published(cell) if cell else None
        if name in banded:
            yield from _band(cell) if cell and has_band(cell) else (None, None)


def _band(value: Value) -> Iterator[Cell]:
    return (rounded(bound, value.decimals, value.round_to) for bound in band(value) or ())


def _origins(cells: Sequence[Value | None], is_mixed: bool) -> Iterable[Cell]:
    """The origin of each number, or the one that all of the row's have."""
    origins: list[Cell] = [cell.origin if cell else None for cell in cells]
    return origins if is_mixed else dict.fromkeys(origin for origin in origins if origin)


def _bounds(item: Item, name: str) -> tuple[FlatColumn, FlatColumn]:
    measure = item.measures[name]
    lower, upper = (
        FlatColumn(
            f"{name}:{end}",
            f"{measure_name(measure)}, {end} grense",
            "number",
            unit=measure.unit,
            formula=f"anslagets {end} grense",
            is_band=True,
        )
        for end in ("nedre", "øvre")
    )
    return lower, upper


def _check_names(key: str, columns: Sequence[FlatColumn]) -> None:
    seen: set[str] = set()
    for column in columns:
        name = " ".join(column.name.split()).casefold()
        if not name or name in seen:
            raise KgError(
                f"items.{key}: ventet ulike overskrifter, fant «{column.name}» to ganger eller "
                "tom. Gi målene eller kategorien ulike titler i params.yaml."
            )
        seen.add(name)
