"""Figur 28: mean housing cost against the cap of statlig bostøtte, by household size."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import rows_of, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import largest, lengths
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import INK, LIGHT, WARM_BLUE
from kunnskapsgrunnlag.store.formulas import rate_in_force
from kunnskapsgrunnlag.store.traced import Traced

MONTHS = 12
SIZES = {
    "1-person": "1 person",
    "2-personer": "2 personer",
    "3-personer": "3 personer",
    "4-personer": "4 personer",
    "5-personer": "5 personer eller flere",
}


def compute(costs: pd.DataFrame, rates: pd.DataFrame, *, date: str) -> pd.DataFrame:
    """Mean cost as delivered, the cap from the regulation, and the part that is not covered.

    Args:
        costs: One row per household size, with `mean_rent_nok_month`.
        rates: The rates of statlig bostøtte.

    Returns:
        `category` (household size), `boutgift`, `tak` (NOK per month), `utenfor` (percent of the
        mean cost that lies above the cap).
    """
    table = costs.rename(columns={"size": "category", "mean_rent_nok_month": "boutgift"})
    caps = [_cap(rates, SIZES[size], date) for size in table["category"]]
    table = table.assign(tak=pd.Series(caps, index=table.index, dtype="traced"))
    # The cost stands once, so that its band is not counted twice.
    return table.assign(utenfor=(1 - table["tak"] / table["boutgift"]) * 100)


def _cap(rates: pd.DataFrame, size: str, date: str) -> Traced:
    amount = rate_in_force(rates, "øvre boutgift", size, date)
    return (amount + rate_in_force(rates, "tillegg i øvre boutgift", "Oslo", date)) / MONTHS


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A bar for the mean cost; the part below the cap is filled, the rest is not."""
    fig.set_figheight(3.2)
    ax = fig.subplots()
    names = [(item.categories or {})[c] for c in table["category"]]
    for place, row in enumerate(rows_of(table)):
        look: dict[str, Any] = {"facecolor": LIGHT, "edgecolor": WARM_BLUE, "linewidth": 1.2}
        whole, covered = lengths([row["boutgift"], row["tak"]])
        mark(ax.barh(place, whole, 0.66, **look)[0], [row["boutgift"]])
        mark(ax.barh(place, covered, 0.66, color=WARM_BLUE)[0], [row["tak"]])
        words = f"{say(row['tak'])} av {say(row['boutgift'])}"
        ax.annotate(
            words,
            (max(whole, covered), place),
            xytext=(5, 0),
            va="center",
            textcoords="offset points",
            color=INK,
        )
    ax.set(xlim=(0, largest(table["boutgift"]) * 1.42), ylim=(len(names) - 0.5, -0.5))
    ax.set_yticks(range(len(names)), names)
    ax.xaxis.set_visible(False)
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_title("Øvre boutgift (fylt) og gjennomsnitt")


def describe(table: pd.DataFrame, item: Item) -> str:
    """The uncovered part of each size."""
    parts = [
        f"{(item.categories or {})[row['category']]}: {say(row['boutgift'])} kroner mot "
        f"{say(row['tak'])}, {say(row['utenfor'])} prosent utenfor"
        for row in rows_of(table)
    ]
    return f"Gjennomsnittlig boutgift mot øvre boutgift per måned. {'; '.join(parts)}."
