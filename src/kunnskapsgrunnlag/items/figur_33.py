"""Figur 33: the actors around those who are disadvantaged on Oslo's housing market."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Box, Canvas, Chart, Parts, Table, look

CENTRE = "Vanskeligstilte på boligmarkedet"
CENTRAL, NEAR, OUTSIDE = "kommunen sentralt", "bydelen", "utenfor kommunen"
# Px: between frames, and the way past the bydel.
STEP, PAST = 30, 34


def compute(actors: pd.DataFrame) -> pd.DataFrame:
    """The actors in words.

    Args:
        actors: One row per actor, with `circle` (where it belongs) and `words` (what it does).

    Returns:
        `category` (actor), `krets` and `ord` (words).
    """
    return actors.rename(columns={"actor": "category", "circle": "krets", "words": "ord"})


def draw(table: Table, chart: Chart) -> None:
    """Three frames with names in them, and arrows from each to those whom they are there for."""
    canvas = Canvas(chart)
    parts = canvas.parts("krets")
    central = _frame(canvas, 0, CENTRAL, parts, look.LIGHT)
    near = _frame(canvas, central.bottom + STEP, NEAR, parts, look.LIGHT_GREEN, right=PAST)
    wide = min(260.0, near.right - 20)
    left = (near.right - wide) / 2
    who = canvas.box((left, near.bottom + STEP), wide, CENTRE, fill=look.SPAN)
    outside = _frame(canvas, who.bottom + STEP, OUTSIDE, parts, look.PAPER, linestyle=look.DASHED)
    x, y = who.middle
    canvas.arrow((x, central.bottom), (x, near.top))
    canvas.arrow((x, near.bottom), (x, who.top))
    canvas.arrow((x, outside.top), (x, who.bottom))
    # Some of the central actors meet people themselves: a way past the bydel.
    beside = canvas.width - PAST / 2
    canvas.stroke((beside, central.bottom), (beside, y))
    canvas.arrow((beside, y), (who.right, y))


def _frame(
    canvas: Canvas, top: float, part: str, parts: Parts, fill: str,
    right: float = 0.0, **line: object,
) -> Box:  # fmt: skip
    """A frame with its title and the names in it, as many side by side as have room."""
    edge = canvas.width - right
    y = canvas.text((10, top + 8), part.capitalize(), edge - 20, bold=True) + 4
    x, bottom = 10.0, y
    for name, _ in parts[part]:
        wide = look.text_width(name, canvas.chart.size) + 20
        if x > 10 and x + wide > edge - 10:
            x, y = 10.0, bottom + 8
        bottom = canvas.box(
            (x, y), wide, "", name, fill=look.PAPER, edgecolor=look.RULE, zorder=3
        ).bottom
        x += wide + 8
    box = Box(0, top, edge, bottom + 10)
    canvas.frame(box, fill=fill, **line)
    return box


def describe(table: Table, chart: Chart) -> str:
    """Where the arrows lead."""
    return (
        "Piler går fra kommunen sentralt til bydelen, og fra alle tre til vanskeligstilte på "
        "boligmarkedet."
    )
