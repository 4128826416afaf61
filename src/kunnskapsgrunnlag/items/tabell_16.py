"""Tabell 16: the share of disadvantaged households with and without children in each bydel."""

import math

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.paired_rows import Reference, reference_lines
from kunnskapsgrunnlag.figures.theme import DARK_GREEN, WARM_BLUE
from kunnskapsgrunnlag.items.bydeler import draw_pair, said, value_of


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


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Without children as bars, with children as points, the highest share with children first."""
    fig.set_figheight(4.8)
    ax = fig.subplots()
    pair = {"uten_barn": "Uten barn", "med_barn": "Med barn"}
    draw_pair(table, ax, pair, order="med_barn", decimals=1, bars=True)
    without, with_children = (value_of(table, measure, "oslo") for measure in pair)
    reference_lines(
        ax,
        [
            Reference(without, f"Oslo, uten barn {say(without, 1)}", WARM_BLUE, ":"),
            Reference(with_children, f"Oslo, med barn {say(with_children, 1)}", DARK_GREEN, "--"),
        ],
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and lowest shares with children, and Oslo's two."""
    rows = said(table, "med_barn", 1)
    without, with_children = (
        value_of(table, measure, "oslo") for measure in ("uten_barn", "med_barn")
    )
    words = (
        f"Andel husholdninger i prosent for {len(rows)} bydeler: søyler for dem uten barn og "
        "punkter for dem med barn, sortert etter andelen med barn. Med barn er andelen høyest i "
        f"{listed(rows[:3])} og lavest i {listed(rows[-2:])}."
    )
    if math.isnan(without) or math.isnan(with_children):
        return words
    return (
        f"{words} To linjer viser Oslo samlet: {say(with_children, 1)} med barn og "
        f"{say(without, 1)} uten."
    )
