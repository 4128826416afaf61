"""Figur 7: the share of Oslo's households that own their home, as far as it is printed."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across, largest
from kunnskapsgrunnlag.figures.diagrams import named, wrapped
from kunnskapsgrunnlag.figures.theme import unlike_panels

ALL = "alle-husholdninger"
PANELS = {"husholdningstype": "Etter husholdningstype", "økonomi": "Etter økonomi"}


def compute(owners: pd.DataFrame) -> pd.DataFrame:
    """The shares that the text gives.

    Args:
        owners: One row per kind of household, with `kind` (what it is divided by), `owners_pct`
            and `said` (how the text puts the number).

    Returns:
        `category` (households), `inndeling` (words), `andel` (percent) and `ordlyd` (words).
    """
    return owners.rename(
        columns={"households": "category", "kind": "inndeling", "owners_pct": "andel"}
    ).rename(columns={"said": "ordlyd"})


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One panel by type of household and one by economy, on the same scale."""
    groups = {kind: table[table["inndeling"] == kind] for kind in PANELS}
    heights = {PANELS[kind]: 0.45 + 0.5 * len(rows) for kind, rows in groups.items()}
    for ax, rows in zip(unlike_panels(fig, heights), groups.values(), strict=True):
        names = ["\n".join(wrapped(named(item, c), 1.75)) for c in rows["category"]]
        bars_across(ax, names, rows["andel"].tolist(), decimals=0, strong=[named(item, ALL)])
        ax.set_xlim(0, largest(table["andel"]) * 1.16)


def describe(table: pd.DataFrame, item: Item) -> str:
    """Every share."""
    parts = [
        f"{named(item, category)} {say(share)} prosent"
        for category, share in zip(table["category"], table["andel"], strict=True)
    ]
    return f"Søylediagram over andelen av husholdningene i Oslo som eier bolig: {listed(parts)}."
