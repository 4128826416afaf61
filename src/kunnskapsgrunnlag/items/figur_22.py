"""Figur 22: whom each housing instrument is meant for: owners, renters or both."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, count_of_same, matrix

GROUPS = ["boligeiere", "uavhengig av eie eller leie", "leietakere"]


def compute(instruments: pd.DataFrame) -> pd.DataFrame:
    """The tenure each instrument addresses, and how many instruments share it.

    Args:
        instruments: One row per instrument, with `tenure` (words).

    Returns:
        `category` (instrument), `disposisjonsform` (words) and `antall` (instruments).
    """
    table = instruments.rename(columns={"instrument": "category", "tenure": "disposisjonsform"})
    return table.assign(antall=count_of_same(table["disposisjonsform"]))


def draw(table: Table, chart: Chart) -> None:
    """A dot for each instrument under its group, from owners to renters."""
    rows = table.sort_values("disposisjonsform", key=lambda c: c.map(GROUPS.index), kind="stable")
    matrix(chart.panel("disposisjonsform"), rows, GROUPS)
