"""Figur 8: three groups on the housing market, as fields of a triangle that stands on its tip."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Canvas, Chart, Table, look

FILLS = (look.LIGHT, look.LIGHT_GREEN, look.DARK)


def compute(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups in words, from the broad end of the triangle to its tip.

    Args:
        groups: One row per group, with `place` in the triangle and `words`.

    Returns:
        `category` (group), `plass` and `ord` (words).
    """
    return groups.rename(columns={"group": "category", "place": "plass", "words": "ord"})


def draw(table: Table, chart: Chart) -> None:
    """A triangle on its tip, of a field for each group; what each is stands beside its field."""
    canvas = Canvas(chart)
    broad = 0.36 * canvas.width
    edges = [1.0]
    for name, words in canvas.pairs(table, "ord"):
        below = canvas.text(
            (broad + 24, edges[-1] + 10), name, canvas.width - broad - 24, bold=True
        )
        end = canvas.text((broad + 24, below), words, canvas.width - broad - 24)
        edges.append(max(end + 10, edges[-1] + 84))
    for start, end, fill in zip(edges, edges[1:], FILLS, strict=False):
        upper, lower = (broad / 2 * (1 - y / edges[-1]) for y in (start, end))
        middle = broad / 2
        canvas.shape(
            [
                (middle - upper, start),
                (middle + upper, start),
                (middle + lower, end),
                (middle - lower, end),
            ],
            fill=fill,
        )
        level = start + 10 + canvas.line / 2
        canvas.stroke((middle, level), (broad + 16, level), width=1, colour=look.RULE)


def describe(table: Table, chart: Chart) -> str:
    """The fields from above downwards."""
    return "Trekant som står på spissen. Feltene viser ikke hvor mange som er i hver gruppe."
