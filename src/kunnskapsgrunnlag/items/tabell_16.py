"""Tabell 16: the share of disadvantaged households with and without children in each bydel."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, pairs, ranked


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered.

    Args:
        shares: One row per bydel and for Oslo, with `without_children_pct`, `with_children_pct`.

    Returns:
        `region`, `uten_barn`, `med_barn` (percent of the households of that kind).
    """
    return shares.rename(
        columns={"without_children_pct": "uten_barn", "with_children_pct": "med_barn"}
    )


def draw(table: Table, chart: Chart) -> None:
    """Both shares of each bydel, the highest share with children first; Oslo's as lines."""
    oslo = table[table["region"] == "oslo"]
    pairs(chart.panel("uten_barn", "med_barn"), ranked(table, "med_barn"), reference=oslo)
