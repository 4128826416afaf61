"""Figur 35: what someone who follows up tenants holds together: eight arms from one person."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    DiagramBox,
    box,
    canvas,
    column,
    column_height,
    height_needed,
    in_part,
    paragraph,
    thread,
    word_rows,
)
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, LIGHT, LIGHT_GREEN, PAPER, WIDTH

SIDE, CORE, MARGIN, HEAD = 1.76, 1.2, 0.06, 0.3
LEFT, RIGHT, HOME = "bydelen", "utenfor bydelen", "hos beboeren"
WORKER = "Booppfølger"


def compute(services: pd.DataFrame) -> pd.DataFrame:
    """The services that are held together, and those at home, in words.

    Args:
        services: One row per service, with `side` (where it belongs) and `words`.

    Returns:
        `category` (service), `side` and `ord` (words).
    """
    return word_rows(services, "service", side="side", words="ord")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """The worker in the middle, arms to services on both sides and to the home below."""
    inside, outside = in_part(table, item, "side", LEFT), in_part(table, item, "side", RIGHT)
    home = in_part(table, item, "side", HOME)
    high = max(column_height(boxes, SIDE) for boxes in (inside, outside))
    below = max(height_needed(*pair, WIDTH / 2 - 0.2) for pair in home)
    floor = HEAD + high + 0.75
    ax = canvas(fig, floor + below + 0.08)
    right = WIDTH - MARGIN - SIDE
    for left, title in ((MARGIN, "I bydelen"), (right, "Utenfor bydelen")):
        paragraph(ax, (left + SIDE / 2, 0.04), title, SIDE, weight="bold", align="center")
    core = _core(ax, HEAD + high / 2)
    for sides, start in ((inside, MARGIN), (outside, right)):
        gap = (high - column_height(sides, SIDE, 0)) / max(1, len(sides) - 1)
        for place in column(ax, (start, HEAD), SIDE, sides, face=LIGHT, gap=gap):
            end = place.right if start == MARGIN else place.left
            side = core.left if start == MARGIN else core.right
            thread(ax, (side, core.middle[1]), (end, place.middle[1]), width=2.4)
    _home(ax, core, home, floor, below)


def _core(ax: Axes, y: float) -> DiagramBox:
    high = height_needed(WORKER, "", CORE) + 0.3
    return box(ax, ((WIDTH - CORE) / 2, y - high / 2), CORE, WORKER, face=PAPER, height=high)


def _home(
    ax: Axes, core: DiagramBox, home: list[tuple[str, str]], floor: float, high: float
) -> None:
    """The boxes of the home side by side, each at the end of an arm from the worker."""
    wide = WIDTH / len(home) - 0.2
    for place, pair in enumerate(home):
        at = box(ax, (0.1 + place * (wide + 0.2), floor), wide, *pair, face=LIGHT_GREEN,
                 height=high)  # fmt: skip
        x = core.middle[0] + (place - (len(home) - 1) / 2) * 0.3
        middle = (core.bottom + floor) / 2 + 0.4
        ax.plot(
            [x, x, at.middle[0], at.middle[0]],
            [core.bottom, middle, middle, floor],
            color=DARK_BLUE,
            linewidth=2.4,
            solid_joinstyle="round",
            zorder=1,
        )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The services on each side, and what is at home."""
    said = {
        side: listed(f"{name} ({words})" for name, words in in_part(table, item, "side", side))
        for side in (LEFT, RIGHT, HOME)
    }
    return (
        f"Tegning av en booppfølger i midten, med {len(table)} armer ut. "
        f"I bydelen: {said[LEFT]}. Utenfor bydelen: {said[RIGHT]}. Hjemme: {said[HOME]}."
    )
