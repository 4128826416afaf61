"""Figur 21: which level of government manages each housing instrument."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import matrix
from kunnskapsgrunnlag.store.formulas import count_of_same


def compute(instruments: pd.DataFrame) -> pd.DataFrame:
    """The level of each instrument, and how many instruments share it.

    Args:
        instruments: One row per instrument, with `level` (words).

    Returns:
        `category` (instrument), `forvaltning` (words) and `antall` (instruments).
    """
    table = instruments.rename(columns={"instrument": "category", "level": "forvaltning"})
    return table.assign(antall=count_of_same(table["forvaltning"]))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A dot for each instrument under its level."""
    rows = table.sort_values(["forvaltning", "category"], ascending=[False, True])
    fig.set_figheight(3.4)
    matrix(
        fig.subplots(),
        [(item.categories or {})[c] for c in rows["category"]],
        ["statlig", "kommunal"],
        rows["forvaltning"].tolist(),
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The instruments of each level."""
    parts = []
    for level, rows in table.groupby("forvaltning", sort=True):
        names = [(item.categories or {})[c] for c in rows["category"]]
        count = f"{len(names)} virkemidler er {level}e" if len(names) > 1 else f"Ett er {level}"
        parts.append(f"{count}: {listed(names)}.")
    return "Oversikt over virkemidler etter hvem som forvalter dem. " + " ".join(parts)
