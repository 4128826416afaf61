"""Figur 3: housing policy in the country and in Oslo from 1970 on, event by event."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Align, Canvas, Chart, Table, look

# The words of a level, and its name and mark.
NATIONAL, CITY = "nasjonalt", "Oslo"
NAMES = {NATIONAL: "Hele landet", CITY: "Oslo"}
MARKS = {NATIONAL: ("o", look.SECOND), CITY: ("D", look.MAIN)}


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
    return table.rename(
        columns={
            "event": "category",
            "time": "tid",
            "level": "niva",
            "words": "ord",
            "source": "kilde",
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """A line of time downwards; on a wide page the country's events to its left, Oslo's right."""
    canvas = Canvas(chart)
    line = 8 if chart.narrow else canvas.width / 2
    room = canvas.width - line - 20
    for start, level in ((8, NATIONAL), (130, CITY)):
        canvas.mark((start, canvas.line / 2), *MARKS[level])
        canvas.text((start + 14, 0), NAMES[level], 100)
    y = first = 1.8 * canvas.line
    feet = dict.fromkeys(NAMES, y)
    for row in table.to_dict("records"):
        level, words = row["niva"], f"{row['tid']}: {chart.name('category', row['category'])}"
        last = y = max(feet[level], y)
        canvas.mark((line, y + canvas.line / 2), *MARKS[level])
        is_left = level == NATIONAL and not chart.narrow
        x = line - 20 if is_left else line + 20
        align: Align = "right" if is_left else "left"
        below = canvas.text((x, y), words, room, bold=True, align=align)
        foot = canvas.text((x, below), row["ord"], room, align=align) + 5
        # On a phone there is one side; else an event may stand beside one of the other side.
        feet = dict.fromkeys(feet, foot) if chart.narrow else feet | {level: foot}
        y += canvas.line
    half = canvas.line / 2
    canvas.stroke((line, first + half), (line, last + half), colour=look.RULE)


def describe(table: Table, chart: Chart) -> str:
    """How many events there are of each level, and the first and the last; all are in the table."""
    count = table["niva"].value_counts()
    first, last = (
        f"{chart.name('category', row['category'])} ({row['tid']})"
        for row in table.iloc[[0, -1]].to_dict("records")
    )
    return (
        f"Tidslinje med {len(table)} hendelser, {count[NATIONAL]} nasjonale og {count[CITY]} i "
        f"Oslo, fra {first} til {last}. Alle hendelsene står med tid og omtale i tabellen."
    )
