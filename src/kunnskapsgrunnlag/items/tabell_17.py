"""Tabell 17: the share of disadvantaged persons by age group in Oslo."""

import pandas as pd
import seaborn as sns

from kunnskapsgrunnlag.items.kit import Chart, Table, label_bars


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares as delivered.

    Args:
        shares: One row per age group, with `persons_pct`.

    Returns:
        `category` (age group) and `andel` (percent of the age group).
    """
    return shares.rename(columns={"age_group": "category", "persons_pct": "andel"})


def draw(table: Table, chart: Chart) -> None:
    """One bar per age group."""
    known = table.dropna(subset="andel")
    panel = chart.panel("andel")
    sns.barplot(panel.frame(known), x="andel", y="category", saturation=1, ax=panel.ax)
    label_bars(panel, known)
