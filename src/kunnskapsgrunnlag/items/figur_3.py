"""Figur 3: housing policy in the country and in Oslo from 1970 on, event by event."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.diagrams import (
    BODY,
    LEADING,
    SMALL,
    canvas,
    height_of,
    named,
    paragraph,
    word_rows,
    wrapped,
)
from kunnskapsgrunnlag.figures.paired_rows import FILLED, HOLLOW
from kunnskapsgrunnlag.figures.theme import GREY, WIDTH

LINE, WORDS, ROOM = 1.1, 1.28, WIDTH - 1.28 - 0.03
BETWEEN, HEAD = 0.03, 0.32
MARKS = {"nasjonalt": FILLED, "Oslo": HOLLOW}


def compute(events: pd.DataFrame, since: pd.DataFrame) -> pd.DataFrame:
    """The events in words.

    Args:
        events: One row per event, with `time` (a year, years or a decade), `level`, `words` and
            `source` (the section of the report and what it cites).
        since: The same for what has happened since the report was printed.

    Returns:
        `category` (event), `tid`, `niva`, `ord` and `kilde` (words), as the reader's order is.
    """
    table = pd.concat([events, since], ignore_index=True)
    return word_rows(table, "event", time="tid", level="niva", words="ord", source="kilde")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A line from above downwards: time to the left of it, the event and its words to the right."""
    rows = table.to_dict("records")
    highs = [
        height_of([""], BODY) + height_of(wrapped(row["ord"], ROOM, SMALL), SMALL) + BETWEEN
        for row in rows
    ]
    ax = canvas(fig, HEAD + sum(highs) + 0.04)
    _legend(ax)
    centre = BODY * LEADING / 144
    y, last = HEAD, HEAD + sum(highs[:-1]) + centre
    ax.plot([LINE, LINE], [HEAD + centre, last], color=GREY, linewidth=1.4, zorder=1)
    for row, high in zip(rows, highs, strict=True):
        _event(ax, row, named(item, row["category"]), y)
        y += high


def _event(ax: Axes, row: dict[Any, Any], name: str, y: float) -> None:
    ax.plot([LINE], [y + BODY * LEADING / 144], zorder=3, **MARKS[row["niva"]])
    paragraph(ax, (LINE - 0.15, y), row["tid"], LINE, align="right")
    below = paragraph(ax, (WORDS, y), name, ROOM, weight="bold")
    paragraph(ax, (WORDS, below), row["ord"], ROOM, size=SMALL)


def _legend(ax: Axes) -> None:
    for x, level, words in ((LINE, "nasjonalt", "Hele landet"), (LINE + 1.3, "Oslo", "Oslo")):
        ax.plot([x], [0.04 + BODY * LEADING / 144], **MARKS[level])
        paragraph(ax, (x + 0.2, 0.04), words, 1.2)


def describe(table: pd.DataFrame, item: Item) -> str:
    """How many events there are of each level, and the first and the last; all are in the table."""
    count = table["niva"].value_counts()
    first, last = (
        f"{named(item, row['category'])} ({row['tid']})"
        for row in (table.iloc[0].to_dict(), table.iloc[-1].to_dict())
    )
    return (
        f"Loddrett tidslinje med {len(table)} hendelser, {count['nasjonalt']} nasjonale og "
        f"{count['Oslo']} i Oslo, fra {first} til {last}. "
        "Alle hendelsene står med tid og omtale i tabellen."
    )
