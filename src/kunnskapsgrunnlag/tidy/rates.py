"""Rates of laws and regulations: one row per rate and date, in the project's own form."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.numbers import SYMBOLS, parse_nb
from kunnskapsgrunnlag.rules.rates import STATUSES
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, check_key

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Source
    from kunnskapsgrunnlag.fetch.snapshot import Snapshot

HEADINGS = ["gjelder fra", "sats", "gruppe", "verdi", "enhet", "status", "kilde"]
VALUE = HEADINGS.index("verdi")


def tidy_rates(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """Rates: one row per rate, group and date from which it holds.

    Columns: `valid_from` (ISO date as text), `name` and `group` (the law's own words), `unit`,
    `status` (how well the value is founded), `source_text` (regulation or publication) and `value`,
    in the row's unit. A missing value means that the rate ended, or is not known, on that date.

    Raises:
        KgError: At the first cell that is not what it should be, naming file, row and column.
    """
    grid = snapshot.grid
    if [heading.strip() for heading in grid[0]] != HEADINGS:
        raise KgError(
            f"{snapshot.name}, row 1: expected the headings {'; '.join(HEADINGS)}, found "
            f"{'; '.join(grid[0])}. Restore them."
        )
    rows = [_row(snapshot, number, cells) for number, cells in enumerate(grid[1:], 2)]
    if not rows:
        raise KgError(f"{snapshot.name}: the file has a heading but no rows. Add the rates.")
    return check_key(pd.DataFrame(rows), ["name", "group", "valid_from"], snapshot.name)


def _row(snapshot: Snapshot, number: int, cells: list[str]) -> dict[str, Any]:
    where = f"{snapshot.name}, row {number}"
    if len(cells) != len(HEADINGS):
        raise KgError(
            f"{where}: expected {len(HEADINGS)} cells, found {len(cells)}. Check the separators "
            "(;) and quotation marks."
        )
    valid_from, name, group, value, unit, status, source_text = (cell.strip() for cell in cells)
    for heading, text in (("sats", name), ("enhet", unit), ("kilde", source_text)):
        if not text:
            raise KgError(f"{where}, «{heading}»: expected words, found an empty cell. Fill it in.")
    if status not in STATUSES:
        raise KgError(
            f"{where}, «status»: expected one of {', '.join(STATUSES)}, found «{status}»."
        )
    return {
        "valid_from": _date(valid_from, where),
        "name": name,
        "group": group,
        "unit": unit,
        "status": status,
        "source_text": source_text,
        "value": _number(value, where),
        f"value{CELL}": snapshot.cell_at(number, VALUE),
        f"value{SYMBOL}": value if value in SYMBOLS else "",
    }


def _date(text: str, where: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise KgError(
            f"{where}, «gjelder fra»: expected a date such as 2021-06-01, found «{text}»."
        ) from None


def _number(text: str, where: str) -> float:
    if text in SYMBOLS:
        return math.nan
    try:
        value = parse_nb(text)
    except ValueError:
        value = math.inf
    if not 0 <= value < math.inf:
        raise KgError(
            f"{where}, «verdi»: expected a number from 0, found «{text}». Write the number, or "
            "«..» if it is not known."
        )
    return value
