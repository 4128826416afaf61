"""Statistisk sentralbyrå: rents (09895), population on 1 January and consumer prices (14710)."""

import re
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.formats.jsonstat import DataCell, Dataset
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, check_key

# SSB's own code for a number of rooms -> ours.
ROOMS = {"1": "1-rom", "2": "2-rom", "3": "3-rom", "4": "4-rom", "5+": "5-rom"}


def tidy_rents(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """Mean monthly rent: one row per price zone, number of rooms and year.

    Columns: `region`, `rooms`, `year`, `rent_nok_month` (NOK per month).
    """
    dataset = snapshot.dataset
    _check_dimensions(dataset, ("Soner2", "AntRom", "ContentsCode", "Tid"), snapshot.name)
    _check_unit(dataset, "Husleie", source, "rent_nok_month", snapshot.name)
    if unknown := [code for code in dataset.labels["AntRom"] if code not in ROOMS]:
        raise KgError(
            f"{snapshot.name}: ukjent kode «{unknown[0]}» for AntRom; ventet {', '.join(ROOMS)}."
        )
    rows = [
        _row(snapshot, cell, "Soner2", "ssb-prissone", "rent_nok_month")
        | {"rooms": ROOMS[cell.codes["AntRom"]]}
        for cell in dataset.cells
        if cell.codes["ContentsCode"] == "Husleie"
    ]
    table = pd.DataFrame(rows)
    table.insert(1, "rooms", table.pop("rooms"))
    return check_key(table, ["region", "rooms", "year"], snapshot.name)


def tidy_population(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """Residents on 1 January: one row per region and year.

    Columns: `region`, `year`, `residents` (persons). Serves table 07459 (municipalities and the
    country) and 10826 (bydeler; Sentrum, Marka and unknown kept apart).
    """
    dataset = snapshot.dataset
    _check_dimensions(dataset, ("Region", "ContentsCode", "Tid"), snapshot.name)
    contents = next(iter(dataset.labels["ContentsCode"]))
    _check_unit(dataset, contents, source, "residents", snapshot.name)
    of_bydeler = any(re.fullmatch("0301.+", code) for code in dataset.labels["Region"])
    system = "ssb-10826" if of_bydeler else "ssb-kommune"
    rows = [_row(snapshot, cell, "Region", system, "residents") for cell in dataset.cells]
    return check_key(pd.DataFrame(rows), ["region", "year"], snapshot.name)


def tidy_cpi(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """The consumer price index: one row per month.

    Columns: `year`, `month`, `price_index` (100 is the mean of the table's own base year).
    """
    dataset = snapshot.dataset
    _check_dimensions(dataset, ("ContentsCode", "Tid"), snapshot.name)
    _check_unit(dataset, "KpiIndMnd", source, "price_index", snapshot.name)
    rows = []
    for cell in dataset.cells:
        year, _, month = cell.codes["Tid"].partition("M")
        numbers = {
            "price_index": cell.value,
            f"price_index{CELL}": snapshot.cell(f"i{cell.index}"),
            f"price_index{SYMBOL}": cell.symbol,
        }
        rows.append({"year": int(year), "month": int(month)} | numbers)
    return check_key(pd.DataFrame(rows), ["year", "month"], snapshot.name)


def _row(
    snapshot: Snapshot, cell: DataCell, dimension: str, system: str, measure: str
) -> dict[str, Any]:
    year = cell.codes["Tid"]
    if not (year.isdecimal() and len(year) == 4):
        raise KgError(f"{snapshot.name}: ventet et årstall under Tid, fant «{year}».")
    try:
        region = region_of(cell.codes[dimension], system)
    except KgError as problem:
        raise KgError(f"{snapshot.name}: {problem}") from None
    return {
        "region": region.key,
        "year": int(year),
        measure: cell.value,
        f"{measure}{CELL}": snapshot.cell(f"i{cell.index}"),
        f"{measure}{SYMBOL}": cell.symbol,
    }


def _check_dimensions(dataset: Dataset, expected: tuple[str, ...], where: str) -> None:
    """Other dimensions than these would mean rows that look alike and are not."""
    if set(dataset.labels) != set(expected):
        raise KgError(
            f"{where}: ventet dimensjonene {', '.join(expected)}, fant "
            f"{', '.join(dataset.labels)}. Tabellen eller spørringen er endret."
        )


def _check_unit(dataset: Dataset, contents: str, source: Source, measure: str, where: str) -> None:
    """The unit that the catalogue declares must be the one that SSB's answer names."""
    expected = (source.unit_of or {}).get(measure)
    unit = dataset.units.get(contents)
    if unit != expected:
        has = "ingen enhet" if unit is None else f"enheten «{unit}»"
        raise KgError(
            f"{where}: ventet {contents} i «{expected}», fant {has}. Tabellen er endret: rett "
            "leseren i tidy/ssb.py før tallene brukes."
        )
