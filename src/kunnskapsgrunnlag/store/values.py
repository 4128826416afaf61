"""The value store: every published number once, with address, text, origin and source cells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_made
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.schema import Item, Measure
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.provenance import Origin, weakest
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value

if TYPE_CHECKING:
    import pandas as pd

YEAR_WORDS = {"siste": max, "første": min}
YEAR = re.compile(r"\d{4}")
# What a row says of itself in the measure `status`, if a rate behind it is not known.
ASSUMED = "antatt"


def address_of(key: str, item: Item, measure: str, row: Mapping[Any, Any]) -> str:
    """Item / measure / region / category / year, with the parts that the item has."""
    return "/".join([key, measure, *(str(row[dim]) for dim in item.dims)])


def printed_text(number: Traced, measure: Measure) -> str:
    """The number as readers see it: rounded, in Norwegian; a symbol where there is none."""
    if number.text:
        return number.text
    if number.is_missing:
        return number.symbol or ".."
    places = measure.decimals if number.places is None else min(measure.decimals, number.places)
    return nb(number.value, places, measure.round_to)


def item_values(
    key: str, item: Item, table: pd.DataFrame, receipts: Mapping[str, Receipt]
) -> list[Value]:
    _check_measures(key, item, table)
    return [
        _value(key, item, name, row, receipts)
        for row in table.to_dict("records")
        for name in item.measures
        if isinstance(row[name], Traced)
    ]


def _check_measures(key: str, item: Item, table: pd.DataFrame) -> None:
    columns = {str(c) for c in table.columns} - {"region", "category", "year"}
    if lacking := set(item.measures) - columns:
        raise KgError(f"{key}: compute() gir ingen kolonne for «{min(lacking)}» i params.yaml.")
    if extra := columns - set(item.measures):
        raise KgError(f"{key}: compute() gir «{min(extra)}», som ikke står i params.yaml.")
    for name in item.measures:
        # By its name: whoever only reads numbers does without pandas.
        if table[name].dtype.name != "traced":
            raise KgError(
                f"{key}: kolonnen «{name}» er «{table[name].dtype}» og ikke «traced», så tallene "
                "kan ikke spores til kilden. Regn med de sporede kolonnene hele veien; består den "
                'av sporede tall, skriv astype("traced").'
            )


def _value(
    key: str, item: Item, name: str, row: Mapping[Any, Any], receipts: Mapping[str, Receipt]
) -> Value:
    number: Traced = row[name]
    measure = item.measures[name]
    address = address_of(key, item, name, row)
    if not number.cells and not number.is_missing:
        raise KgError(
            f"{address}: «{number.expr}» er ikke laget av noen celle i en kilde. Sett tallet inn i "
            "en kilde, eller regn det ut av tall som har en."
        )
    return Value(
        address=address,
        item=key,
        measure=name,
        **{dim: row[dim] for dim in item.dims},
        value=None if number.is_missing or number.text else number.value,
        text=printed_text(number, measure),
        unit=measure.unit,
        decimals=measure.decimals,
        round_to=measure.round_to,
        low=number.low if math.isfinite(number.low) else None,
        high=number.high if math.isfinite(number.high) else None,
        origin=_origin(row, number, receipts),
        formula=measure.formula,
        arithmetic=number.expr,
        cells=tuple(number.cells),
        shown=measure.show and (not item.regions or row.get("region") in item.regions),
    )


def _origin(row: Mapping[Any, Any], number: Traced, receipts: Mapping[str, Receipt]) -> Origin:
    """The weakest origin of its cells; what rests on a rate that we assume is an estimate of ours.

    The totals in an estimate's file that the printed report gives are printed numbers.
    """
    status = row.get("status")
    if isinstance(status, Traced) and status.text == ASSUMED:
        return "estimat"
    printed = {cell for receipt in receipts.values() for cell in receipt.printed}
    origins: list[Origin] = [
        "trykt" if cell in printed else receipts[cell.partition(":")[0]].origin
        for cell in number.cells
    ]
    # A number that no source has a cell for is lacking in the item's sources together.
    return weakest(origins or [receipt.origin for receipt in receipts.values()])


@dataclass(frozen=True)
class Store:
    """The published numbers of all items, as text, traces and checks read them.

    Attributes:
        values: By address.
        years: Item -> the first and last year of its table.
        periods: Item -> source -> the years taken of it.
        cells: Cell id -> where it lies and what stands in it.
    """

    values: dict[str, Value]
    years: dict[str, list[int]] = field(default_factory=dict)
    periods: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Store:
        store = read_made(path)
        return cls(
            {address: Value.from_json(row) for address, row in store["values"].items()},
            store["years"],
            store["periods"],
            {cell: SourceCell(**row) for cell, row in store["cells"].items()},
        )

    @classmethod
    def of(cls, results: Iterable[ItemResult]) -> Store:
        store = cls({})
        for result in results:
            for value in result.values:
                if value.address in store.values:
                    raise KgError(f"{result.item}: adressen {value.address} står to ganger.")
                store.values[value.address] = value
            years = sorted({value.year for value in result.values if value.year is not None})
            if years:
                store.years[result.item] = [years[0], years[-1]]
            store.periods[result.item] = result.periods
            store.cells.update(result.cells)
        return store

    def to_json(self) -> dict[str, object]:
        return {
            "values": {address: value.to_json() for address, value in self.values.items()},
            "years": self.years,
            "periods": self.periods,
            "cells": {cell: source.to_json() for cell, source in self.cells.items()},
        }

    def resolve(self, address: str, year: int | None = None) -> str:
        """The plain address that an address with `siste` or `første` stands for.

        Args:
            year: The year that its sentence or claim has settled on; else the last (or first) year
                that this number has.
        """
        plain = "/".join(
            str(year or self._own_year(address, part)) if part in YEAR_WORDS else part
            for part in address.strip().split("/")
        )
        if plain in self.values:
            return plain
        raise KgError(
            self._missing_row(plain)
            or f"ukjent adresse «{address}».{nearest(plain, self._near(plain))}"
        )

    @staticmethod
    def spelled(address: str, word: str, year: int) -> str:
        """An address with the year put in for `siste` or `første`."""
        parts = address.strip().split("/")
        return "/".join(str(year) if part == word else part for part in parts)

    def years_of(self, address: str) -> list[int]:
        """The years in which a number written with `siste` or `første` has a value, in order."""
        rows = self.rows_of(address)
        return sorted(year for year in rows if self.values[rows[year]].value is not None)

    def rows_of(self, address: str) -> dict[int, str]:
        """Year -> the plain address that one with `siste` or `første` has then, missing or not."""
        parts = address.strip().split("/")
        at = next((n for n, part in enumerate(parts) if part in YEAR_WORDS), None)
        return {} if at is None else self._by_year.get((at, *parts[:at], *parts[at + 1 :]), {})

    def get(self, address: str) -> Value:
        return self.values[self.resolve(address)]

    def gone(self, address: str) -> str:
        """Why a table that once had this address has no row for it now; "" if it is not so."""
        plain = address.strip()
        return "" if plain in self.values else self._missing_row(plain)

    def find(self, address: str) -> Value | None:
        """The number at an address; None where there is none."""
        with suppress(KgError):
            return self.get(address)
        return None

    def year(self, words: str) -> int:
        """The year that `figur-27/siste` stands for."""
        key, _, word = words.strip().partition("/")
        if key not in self.years:
            raise KgError(f"«{key}» har ingen år; det har {', '.join(sorted(self.years))}.")
        if word not in YEAR_WORDS:
            raise KgError(f"«{words}»: skriv «{key}/siste» eller «{key}/første».")
        return self.years[key][0 if word == "første" else 1]

    def _own_year(self, address: str, word: str) -> int | str:
        years = self.years_of(address)
        if not years and self.rows_of(address):
            raise KgError(f"«{address}» mangler for alle år.")
        return YEAR_WORDS[word](years) if years else word

    @cached_property
    def measured(self) -> dict[tuple[str, str], list[Value]]:
        """Item and measure -> their numbers, in the order of the store."""
        numbers: dict[tuple[str, str], list[Value]] = {}
        for value in self.values.values():
            numbers.setdefault((value.item, value.measure), []).append(value)
        return numbers

    @cached_property
    def _by_year(self) -> dict[tuple[int | str, ...], dict[int, str]]:
        """Where the year stands and the address without it -> year -> the address."""
        by_year: dict[tuple[int | str, ...], dict[int, str]] = {}
        for plain in self.values:
            parts = plain.split("/")
            for at, part in enumerate(parts):
                if at > 1 and YEAR.fullmatch(part):
                    key: tuple[int | str, ...] = (at, *parts[:at], *parts[at + 1 :])
                    by_year.setdefault(key, {})[int(part)] = plain
        return by_year

    def _missing_row(self, plain: str) -> str:
        """What to say of an address whose place or year the item has no row for; else nothing."""
        parts = plain.split("/")
        row = [BY_KEY[part].name for part in parts[2:] if part in BY_KEY]
        for at, part in enumerate(parts):
            years = self._by_year.get((at, *parts[:at], *parts[at + 1 :]))
            if years and YEAR.fullmatch(part):
                first, last = min(years), max(years)
                span = str(first) if first == last else f"{first}–{last}"
                has = f" Tabellen har {span}."
                return _lacks_row(plain, [*row, part], has)
        own = [known.split("/") for known in self.values if known.startswith(f"{parts[0]}/")]
        strangers = [p for p in parts[2:] if p in BY_KEY and not any(p in known for known in own)]
        return _lacks_row(plain, row, "") if own and strangers else ""

    def _near(self, address: str) -> list[str]:
        item = address.partition("/")[0]
        own = [known for known in self.values if known.startswith(f"{item}/")]
        return own or list(dict.fromkeys(known.partition("/")[0] for known in self.values))


def _lacks_row(address: str, row: list[str], has: str) -> str:
    return (
        f"«{address}»: raden for {' '.join(row)} finnes ikke i {address.partition('/')[0]}.{has} "
        "Sett raden inn i kilden igjen, eller skriv om setningen."
    )
