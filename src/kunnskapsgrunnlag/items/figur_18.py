"""Figur 18: the share of disadvantaged persons in each delbydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.items.delbydeler import delbydeler, ordered, strip
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import region_name, say


def compute(areas: pd.DataFrame, bydeler: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, delbydeler below their bydel.

    Args:
        areas: One row per delbydel, with `persons_pct`.
        bydeler: One row per bydel, with `persons_pct` (tabell 14).

    Returns:
        `region` (bydel or delbydel), `andel` (percent of persons), the highest bydel first.
    """
    own = bydeler[bydeler["region"].isin(BYDELER)][["region", "persons_pct"]]
    both = pd.concat([own, areas[["region", "persons_pct"]]], ignore_index=True)
    return ordered(both.rename(columns={"persons_pct": "andel"}), "andel")


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
