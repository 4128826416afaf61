"""Figur 2: demand and supply in housing work, and how each acts on the other."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Canvas, Chart, Table, look


def compute(parts: pd.DataFrame) -> pd.DataFrame:
    """The two sides and the two effects in words.

    Args:
        parts: One row per part, with `part` (side, or which kind of arrow) and `words`.

    Returns:
        `category` (part), `del` and `ord` (words).
    """
    return parts.rename(columns={"element": "category", "part": "del", "words": "ord"})


def draw(table: Table, chart: Chart) -> None:
    """Demand above and supply below; a solid arrow leads down, a dashed one up again."""
    canvas = Canvas(chart)
    parts = canvas.parts("del", "ord")
    demand, supply = parts["side"]
    upper = canvas.box((0, 0), canvas.width, *demand)
    half, start, ends = canvas.width / 2, upper.bottom + 18, []
    for left, part in ((0, "heltrukket pil"), (half, "stiplet pil")):
        ((title, words),) = parts[part]
        below = canvas.text((left + 36, start), title, half - 44, bold=True)
        ends.append(canvas.text((left + 36, below), words, half - 44))
    lower = canvas.box((0, max(ends) + 18), canvas.width, *supply, fill=look.LIGHT_GREEN)
    canvas.arrow((16, upper.bottom), (16, lower.top))
    canvas.arrow((half + 16, lower.top), (half + 16, upper.bottom), dashed=True)


def describe(table: Table, chart: Chart) -> str:
    """Where the arrows lead."""
    return "Den heltrukne pilen går fra etterspørselssiden til tilbudssiden, den stiplede tilbake."
