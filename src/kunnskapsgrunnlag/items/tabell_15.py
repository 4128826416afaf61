"""Tabell 15: disadvantaged households with and without children in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.items.bydeler import draw_pair, said


def compute(households: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, and their sum.

    Args:
        households: One row per bydel, for those without a bydel, and for Oslo, with
            `households_without_children` and `households_with_children`.

    Returns:
        `region`, `uten_barn`, `med_barn`, `i_alt` (households).
    """
    table = households.rename(
        columns={"households_without_children": "uten_barn", "households_with_children": "med_barn"}
    )
    return table.assign(i_alt=table["uten_barn"] + table["med_barn"])


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Both numbers of each bydel on one line, the most households first."""
    fig.set_figheight(4.7)
    pair = {"uten_barn": "Uten barn", "med_barn": "Med barn"}
    draw_pair(table, fig.subplots(), pair, order="i_alt", decimals=0)


def describe(table: pd.DataFrame, item: Item) -> str:
    """How the rows stand, and where there are most households of each kind."""
    without, with_children = said(table, "uten_barn"), said(table, "med_barn")
    return (
        f"Antall husholdninger i {len(without)} bydeler, med og uten barn som to merker på samme "
        f"linje, sortert etter summen. Flest uten barn har {listed(without[:2])}; flest med barn "
        f"har {listed(with_children[:2])}."
    )
