"""Figur 34: which actors take part in which housing instruments, and with what."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    canvas,
    height_of,
    named,
    paragraph,
    word_rows,
    wrapped,
)
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import GRID, WARM_BLUE, WIDTH

NAMES, ROW, HEADING = 1.2, 0.43, 10.0
HEADS = {
    "bydelene": "Bydelene",
    "velferdsetaten": "Velferds- etaten",
    "boligbygg": "Boligbygg",
    "husbanken": "Husbanken",
    "byrad": "Bystyre og byråd",
    "andre": "Private og ideelle",
}


def compute(roles: pd.DataFrame) -> pd.DataFrame:
    """What each actor has to do with each instrument, in words.

    Args:
        roles: One row per instrument and a column of words per actor; a symbol where the text
            names no role.

    Returns:
        `category` (instrument) and a column of words per actor; empty where there is no role.
    """
    table = word_rows(roles, "instrument", **{actor: actor for actor in HEADS})
    return table.assign(**{actor: table[actor].where(table[actor].notna()) for actor in HEADS})


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A row per instrument, a column per actor, and a dot where the actor has a role."""
    step = (WIDTH - NAMES - 0.02) / len(HEADS)
    head = max(height_of(wrapped(title, step, HEADING), HEADING) for title in HEADS.values()) + 0.12
    ax = canvas(fig, head + ROW * len(table) + 0.06)
    for at, title in enumerate(HEADS.values()):
        middle = NAMES + step * (at + 0.5)
        paragraph(ax, (middle, 0.04), title, step, size=HEADING, align="center")
    for place, row in enumerate(table.to_dict("records")):
        y = head + ROW * (place + 0.5)
        ax.plot([0.04, WIDTH - 0.04], [y + ROW / 2] * 2, color=GRID, linewidth=0.8, zorder=0)
        lines = wrapped(named(item, row["category"]), NAMES - 0.1)
        paragraph(ax, (0.05, y - height_of(lines) / 2), " ".join(lines), NAMES - 0.1)
        held = {i: row[a] for i, a in enumerate(HEADS) if isinstance(row[a], str)}
        found = [NAMES + step * (i + 0.5) for i in held]
        dots = ax.scatter(found, [y] * len(found), s=110, color=WARM_BLUE, zorder=3)
        mark(dots, list(held.values()))


def describe(table: pd.DataFrame, item: Item) -> str:
    """The instruments of each actor."""
    parts = []
    for actor in HEADS:
        rows = table[[isinstance(words, str) for words in table[actor]]]
        names = [named(item, c) for c in rows["category"]]
        parts.append(f"{item.measures[actor].title}: {listed(names)}.")
    return (
        f"Oversikt over {len(table)} virkemidler og {len(HEADS)} aktører, med en prikk der "
        f"aktøren har en rolle. {' '.join(parts)}"
    )
