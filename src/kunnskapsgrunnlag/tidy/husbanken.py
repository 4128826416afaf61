"""Husbanken: the housing allowance register (statlig bostøtte), month by month."""

import math
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.formats.register_csv import is_mask
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, check_key

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
    """
    # The file is one that `register_csv` has written, and its hash has been compared.
    heading = {name: at for at, name in enumerate(snapshot.grid[0])}
    rows = [
        _row(snapshot, heading, number, cells) for number, cells in enumerate(snapshot.grid[1:], 2)
    ]
    return check_key(pd.DataFrame(rows), ["region", "year", "month"], snapshot.name)


def _row(
    snapshot: Snapshot, heading: dict[str, int], number: int, cells: list[str]
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "region": region_of(cells[heading["kode"]], "husbanken").key,
        "year": int(cells[heading["aar"]]),
        "month": int(cells[heading["manedsnr"]]),
    }
    for theirs, ours in MEASURES.items():
        at = heading[theirs]
        is_hidden = is_mask(cells[at])
        row[ours] = math.nan if is_hidden or not cells[at] else float(cells[at])
        row[f"{ours}{CELL}"] = snapshot.cell_at(number, at)
        # A number that is too small to be shown is not a zero, and not a number.
        row[f"{ours}{SYMBOL}"] = cells[at].strip() if is_hidden else ""
    return row
