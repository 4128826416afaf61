"""Figur 1: the needle's eye: who wants into the housing market, and what makes the eye narrow."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    GAP,
    DiagramBox,
    canvas,
    column,
    height_needed,
    in_part,
    paragraph,
    thread,
    word_rows,
)
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, LIGHT, LIGHT_GREEN, PAPER, WIDTH

SIDE, MARGIN, HEAD = 2.0, 0.08, 0.34
MIDDLE = WIDTH / 2


def compute(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts of the picture in words.

    Args:
        parts: One row per part, with `part` (where it stands) and `words`.

    Returns:
        `category` (part), `del` and `ord` (words).
    """
    return word_rows(parts, "element", part="del", words="ord")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Those who want in to the left, homes to the right, threads through the eye between them."""
    before, homes = in_part(table, item, "del", "vil inn"), in_part(table, item, "del", "marked")
    narrow = in_part(table, item, "del", "trangt")
    half = math.ceil(len(narrow) / 2)
    high = max(height_needed(*pair, SIDE) for pair in (*before, *homes))
    low = max(height_needed(*pair, SIDE) for pair in narrow)
    upper = HEAD + _stack(max(len(before), len(homes)), high)
    shelf = upper + 0.28
    foot = shelf + HEAD + _stack(half, low)
    ax = canvas(fig, foot + MARGIN)
    right = WIDTH - MARGIN - SIDE
    for left, title in ((MARGIN, "Vil inn"), (right, "Boligmarkedet")):
        paragraph(ax, (left + SIDE / 2, 0.06), title, SIDE, weight="bold", align="center")
    paragraph(ax, (MARGIN, shelf), "Dette gjør nåløyet trangt", SIDE + 0.4, weight="bold")
    eye = (HEAD + upper) / 2
    _needle(ax, eye, foot)
    groups = column(ax, (MARGIN, HEAD), SIDE, before, height=high)
    _threads(ax, groups, column(ax, (right, HEAD), SIDE, homes, height=high), eye)
    for left, part in ((MARGIN, narrow[:half]), (right, narrow[half:])):
        column(ax, (left, shelf + HEAD), SIDE, part, face=LIGHT_GREEN, height=low)


def _stack(count: int, height: float) -> float:
    """How high `count` boxes of the same height are, inches."""
    return count * height + (count - 1) * GAP


def _needle(ax: Axes, eye: float, tip: float) -> None:
    """A needle that stands on its tip: a rounded head with a narrow eye, and a long shaft."""
    wide, high = 0.3, 0.95
    top = eye - high
    outline = Path(
        [
            (MIDDLE, top),
            (MIDDLE + wide, top), (MIDDLE + wide, eye - 0.3), (MIDDLE + wide, eye),
            (MIDDLE + wide, eye + high), (MIDDLE + 0.12, eye + high), (MIDDLE, tip),
            (MIDDLE - 0.12, eye + high), (MIDDLE - wide, eye + high), (MIDDLE - wide, eye),
            (MIDDLE - wide, eye - 0.3), (MIDDLE - wide, top), (MIDDLE, top),
        ],
        [Path.MOVETO] + [Path.CURVE4] * 12,
    )  # fmt: skip
    ax.add_patch(PathPatch(outline, facecolor=LIGHT, edgecolor=DARK_BLUE, linewidth=1.4, zorder=2))
    ax.add_patch(
        Ellipse((MIDDLE, eye), 0.2, 0.9, facecolor=PAPER, edgecolor=DARK_BLUE, lw=1.4, zorder=2.5)
    )


def _threads(ax: Axes, before: list[DiagramBox], homes: list[DiagramBox], eye: float) -> None:
    """A thread from each group into the eye, in front of the needle, and out behind it."""
    for place, box in enumerate(before):
        at = eye + (place - (len(before) - 1) / 2) * GAP
        thread(ax, (box.right, box.middle[1]), (MIDDLE + 0.09, at), zorder=3)
    for place, box in enumerate(homes):
        at = eye + (place - (len(homes) - 1) / 2) * GAP
        thread(ax, (MIDDLE + 0.05, at), (box.left, box.middle[1]), zorder=1)


def describe(table: pd.DataFrame, item: Item) -> str:
    """Who wants in, what makes the eye narrow, and what lies behind it."""
    said = {
        part: listed(
            f"{name.lower()} ({words})" for name, words in in_part(table, item, "del", part)
        )
        for part in ("vil inn", "trangt", "marked")
    }
    return (
        "Tegning av en nål med tråder gjennom øyet. "
        f"På den ene siden står de som vil inn på boligmarkedet: {said['vil inn']}. "
        f"På den andre siden ligger boligene: {said['marked']}. "
        f"Dette gjør nåløyet trangt: {said['trangt']}."
    )
