"""Figur 9: the share of disadvantaged persons and households by three definitions, 2014."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, pairs


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares as the studies give them.

    Args:
        shares: One row per definition, with `persons_pct` and `households_pct`.

    Returns:
        `category` (definition), `personer` and `husholdninger` (percent).
    """
    return shares.rename(
        columns={
            "definition": "category",
            "persons_pct": "personer",
            "households_pct": "husholdninger",
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """The shares of persons and of households in a row for each definition."""
    pairs(chart.panel("personer", "husholdninger"), table)
