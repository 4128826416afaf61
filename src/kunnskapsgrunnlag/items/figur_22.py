"""Figur 22: whom each housing instrument is meant for: owners, renters or both."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import matrix
from kunnskapsgrunnlag.store.formulas import count_of_same

GROUPS = ["uavhengig av eie eller leie", "boligeiere", "leietakere"]


def compute(instruments: pd.DataFrame) -> pd.DataFrame:
    """The tenure each instrument addresses, and how many instruments share it.

    Args:
        instruments: One row per instrument, with `tenure` (words).

    Returns:
        `category` (instrument), `disposisjonsform` (words) and `antall` (instruments).
    """
    table = instruments.rename(columns={"instrument": "category", "tenure": "disposisjonsform"})
    return table.assign(antall=count_of_same(table["disposisjonsform"]))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A dot for each instrument under its group."""
    rows = table.sort_values("disposisjonsform", key=lambda c: c.map(GROUPS.index), kind="stable")
    fig.set_figheight(3.4)
    ax = fig.subplots()
    matrix(
        ax,
        [(item.categories or {})[c] for c in rows["category"]],
        GROUPS,
        rows["disposisjonsform"].tolist(),
    )
    ax.set_xticks(range(3), ["Uavhengig av\neie eller leie", "Boligeiere", "Leietakere"])


def describe(table: pd.DataFrame, item: Item) -> str:
    """The instruments of each group."""
    parts = []
    for group in GROUPS:
        names = [
            (item.categories or {})[c]
            for c in table.loc[table["disposisjonsform"] == group, "category"]
        ]
        parts.append(f"{group[0].upper() + group[1:]}: {listed(names)}.")
    return "Oversikt over virkemidler etter hvem de retter seg mot. " + " ".join(parts)
