"""Figur 8: three groups on the housing market, as fields of a triangle that stands on its tip."""

from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    canvas,
    height_of,
    named,
    paragraph,
    word_rows,
    wrapped,
)
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GREY, LIGHT, LIGHT_GREEN, WIDTH

# Where the fields begin and end, as shares of the triangle's height; they measure nothing.
EDGES = (0.0, 0.46, 0.75, 1.0)
FACES = (LIGHT, LIGHT_GREEN, DARK_BLUE)
BROAD, HIGH, TOP = 2.7, 3.1, 0.12
WORDS = 3.12


def compute(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups in words, from the broad end of the triangle to its tip.

    Args:
        groups: One row per group, with `place` in the triangle and `words`.

    Returns:
        `category` (group), `plass` and `ord` (words).
    """
    return word_rows(groups, "group", place="plass", words="ord")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A triangle of three fields, each named to the right of it at the end of a line."""
    ax = canvas(fig, TOP * 2 + HIGH)
    fields = zip(pairwise(EDGES), FACES, table.to_dict("records"), strict=True)
    for (start, end), face, row in fields:
        _field(ax, start, end, face)
        _label(ax, (start + end) / 2, named(item, row["category"]), row["ord"])


def _edge(share: float) -> tuple[float, float]:
    """Half the width of the triangle, and y, at a share of its height."""
    return BROAD / 2 * (1 - share), TOP + HIGH * share


def _field(ax: Axes, start: float, end: float, face: str) -> None:
    (wide, top), (narrow, bottom) = _edge(start), _edge(end)
    middle = 0.1 + BROAD / 2
    corners = [(middle - wide, top), (middle + wide, top), (middle + narrow, bottom),
               (middle - narrow, bottom)]  # fmt: skip
    ax.add_patch(Polygon(corners, facecolor=face, edgecolor=DARK_BLUE, linewidth=1.4, zorder=2))


def _label(ax: Axes, share: float, name: str, words: str) -> None:
    half, y = _edge(share)
    room = WIDTH - WORDS - 0.05
    high = height_of(wrapped(name, room, weight="bold")) + height_of(wrapped(words, room))
    edge = 0.1 + BROAD / 2 + half
    ax.plot([edge, WORDS - 0.08], [y, y], color=GREY, linewidth=1.2, zorder=1)
    below = paragraph(ax, (WORDS, y - high / 2), name, room, weight="bold")
    paragraph(ax, (WORDS, below), words, room)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The fields from above downwards."""
    parts = [
        f"{row['plass'].capitalize()}: {named(item, row['category'])} ({row['ord']})."
        for row in table.to_dict("records")
    ]
    return (
        f"Trekant som står på spissen, delt i {len(parts)} felt fra bredt til smalt. "
        f"{' '.join(parts)} Feltene viser ikke hvor mange som er i hver gruppe."
    )
