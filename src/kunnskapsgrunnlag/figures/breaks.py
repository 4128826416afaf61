"""Breaks in series: a thin dashed line in every panel along years, named once in a drawing.

A break is named by the first year after it; the line stands between that year and the one before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import Literal

from kunnskapsgrunnlag.catalog.entry import Break
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Panel

GAP = 6
Side = Literal["center", "right", "left"]
SIDES: tuple[Side, ...] = ("center", "right", "left")


def draw_breaks(panels: Sequence[Panel], breaks: Sequence[Break]) -> None:
    """The lines in each panel; their words over the first panel that has them."""
    named: set[int] = set()
    for panel in panels:
        places = {gap.year: _between(panel.years, gap.year) for gap in breaks}
        known = {year: at for year, at in places.items() if at is not None}
        for at in known.values():
            panel.ax.axvline(at, color=look.RULE, lw=1, ls=(0, (4, 3)), zorder=0.5)
        _write(panel, {year: at for year, at in known.items() if year not in named})
        named |= set(known)


def _between(years: Sequence[int], year: int) -> float | None:
    """Half-way from the last year before a break to the first after it."""
    for before, after in pairwise(sorted(years)):
        if before < year <= after:
            return (before + after) / 2
    return None


def _write(panel: Panel, places: Mapping[int, float]) -> None:
    """The words over their lines, or beside them where they would touch each other."""
    if not places:
        return
    low, high = panel.ax.get_xlim()
    size = panel.chart.size
    xs = [(at - low) / (high - low) * panel.inner for at in places.values()]
    # Where many breaks lie close, the year alone says which it is.
    placed = (
        (word, wide, start, sides)
        for word in ("brudd ", "")
        for wide in [look.text_width(f"{word}{next(iter(places))}", size)]
        for start in [_starts(wide)]
        for sides in product(SIDES, repeat=len(xs))
        if _are_apart([x + start[side] for x, side in zip(xs, sides, strict=True)], wide, panel)
    )
    wide = look.text_width(f"{next(iter(places))}", size)
    word, wide, start, sides = next(placed, ("", wide, _starts(wide), SIDES[:1] * len(xs)))
    line = size * look.LEADING
    panel.top = max(panel.top, line + 4)
    for (year, at), side in zip(places.items(), sides, strict=True):
        dx = start[side] + (0 if side == "left" else wide / 2 if side == "center" else wide)
        panel.write(
            f"{word}{year}", at, 1, dx=dx, dy=line / 2, ha=side, where="column", colour=look.QUIET
        )


def _starts(wide: float) -> dict[Side, float]:
    """Where words of a width begin from their line, px, by the side that they hang on."""
    return {"center": -wide / 2, "left": -3.0, "right": 3 - wide}


def _are_apart(starts: Sequence[float], wide: float, panel: Panel) -> bool:
    """Whether words that begin at these places, px, lie in the panel and do not touch."""
    inside = all(-panel.left <= x <= panel.inner + panel.right - wide for x in starts)
    return inside and all(b - a >= wide + GAP for a, b in pairwise(starts))
