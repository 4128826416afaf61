"""Rates of laws and regulations: one row per rate and date, in the project's own form."""

import math
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, parse_nb
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.rules.rates import STATUSES
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.table import CELL, HALF, SYMBOL, check_key

HEADINGS = [
    *("gjelder fra", "gjelder til", "sats", "gruppe", "verdi", "usikkerhet"),
    *("enhet", "status", "kilde"),
]
VALUE = HEADINGS.index("verdi")


def tidy_rates(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """Rates: one row per rate, group and date from which it holds.

    Columns: `valid_from` and `valid_to` (ISO dates as text; the last row of a rate has no end),
    `name` and `group` (the law's own words), `unit`, `status` (how well the value is founded),
    `source_text` (regulation or publication) and `value`, in the row's unit, with half of its
    uncertainty. A missing value means that the rate ended, or is not known, on that date.
    """
    grid = snapshot.grid
    if [heading.strip() for heading in grid[0]] != HEADINGS:
        raise KgError(
            f"{snapshot.name}, rad 1: ventet overskriftene {'; '.join(HEADINGS)}, fant "
            f"{'; '.join(grid[0])}. Sett dem tilbake."
        )
    rows = [_row(snapshot, number, cells) for number, cells in enumerate(grid[1:], 2)]
    if not rows:
        raise KgError(f"{snapshot.name}: filen har overskrifter og ingen rader. Legg inn satsene.")
    table = check_key(pd.DataFrame(rows), ["name", "group", "valid_from"], snapshot.name)
    for _, series in table.groupby(["name", "group"]):
        _refuse_gaps(series, snapshot)
    return table


def _refuse_gaps(series: pd.DataFrame, snapshot: Snapshot) -> None:
    """Each row of a rate ends on the day before the next begins, and the last does not end.

    A row that is deleted leaves days without one: no older rate may stand in for it.
    """
    rows = series.to_dict("records")
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        due = date.fromisoformat(following["valid_from"]) - timedelta(days=1) if following else None
        expected = due.isoformat() if due else ""
        if row["valid_to"] != expected:
            title = f"{row['name']} ({row['group']})" if row["group"] else row["name"]
            number = str(row[f"value{CELL}"]).rpartition(":")[2].lstrip("ABCDEFGHIJ")
            raise KgError(
                f"{snapshot.name}, rad {number}, «gjelder til»: «{title}» gjelder til "
                f"«{row['valid_to']}», ventet «{expected}», "
                + (
                    "dagen før neste rad begynner."
                    if following
                    else "tomt, for det er ingen senere rad."
                )
                + " Er en rad slettet, setter du den inn igjen; ellers retter du datoen."
            )


def _row(snapshot: Snapshot, number: int, cells: list[str]) -> dict[str, Any]:
    where = f"{snapshot.name}, rad {number}"
    if len(cells) != len(HEADINGS):
        raise KgError(
            f"{where}: ventet {len(HEADINGS)} celler, fant {len(cells)}. Se på skilletegnene (;) "
            "og anførselstegnene."
        )
    row = dict(zip(HEADINGS, (cell.strip() for cell in cells), strict=True))
    for heading in ("sats", "enhet", "kilde"):
        if not row[heading]:
            raise KgError(f"{where}, «{heading}»: ventet ord, fant en tom celle. Fyll den ut.")
    if row["status"] not in STATUSES:
        raise KgError(
            f"{where}, «status»: ventet én av {', '.join(STATUSES)}, fant «{row['status']}»."
        )
    value = row["verdi"]
    return {
        "valid_from": _date(row["gjelder fra"], "gjelder fra", where),
        "valid_to": _date(row["gjelder til"], "gjelder til", where) if row["gjelder til"] else "",
        "name": row["sats"],
        "group": row["gruppe"],
        "unit": row["enhet"],
        "status": row["status"],
        "source_text": row["kilde"],
        "value": math.nan if value in SYMBOLS else _number(value, "verdi", where),
        f"value{CELL}": snapshot.cell_at(number, VALUE),
        f"value{SYMBOL}": value if value in SYMBOLS else "",
        f"value{HALF}": _number(row["usikkerhet"] or "0", "usikkerhet", where),
    }


def _date(text: str, heading: str, where: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise KgError(
            f"{where}, «{heading}»: ventet en dato som 2021-06-01, fant «{text}»."
        ) from None


def _number(text: str, heading: str, where: str) -> float:
    try:
        value = parse_nb(text)
    except ValueError:
        value = math.inf
    if not 0 <= value < math.inf:
        raise KgError(
            f"{where}, «{heading}»: ventet et tall fra 0, fant «{text}». Skriv tallet"
            + (", eller «..» om det ikke er kjent." if heading == "verdi" else ".")
        )
    return value
