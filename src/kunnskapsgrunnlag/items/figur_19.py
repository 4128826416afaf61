"""Figur 19: the share of children in disadvantaged families in each delbydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.items.delbydeler import delbydeler, ordered, strip
from kunnskapsgrunnlag.words import region_name, say


def compute(areas: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, delbydeler gathered by bydel.

    Args:
        areas: One row per delbydel, with `children_pct`.

    Returns:
        `region` (delbydel), `andel` (percent of children aged 0-19), the bydel with the highest
        delbydel first.
    """
    return ordered(areas.rename(columns={"children_pct": "andel"})[["region", "andel"]], "andel")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A row per bydel, the highest first; a dot per delbydel, the highest of each row named."""
    strip(table, "andel", fig)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and the lowest delbydel, and how many there are."""
    rows = delbydeler(table).dropna(subset="andel").sort_values("andel")
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"Prikkdiagram med {len(rows)} delbydeler, ordnet etter bydel. Høyest andel har "
        f"{region_name(high['region'])} med {say(high['andel'], 1)} prosent, lavest har "
        f"{region_name(low['region'])} med {say(low['andel'], 1)} prosent."
    )
