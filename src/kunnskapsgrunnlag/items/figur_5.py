"""Figur 5: the share of homes sold that a single nurse can buy."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, lines


def compute(shares: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """The owner's present series, and what the printed report says: another vintage of it.

    Args:
        shares: One row per area and year, with `share_pct`; the last year may be half a year.
        printed: One row per area and year, with `low_pct` and `high_pct` (equal for one number; a
            span where the text gives no more for several cities together).

    Returns:
        `category` (area), `year`, `andel`, `fra` and `til` (percent of the homes sold).
    """
    series = shares.rename(columns={"area": "category", "share_pct": "andel"})
    before = printed.rename(columns={"area": "category", "low_pct": "fra", "high_pct": "til"})
    return series.merge(before, on=["category", "year"], how="outer")


def draw(table: Table, chart: Chart) -> None:
    """The present series: Oslo and the whole country stand out among the cities."""
    lines(chart.panel("andel"), table.dropna(subset="andel"))
