"""Tabell 17: the share of disadvantaged persons by age group in Oslo."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.theme import WARM_BLUE


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares as delivered, youngest first.

    Args:
        shares: One row per age group, with `persons_pct`.

    Returns:
        `category` (age group) and `andel` (percent of the age group).
    """
    table = shares.rename(columns={"age_group": "category", "persons_pct": "andel"})
    return table.sort_values("category").reset_index(drop=True)


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One bar per age group."""
    fig.set_figheight(2.8)
    names = [(item.categories or {})[c] for c in table["category"]]
    bars_across(fig.subplots(), names, table["andel"].tolist(), decimals=1, colour=WARM_BLUE)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The share of each age group, in percent."""
    parts = [
        f"{(item.categories or {})[c]} {say(v, 1)}"
        for c, v in zip(table["category"], table["andel"], strict=True)
    ]
    return (
        f"Søylediagram over andelen vanskeligstilte, i prosent av aldersgruppen: {listed(parts)}."
    )
