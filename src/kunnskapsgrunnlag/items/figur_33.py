"""Figur 33: the actors around those who are disadvantaged on Oslo's housing market."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    BODY,
    LEADING,
    PAD,
    DiagramBox,
    arrow,
    box,
    canvas,
    height_needed,
    in_part,
    paragraph,
    text_width,
    word_rows,
)
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GREY, LIGHT, LIGHT_GREEN, PAPER, WIDTH

CENTRAL, NEAR, OUTSIDE = "kommunen sentralt", "bydelen", "utenfor kommunen"
TITLES = {CENTRAL: "Kommunen sentralt", NEAR: "Bydelen", OUTSIDE: "Utenfor kommunen"}
FACES = {CENTRAL: LIGHT, NEAR: LIGHT_GREEN, OUTSIDE: PAPER}
CENTRE = "Vanskeligstilte på boligmarkedet"
MARGIN, INNER, CHIP, GAP, STEP = 0.06, 0.12, 0.3, 0.09, 0.4
# The width of the box in the middle, and of the way past the bydel.
BROAD, PAST = 3.2, 0.5


def compute(actors: pd.DataFrame) -> pd.DataFrame:
    """The actors in words.

    Args:
        actors: One row per actor, with `circle` (where it belongs) and `words` (what it does).

    Returns:
        `category` (actor), `krets` and `ord` (words).
    """
    return word_rows(actors, "actor", circle="krets", words="ord")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Three frames with names in them, and arrows from each to those whom they are there for."""
    names = {c: [name for name, _ in in_part(table, item, "krets", c)] for c in TITLES}
    highs = [_frame_height(names[c], c) for c in TITLES]
    middle = height_needed(CENTRE, "", BROAD)
    ax = canvas(fig, sum(highs) + middle + 3 * STEP + 2 * MARGIN)
    central = _frame(ax, CENTRAL, names[CENTRAL], MARGIN)
    near = _frame(ax, NEAR, names[NEAR], central.bottom + STEP)
    left = (near.left + near.right - BROAD) / 2
    who = box(ax, (left, near.bottom + STEP), BROAD, CENTRE, face=PAPER)
    outside = _frame(ax, OUTSIDE, names[OUTSIDE], who.bottom + STEP)
    x = who.middle[0]
    for start, end in ((central.bottom, near.top), (near.bottom, who.top)):
        arrow(ax, (x, start), (x, end))
    arrow(ax, (x, outside.top), (x, who.bottom))
    # Some of the central actors meet people themselves: a way past the bydel.
    beside = (near.right + central.right) / 2
    ax.plot([beside] * 2, [central.bottom, who.middle[1]], color=DARK_BLUE, linewidth=1.8)
    arrow(ax, (beside, who.middle[1]), (who.right, who.middle[1]))


def _width(circle: str) -> float:
    return WIDTH - 2 * MARGIN - (PAST if circle == NEAR else 0)


def _rows(names: list[str], circle: str) -> list[list[str]]:
    """Names in rows: as many side by side as the frame holds."""
    room = _width(circle) - 2 * INNER
    rows: list[list[str]] = [[]]
    for name in names:
        taken = sum(_chip_width(other) + GAP for other in rows[-1])
        if rows[-1] and taken + _chip_width(name) > room:
            rows.append([])
        rows[-1].append(name)
    return rows


def _chip_width(name: str) -> float:
    """How wide a name's own small box is, inches."""
    return text_width(name) + 2 * PAD


def _frame_height(names: list[str], circle: str) -> float:
    rows = len(_rows(names, circle))
    return 2 * INNER + BODY * LEADING / 72 + 0.06 + rows * CHIP + (rows - 1) * GAP


def _frame(ax: Axes, circle: str, names: list[str], top: float) -> DiagramBox:
    """A frame with its title and the names as small boxes."""
    high, left = _frame_height(names, circle), MARGIN + INNER
    frame = DiagramBox(MARGIN, top, MARGIN + _width(circle), top + high)
    style = "--" if circle == OUTSIDE else "-"
    _round(ax, frame, FACES[circle], DARK_BLUE, linestyle=style, linewidth=1.2, zorder=2)
    y = paragraph(ax, (left, top + INNER), TITLES[circle], WIDTH, weight="bold") + 0.06
    for row in _rows(names, circle):
        x = left
        for name in row:
            right = x + _chip_width(name)
            _round(ax, DiagramBox(x, y, right, y + CHIP), PAPER, GREY, linewidth=1, zorder=3)
            paragraph(ax, (x + PAD, y + (CHIP - BODY * LEADING / 72) / 2), name, WIDTH)
            x = right + GAP
        y += CHIP + GAP
    return frame


def _round(ax: Axes, at: DiagramBox, face: str, edge: str, **more: Any) -> None:
    ax.add_patch(
        FancyBboxPatch(
            (at.left, at.top),
            at.right - at.left,
            at.bottom - at.top,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=face,
            edgecolor=edge,
            **more,
        )
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The actors of each circle."""
    parts = [
        f"{title}: {listed(name for name, _ in in_part(table, item, 'krets', circle))}."
        for circle, title in TITLES.items()
    ]
    return (
        f"Oversikt over {len(table)} aktører med piler mot vanskeligstilte på boligmarkedet. "
        + " ".join(parts)
    )
