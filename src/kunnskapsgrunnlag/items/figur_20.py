"""Figur 20: the ten housing instruments: strategic or operative, who manages them, for whom."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from kunnskapsgrunnlag.base.nb_text import listed, rows_of
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, INK, LIGHT, LIGHT_GREEN

BOTH = "strategisk og operativt"
FOR_WHOM = {"uavhengig av eie eller leie": "eiere og leietakere"}


def compute(stages: pd.DataFrame, levels: pd.DataFrame, tenures: pd.DataFrame) -> pd.DataFrame:
    """Each instrument's stage, its level of government and whom it addresses.

    Args:
        stages: One row per instrument with `stage` and, where figur 21 leaves it out, `level`.
        levels: One row per instrument of figur 21, with `level`.
        tenures: One row per instrument of figur 22, with `tenure`.

    Returns:
        `category` (instrument), `niva`, `forvaltning`, `disposisjonsform` (words; the last is empty
        for instruments that go to those who build or let).
    """
    table = stages.merge(levels, on="instrument", how="left", suffixes=("", "_of_21"))
    table = table.merge(tenures, on="instrument", how="left")
    return pd.DataFrame(
        {
            "category": table["instrument"],
            "niva": table["stage"],
            "forvaltning": table["level"].fillna(table["level_of_21"]),
            "disposisjonsform": table["tenure"],
        }
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Two columns of boxes, strategic and operative; what is both stands across the two."""
    rows = table.to_dict("records")
    strategic = [row for row in rows if row["niva"] == "strategisk"]
    operative = [row for row in rows if row["niva"] == "operativt"]
    high = max(len(strategic), len(operative)) + 1.9
    fig.set_figheight(0.52 * high)
    ax = fig.subplots()
    ax.set(xlim=(0, 2), ylim=(high, 0))
    ax.axis("off")
    for place, title in enumerate(("Strategisk nivå", "Operativt nivå")):
        ax.text(place + 0.03, 0.3, title, weight="bold", va="center")
    for row in rows:
        if row["niva"] == BOTH:
            _box(ax, item, row, (0, 0.7), width=2)
    for place, column in enumerate((strategic, operative)):
        for at, row in enumerate(column):
            _box(ax, item, row, (place, at + 1.7), width=1)


def _box(
    ax: Axes, item: Item, row: dict[Any, Any], corner: tuple[float, float], width: int
) -> None:
    """A box: colour and words both say who manages the instrument."""
    x, y = corner
    face = LIGHT if row["forvaltning"] == "statlig" else LIGHT_GREEN
    ax.add_patch(
        FancyBboxPatch(
            (x + 0.05, y + 0.1),
            width - 0.1,
            0.76,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=face,
            edgecolor=DARK_BLUE,
            linewidth=1,
            mutation_aspect=6,
        )
    )
    name = (item.categories or {})[row["category"]]
    ax.text(x + width / 2, y + 0.34, name, ha="center", va="center", weight="bold", color=INK)
    ax.text(x + width / 2, y + 0.65, _who(row), ha="center", va="center", fontsize=9, color=INK)


def _who(row: dict[Any, Any]) -> str:
    whom = row["disposisjonsform"]
    if not isinstance(whom, str):
        return str(row["forvaltning"])
    return f"{row['forvaltning']}, for {FOR_WHOM.get(whom, whom)}"


def describe(table: pd.DataFrame, item: Item) -> str:
    """The instruments of each stage, and who manages which."""
    names = {row["category"]: (item.categories or {})[row["category"]] for row in rows_of(table)}
    parts = []
    for stage, rows in table.groupby("niva", sort=False):
        said = [
            f"{names[c]} ({who})"
            for c, who in zip(rows["category"], rows["forvaltning"], strict=True)
        ]
        parts.append(f"{str(stage).capitalize()}: {listed(said)}.")
    return f"Oversikt over {len(table)} virkemidler etter nivå, med forvaltning. {' '.join(parts)}"
