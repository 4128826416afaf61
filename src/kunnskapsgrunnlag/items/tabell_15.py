"""Tabell 15: disadvantaged households with and without children in each bydel."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, pairs, ranked


def compute(households: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, and their sum.

    Args:
        households: One row per bydel, for those without a bydel, and for Oslo, with
            `households_without_children` and `households_with_children`.

    Returns:
        `region`, `uten_barn`, `med_barn`, `i_alt` (households).
    """
    table = households.rename(
        columns={"households_without_children": "uten_barn", "households_with_children": "med_barn"}
    )
    return table.assign(i_alt=table["uten_barn"] + table["med_barn"])


def draw(table: Table, chart: Chart) -> None:
    """Both numbers of each bydel, those with most households with children first."""
    pairs(chart.panel("uten_barn", "med_barn"), ranked(table, "med_barn"))
