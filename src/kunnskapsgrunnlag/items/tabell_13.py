"""Tabell 13: the number of disadvantaged persons in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.theme import WARM_BLUE
from kunnskapsgrunnlag.items.bydeler import ranked, said
from kunnskapsgrunnlag.store.formulas import share_of_region


def compute(persons: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, and each bydel's share of Oslo.

    Args:
        persons: One row per bydel, for those without a bydel, and for Oslo, with `persons`.

    Returns:
        `region`, `personer` (count), `andel` (percent of Oslo).
    """
    table = persons.rename(columns={"persons": "personer"})
    return table.assign(andel=share_of_region(table, "personer", "oslo"))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One bar per bydel, the largest first."""
    rows = ranked(table, "personer")
    fig.set_figheight(4.6)
    bars_across(
        fig.subplots(),
        [region_name(r) for r in rows["region"]],
        rows["personer"].tolist(),
        decimals=0,
        colour=WARM_BLUE,
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The three largest and the two smallest numbers."""
    rows = said(table, "personer")
    return (
        f"Søylediagram over antall personer i {len(rows)} bydeler, sortert. Flest har "
        f"{listed(rows[:3])}; færrest har {listed(rows[-2:])}."
    )
