"""Figur 9: the share of disadvantaged persons and households by three definitions, 2014."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import rows_of, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.theme import WARM_BLUE, panels


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


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One panel for persons and one for households, a bar per definition."""
    names = [
        (item.categories or {})[c].replace(": ", ":\n").replace(", ", ",\n")
        for c in table["category"]
    ]
    for ax, measure in zip(
        panels(fig, ["Personer", "Husholdninger"], 1.9), ("personer", "husholdninger"), strict=True
    ):
        bars_across(ax, names, table[measure].tolist(), decimals=1, colour=WARM_BLUE)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The three shares of persons, then of households."""
    parts = [
        f"{(item.categories or {})[row['category']]}: "
        f"{say(row['personer'], 1)} prosent av personene "
        f"og {say(row['husholdninger'], 1)} prosent av husholdningene"
        for row in rows_of(table)
    ]
    return f"Søylediagram med {len(parts)} definisjoner. {'. '.join(parts)}."
