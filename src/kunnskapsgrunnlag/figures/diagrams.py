"""Drawings made of words: boxes, arrows and labels, placed in inches from the upper left corner.

Text is wrapped to the width it has, measured in the report's typeface, so that boxes are as high as
their words need and nothing is laid over anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, INK, LIGHT, WIDTH

# Sizes of type in points, and what a line of it needs in inches.
BODY, SMALL = 11.0, 10.5
LEADING, PAD, GAP = 1.26, 0.1, 0.14
Spot = tuple[float, float]
Weight = Literal["normal", "bold"]


class DiagramBox(NamedTuple):
    """A rectangle in inches; `top` is nearer to the head of the page than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Spot:
        """The centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def canvas(fig: Figure, height: float) -> Axes:
    """Axes that fill a figure of this height, in inches, y downwards, without any frame."""
    # The layout engine moves only axes of its own grid, and says so.
    fig.set_layout_engine("none")
    fig.set_figheight(height)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(height, 0))
    ax.axis("off")
    return ax


def text_width(text: str, size: float = BODY, weight: Weight = "normal") -> float:
    """How wide a line of text is, inches."""
    properties = FontProperties(weight=weight, size=size)
    width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(width) / 72


def wrapped(text: str, width: float, size: float = BODY, weight: Weight = "normal") -> list[str]:
    """The text in lines no wider than `width` inches; a longer word keeps a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def balanced(text: str, width: float, size: float = BODY, weight: Weight = "normal") -> list[str]:
    """The text in as few lines as `width` allows, about equally long, as centred text wants."""
    best = wrapped(text, width, size, weight)
    for tenths in range(9, 3, -1):
        narrower = wrapped(text, width * tenths / 10, size, weight)
        if len(narrower) > len(best):
            break
        if all(text_width(line, size, weight) <= width for line in narrower):
            best = narrower
    return best


def height_of(lines: Sequence[str], size: float = BODY) -> float:
    """How high lines of text are, inches."""
    return len(lines) * size * LEADING / 72


def paragraph(
    ax: Axes,
    at: Spot,
    text: str,
    width: float,
    *,
    size: float = BODY,
    weight: Weight = "normal",
    align: Literal["left", "center", "right"] = "left",
) -> float:
    """Write wrapped text from `at` downwards; where it ends (y)."""
    x, y = at
    broken = balanced if align == "center" else wrapped
    for line in broken(text, width, size, weight):
        y += size * LEADING / 72
        ax.text(
            x,
            y - size * (LEADING - 0.98) / 72,
            line,
            size=size,
            weight=weight,
            ha=align,
            va="baseline",
            color=INK,
            zorder=6,
        )
    return y


def height_needed(title: str, words: str, width: float) -> float:
    """How high a box of this width must be, inches."""
    room = width - 2 * PAD
    high = height_of(wrapped(title, room, BODY, "bold")) + 2 * PAD
    return high + (height_of(wrapped(words, room, SMALL), SMALL) if words else 0)


def box(
    ax: Axes,
    corner: Spot,
    width: float,
    title: str,
    words: str = "",
    *,
    face: str = LIGHT,
    height: float = 0.0,
) -> DiagramBox:
    """A box with a bold title and words below it, as high as they need and at least `height`."""
    left, top = corner
    high = max(height, height_needed(title, words, width))
    ax.add_patch(
        FancyBboxPatch(
            (left, top),
            width,
            high,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=face,
            edgecolor=DARK_BLUE,
            linewidth=1.2,
            zorder=5,
        )
    )
    middle = left + width / 2
    start = top + (high - height_needed(title, words, width)) / 2 + PAD
    room = width - 2 * PAD
    below = paragraph(ax, (middle, start), title, room, weight="bold", align="center")
    if words:
        paragraph(ax, (middle, below), words, room, size=SMALL, align="center")
    return DiagramBox(left, top, left + width, top + high)


def arrow(ax: Axes, start: Spot, end: Spot, *, dashed: bool = False, bend: float = 0.0) -> None:
    """An arrow from one place to another, bent to the side by a share of its length."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            connectionstyle=f"arc3,rad={bend}",
            mutation_scale=14,
            linewidth=1.8,
            linestyle=(0, (4, 2.5)) if dashed else "-",
            color=DARK_BLUE,
            shrinkA=0,
            shrinkB=0,
            zorder=4,
        )
    )


def thread(ax: Axes, start: Spot, end: Spot, *, zorder: float = 3, width: float = 1.6) -> None:
    """A soft line that leaves and arrives level, as a thread or an arm does."""
    (x0, y0), (x1, y1) = start, end
    half = (x0 + x1) / 2
    curve = Path(
        [(x0, y0), (half, y0), (half, y1), (x1, y1)],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    ax.add_patch(
        PathPatch(curve, facecolor="none", edgecolor=DARK_BLUE, linewidth=width, zorder=zorder)
    )


def column(
    ax: Axes,
    corner: Spot,
    width: float,
    boxes: Sequence[tuple[str, str]],
    *,
    face: str = LIGHT,
    gap: float = GAP,
    height: float = 0.0,
) -> list[DiagramBox]:
    """Boxes (title, words) under each other, each at least `height` high."""
    placed: list[DiagramBox] = []
    left, top = corner
    for title, words in boxes:
        placed.append(box(ax, (left, top), width, title, words, face=face, height=height))
        top = placed[-1].bottom + gap
    return placed


def column_height(boxes: Sequence[tuple[str, str]], width: float, gap: float = GAP) -> float:
    """How high `column` will be, inches."""
    return sum(height_needed(*pair, width) for pair in boxes) + gap * (len(boxes) - 1)


def word_rows(parts: pd.DataFrame, key: str, **columns: str) -> pd.DataFrame:
    """A table of words as an item's table: the key as `category`, columns by their new names."""
    table = parts.rename(columns={key: "category", **columns})
    return table[["category", *columns.values()]]


def named(item: Item, category: str) -> str:
    """The reader's name of a category."""
    return (item.categories or {})[category]


def in_part(table: pd.DataFrame, item: Item, column: str, part: str) -> list[tuple[str, str]]:
    """Name and words of the rows that stand in one part of a drawing."""
    rows = table[table[column] == part].to_dict("records")
    return [(named(item, row["category"]), str(row["ord"])) for row in rows]
