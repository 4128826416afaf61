"""The shape of a tidy table, and the step from tidy numbers to traced ones."""

from typing import Any

import numpy as np
import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.traced_array import TracedArray

CELL, SYMBOL, HALF, TEXT, PLACES = "__cell", "__symbol", "__half", "__text", "__places"
LOW, HIGH = "__low", "__high"


def measures_of(table: pd.DataFrame) -> list[str]:
    return [name.removesuffix(CELL) for name in table.columns if name.endswith(CELL)]


def dimensions_of(table: pd.DataFrame) -> list[str]:
    """The columns one selects by."""
    measures = measures_of(table)
    beside = tuple(f"{name}__" for name in measures)
    return [n for n in table.columns if n not in measures and not n.startswith(beside)]


def check_key(table: pd.DataFrame, key: list[str], where: str) -> pd.DataFrame:
    repeated = table[table.duplicated(key, keep=False)]
    if not repeated.empty:
        first = " ".join(map(str, repeated.iloc[0][key]))
        same = repeated[(repeated[key] == repeated.iloc[0][key]).all(axis=1)]
        cells = same[f"{measures_of(table)[0]}{CELL}"].tolist()[:2]
        raise KgError(
            f"{where}: ventet hver rad én gang, fant «{first}» flere ganger "
            f"(cellene {' og '.join(cells)}). Ta bort den som er gjentatt."
        )
    return table.sort_values(key, kind="stable").reset_index(drop=True)


def traced(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with its measures as traced numbers: dimensions and measures only."""
    numbers = {m: pd.Series(_lift(table, m), index=table.index) for m in measures_of(table)}
    return table[dimensions_of(table)].assign(**numbers)


def _lift(table: pd.DataFrame, measure: str) -> TracedArray:
    def beside(ending: str) -> list[Any]:
        """What the readers say of each number; nothing where they have no such column."""
        name = f"{measure}{ending}"
        return table[name].tolist() if name in table else [None] * len(table)

    def words(ending: str) -> list[str]:
        return [text if isinstance(text, str) else "" for text in beside(ending)]

    def floats(ending: str) -> np.ndarray[Any, Any]:
        return np.array(beside(ending), dtype=float)

    value = floats("")
    half = np.nan_to_num(floats(HALF))
    low, high = value - half, value + half
    if f"{measure}{LOW}" in table:
        has_band = ~(np.isnan(floats(LOW)) | np.isnan(floats(HIGH)))
        low = np.where(has_band, floats(LOW), low)
        high = np.where(has_band, floats(HIGH), high)
    return TracedArray.from_cells(
        value,
        words(CELL),
        low=low,
        high=high,
        text=words(TEXT),
        symbol=words(SYMBOL),
        places=[None if n is None or n != n else int(n) for n in beside(PLACES)],
    )
