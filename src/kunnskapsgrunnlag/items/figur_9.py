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
    order = ["ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie"]
    table = shares.sort_values("definition", key=lambda c: c.map(order.index))
    return table.rename(
        columns={
            "definition": "category",
            "persons_pct": "personer",
            "households_pct": "husholdninger",
        }
    ).reset_index(drop=True)


def draw(table: Table, chart: Chart) -> None:
    """The shares of persons and of households in a row for each definition."""
    pairs(chart.panel("personer", "husholdninger"), table)
