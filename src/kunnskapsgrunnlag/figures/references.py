"""Lines down through the rows of a drawing at a value to compare them with, named over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Panel
from kunnskapsgrunnlag.store.value import Value

GAP = 8


class Reference(NamedTuple):
    """A number to compare rows with, its name and the look of its line."""

    number: Value
    words: str
    colour: str
    style: Any = look.DASHED


def draw_references(panel: Panel, references: Sequence[Reference], top: float) -> float:
    """The lines and their names; how far up the names reach from the axes, px.

    Args:
        top: From the axes up to where names may begin.
    """
    low, high = panel.ax.get_xlim()
    size = panel.chart.size
    line = size * look.LEADING
    taken: list[tuple[float, float, float]] = []
    for number, words, colour, style in sorted(references, key=lambda r: r.number.value or 0.0):
        value = number.value or 0.0
        drawn = panel.ax.axvline(value, color=colour, ls=style, lw=1.4, zorder=0.9)
        panel.mark_numbers(drawn, [number])
        x = (value - low) / (high - low) * panel.inner
        wide = look.text_width(words, size, bold=True)
        start = min(max(x - wide / 2, -panel.left), panel.inner + panel.right - wide)
        level = top
        while any(start < e + GAP and s < start + wide + GAP and level == y for s, e, y in taken):
            level += line
        panel.write(
            words, 0, 1, dx=start, dy=level + line / 2, where="axes", bold=True, colour=colour
        )
        taken.append((start, start + wide, level))
    return max((level + line for _, _, level in taken), default=top)
