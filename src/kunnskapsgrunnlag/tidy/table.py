"""The shape of a tidy table, and the step from tidy numbers to traced ones."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.traced import Traced

CELL, SYMBOL, HALF, TEXT, PLACES = "__cell", "__symbol", "__half", "__text", "__places"
LOW, HIGH = "__low", "__high"


def measures_of(table: pd.DataFrame) -> list[str]:
    """The measure columns of a tidy table, in their order."""
    return [name.removesuffix(CELL) for name in table.columns if name.endswith(CELL)]


def dimensions_of(table: pd.DataFrame) -> list[str]:
    """The columns one selects by."""
    measures = tuple(f"{name}__" for name in measures_of(table))
    return [n for n in table.columns if n not in measures_of(table) and not n.startswith(measures)]


def check_key(table: pd.DataFrame, key: list[str], where: str) -> pd.DataFrame:
    """The table itself, sorted by its key."""
    repeated = table[table.duplicated(key, keep=False)]
    if not repeated.empty:
        first = repeated.iloc[0][key].to_dict()
        same = repeated[(repeated[key] == repeated.iloc[0][key]).all(axis=1)]
        cells = same[f"{measures_of(table)[0]}{CELL}"].tolist()[:2]
        raise KgError(
            f"{where}: ventet én rad per {', '.join(key)}, fant {first} mer enn én gang "
            f"(cellene {' og '.join(cells)}). Ta bort den som er gjentatt."
        )
    return table.sort_values(key, kind="stable").reset_index(drop=True)


def traced(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with its measures as traced numbers: dimensions and measures only."""
    result = table[dimensions_of(table)].copy()
    rows = table.to_dict("records")
    for measure in measures_of(table):
        result[measure] = pd.Series(
            [_lift(row, measure) for row in rows], index=table.index, dtype=object
        )
    return result


def _lift(row: dict[Any, Any], measure: str) -> Traced:
    value = row[measure]
    words = row.get(f"{measure}{TEXT}")
    half = row.get(f"{measure}{HALF}", 0.0)
    low, high = (row.get(f"{measure}{end}", math.nan) for end in (LOW, HIGH))
    return Traced.cell(
        math.nan if pd.isna(value) else float(value),
        str(row[f"{measure}{CELL}"]),
        half_width=float(half) if half == half else 0.0,
        band=None if pd.isna(low) or pd.isna(high) else (float(low), float(high)),
        text=words if isinstance(words, str) else "",
        symbol=str(row[f"{measure}{SYMBOL}"] or ""),
        places=None if pd.isna(row.get(f"{measure}{PLACES}")) else int(row[f"{measure}{PLACES}"]),
    )
