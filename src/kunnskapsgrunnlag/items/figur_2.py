"""Figur 2: demand and supply in housing work, and how each acts on the other."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    arrow,
    box,
    canvas,
    height_needed,
    height_of,
    in_part,
    paragraph,
    word_rows,
    wrapped,
)
from kunnskapsgrunnlag.figures.theme import LIGHT, LIGHT_GREEN, WIDTH

SIDE, MARGIN, WORDS = 2.05, 0.08, 3.9
# Room above and below the boxes for a bent arrow, and where on a box it leaves and arrives.
BEND, INSET = 0.62, 0.7


def compute(parts: pd.DataFrame) -> pd.DataFrame:
    """The two sides and the two effects in words.

    Args:
        parts: One row per part, with `part` (side, or which kind of arrow) and `words`.

    Returns:
        `category` (part), `del` and `ord` (words).
    """
    return word_rows(parts, "element", part="del", words="ord")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Demand to the left, supply to the right; the solid arrow above them, the dashed one below."""
    demand, supply = in_part(table, item, "del", "side")
    (sure,) = in_part(table, item, "del", "heltrukket pil")
    (possible,) = in_part(table, item, "del", "stiplet pil")
    above, below = (
        0.1 + height_of([pair[0], *wrapped(pair[1], WORDS)]) for pair in (sure, possible)
    )
    high = max(height_needed(*pair, SIDE) for pair in (demand, supply))
    top = above + BEND
    bottom = top + high
    ax = canvas(fig, bottom + BEND + below + 0.06)
    left, right = MARGIN, WIDTH - MARGIN - SIDE
    box(ax, (left, top), SIDE, *demand, height=high, face=LIGHT)
    box(ax, (right, top), SIDE, *supply, height=high, face=LIGHT_GREEN)
    arrow(ax, (left + INSET, top), (right + SIDE - INSET, top), bend=-0.2)
    arrow(ax, (right + SIDE - INSET, bottom), (left + INSET, bottom), dashed=True, bend=-0.2)
    for (title, words), y in ((sure, 0.04), (possible, bottom + BEND + 0.04)):
        end = paragraph(ax, (WIDTH / 2, y), title, WORDS, weight="bold", align="center")
        paragraph(ax, (WIDTH / 2, end), words, WORDS, align="center")


def describe(table: pd.DataFrame, item: Item) -> str:
    """Both sides, then the solid and the dashed arrow."""
    demand, supply = in_part(table, item, "del", "side")
    (sure,) = in_part(table, item, "del", "heltrukket pil")
    (possible,) = in_part(table, item, "del", "stiplet pil")
    return (
        f"To bokser med piler mellom. {demand[0]}: {demand[1]}. {supply[0]}: {supply[1]}. "
        f"En heltrukket pil fra etterspørsel til tilbud, {sure[0].lower()}: {sure[1]}. "
        f"En stiplet pil tilbake, {possible[0].lower()}: {possible[1]}."
    )
