"""Husbanken: the housing allowance register (statlig bostøtte), month by month."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.sources.formats.register_csv import is_mask
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, check_key

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.schema import Source
    from kunnskapsgrunnlag.sources.snapshot import Snapshot

# Numbers as Husbanken's extract writes them.
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Husbanken's column -> ours.
MEASURES = {
    "ant_husstander_utbetaling": "recipients",
    "utbetalt_belop": "paid_nok",
    "gjsnitt_bostotte": "mean_paid_nok_month",
    "gjsnitt_boutgift_mnd": "mean_rent_nok_month",
    "ant_over_tak": "over_cap",
}


def tidy_housing_allowance(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """Statlig bostøtte: one row per region (country, Oslo, bydel) and month of payment.

    Columns: `region`, `year`, `month`, `recipients` (households paid), `paid_nok` (NOK),
    `mean_paid_nok_month`, `mean_rent_nok_month` (NOK per month), `over_cap` (households whose
    housing cost is above the cap). Means are empty in months without payments.

    Raises:
        KgError: If a column is missing, a region unknown or a cell is no number.
    """
    grid = snapshot.grid
    heading = {name: at for at, name in enumerate(grid[0])}
    if lacking := [n for n in ("kode", "aar", "manedsnr", *MEASURES) if n not in heading]:
        raise KgError(f"{snapshot.name}: the column {lacking[0]!r} is missing. Found: {grid[0]}.")
    if len(grid) == 1:
        raise KgError(f"{snapshot.name}: a heading and no rows. Restore the snapshot.")
    rows = []
    for number, cells in enumerate(grid[1:], 2):
        if len(cells) != len(grid[0]):
            raise KgError(
                f"{snapshot.name}, row {number}: expected {len(grid[0])} cells, found {len(cells)}."
            )
        rows.append(_row(snapshot, heading, number, cells))
    return check_key(pd.DataFrame(rows), ["region", "year", "month"], snapshot.name)


def _row(
    snapshot: Snapshot, heading: dict[str, int], number: int, cells: list[str]
) -> dict[str, Any]:
    where = f"{snapshot.name}, row {number}"
    try:
        region = region_of(cells[heading["kode"]], "husbanken").key
    except KgError as problem:
        raise KgError(f"{where}: {problem}") from None
    row: dict[str, Any] = {
        "region": region,
        "year": _whole(cells[heading["aar"]], 1990, 2100, where),
        "month": _whole(cells[heading["manedsnr"]], 1, 12, where),
    }
    for theirs, ours in MEASURES.items():
        at = heading[theirs]
        cell = snapshot.cell_at(number, at)
        hidden = is_mask(cells[at])
        row[ours] = math.nan if hidden else _number(cells[at], cell)
        row[f"{ours}{CELL}"] = cell
        # A number that is too small to be shown is not a zero, and not a number.
        row[f"{ours}{SYMBOL}"] = cells[at].strip() if hidden else ""
    return row


def _whole(text: str, low: int, high: int, where: str) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise KgError(f"{where}: expected a whole number from {low} to {high}, found {text!r}.")
    return int(text)


def _number(text: str, cell: str) -> float:
    if text == "":
        return math.nan
    if not NUMBER.fullmatch(text):
        raise KgError(f"{cell}: expected a number, found {text!r}. Restore the snapshot.")
    return float(text)
