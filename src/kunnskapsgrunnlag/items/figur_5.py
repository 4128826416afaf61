"""Figur 5: the share of homes sold that a single nurse can buy, as far as it is printed."""

import math

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import largest
from kunnskapsgrunnlag.figures.diagrams import named, wrapped
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GREY, LIGHT, WARM_BLUE


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """The index, or the span of it where the text gives no more for several cities together.

    Args:
        shares: One row per area and year, with `low_pct` and `high_pct` (equal for one number).

    Returns:
        `category` (area), `year`, `fra` and `til` (percent of the homes sold).
    """
    return shares.rename(columns={"area": "category", "low_pct": "fra", "high_pct": "til"})


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A bar per number; a span is a bar to its lower end and an open one from there."""
    fig.set_figheight(2.5)
    ax = fig.subplots()
    rows = _rows(table)
    for place, (category, _, low, high) in enumerate(rows):
        colour = WARM_BLUE if category == "oslo" else GREY
        mark(ax.barh(place, low, 0.6, color=colour)[0], [low])
        if high > low:
            upper = ax.barh(
                place, high - low, 0.6, left=low, color=LIGHT,
                edgecolor=DARK_BLUE, linestyle="--", linewidth=1,
            )  # fmt: skip
            mark(upper[0], [high])
        ax.annotate(
            _span(low, high),
            (0 if math.isnan(high) else high, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    names = [f"{named(item, category)} {year}" for category, year, _, _ in rows]
    ax.set_yticks(range(len(rows)), ["\n".join(wrapped(name, 1.6)) for name in names])
    ax.set(xlim=(0, largest(table["til"]) * 1.2), ylim=(len(rows) - 0.5, -0.5))
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)


def _rows(table: pd.DataFrame) -> list[tuple[str, int, float, float]]:
    """Area, year and the two ends; the numbers keep their text."""
    columns = (table[name] for name in ("category", "year", "fra", "til"))
    return list(zip(*columns, strict=True))


def _span(low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return say(math.nan)
    return say(low, 1) if low == high else f"{say(low, 1)}–{say(high, 1)}"


def describe(table: pd.DataFrame, item: Item) -> str:
    """Every number with its area and year."""
    parts = [
        f"{named(item, category)} {year}: {_span(low, high)} prosent"
        for category, year, low, high in _rows(table)
    ]
    return (
        "Søylediagram over andelen av de solgte boligene som en enslig sykepleier kan kjøpe. "
        f"{listed(parts)}."
    )
