"""Figur 1: the needle's eye: who wants into the housing market, and what makes the eye narrow."""

import pandas as pd
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path

from kunnskapsgrunnlag.items.kit import Canvas, Chart, Table, look


def compute(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts of the picture in words.

    Args:
        parts: One row per part, with `part` (where it stands) and `words`.

    Returns:
        `category` (part), `del` and `ord` (words).
    """
    return parts.rename(columns={"element": "category", "part": "del", "words": "ord"})


def draw(table: Table, chart: Chart) -> None:
    """Those who want in to the left, homes to the right, threads through the eye between them."""
    canvas = Canvas(chart)
    parts = canvas.parts("del", "ord")
    between = 0.24 * canvas.width
    left, right = (canvas.width - between) / 2, (canvas.width + between) / 2
    canvas.text((0, 0), "Vil inn", left, bold=True)
    top = canvas.text((right, 0), "Boligmarkedet", left, bold=True) + 4
    sides = [pair for row in zip(parts["vil inn"], parts["marked"], strict=True) for pair in row]
    boxes = canvas.grid((0, top), canvas.width, sides, gap=between)
    foot = canvas.text((0, boxes[-1].bottom + 30), "Dette gjør nåløyet trangt", left, bold=True) + 4
    narrow = canvas.grid(
        (0, foot), canvas.width, parts["trangt"], gap=between, fill=look.LIGHT_GREEN
    )
    eye = (top + boxes[-1].bottom) / 2
    _draw_needle(canvas, eye, narrow[-1].bottom)
    for at, (before, home) in enumerate(zip(boxes[::2], boxes[1::2], strict=True)):
        level = eye + (at - 0.5) * 10
        canvas.thread((before.right, before.middle[1]), (canvas.width / 2 + 5, level))
        canvas.thread((canvas.width / 2 + 3, level), (home.left, home.middle[1]), zorder=1)


def _draw_needle(canvas: Canvas, eye: float, tip: float) -> None:
    """A needle that stands on its tip: a rounded head with a narrow eye, and a long shaft."""
    wide, high = 20, 66
    middle, top, neck = canvas.width / 2, eye - high, eye + high
    right = [(wide, top), (wide, eye - 20), (wide, eye), (wide, neck), (8, neck), (0, tip)]
    corners = [(0, top), *right, *((-x, y) for x, y in right[-2::-1]), (0, top)]
    outline = Path([(middle + x, y) for x, y in corners], [Path.MOVETO] + [Path.CURVE4] * 12)
    canvas.ax.add_patch(PathPatch(outline, fc=look.LIGHT, ec=look.DARK, lw=1.4, zorder=2))
    hole = Ellipse((middle, eye), 14, 64, fc=look.PAPER, ec=look.DARK, lw=1.4, zorder=2.5)
    canvas.ax.add_patch(hole)


def describe(table: Table, chart: Chart) -> str:
    """What the picture is of."""
    return "Tråder går fra dem som vil inn, gjennom øyet på en nål, til boligene."
