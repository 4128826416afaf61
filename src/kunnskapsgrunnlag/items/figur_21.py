"""Figur 21: which level of government manages each housing instrument."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, count_of_same, matrix

LEVELS = ["statlig", "kommunal"]


def compute(instruments: pd.DataFrame) -> pd.DataFrame:
    """The level of each instrument, and how many instruments share it.

    Args:
        instruments: One row per instrument, with `level` (words).

    Returns:
        `category` (instrument), `forvaltning` (words) and `antall` (instruments).
    """
    table = instruments.rename(columns={"instrument": "category", "level": "forvaltning"})
    return table.assign(antall=count_of_same(table["forvaltning"]))


def draw(table: Table, chart: Chart) -> None:
    """A dot for each instrument under its level, those of the state first."""
    rows = table.sort_values("forvaltning", key=lambda c: c.map(LEVELS.index), kind="stable")
    matrix(chart.panel("forvaltning"), rows, LEVELS)
