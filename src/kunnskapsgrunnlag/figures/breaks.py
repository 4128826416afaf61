"""Breaks in series: a dashed line in every drawing with years along it.

A break is named by the first year after it; the line stands between that year and the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.schema import Break
from kunnskapsgrunnlag.figures.theme import GREY, INK

FIRST, LAST = 1900, 2100


def draw_breaks(fig: Figure, breaks: Sequence[Break]) -> None:
    """Mark the breaks in every panel whose horizontal axis is time; others are left alone."""
    named: set[int] = set()
    for ax in fig.axes:
        places, has_lines = _years(ax), bool(ax.get_lines())
        for gap in breaks:
            at = _between(places, gap.year)
            if at is not None:
                _mark(ax, at, "" if gap.year in named else f"brudd {gap.year}", low=has_lines)
                named.add(gap.year)


def _years(ax: Axes) -> dict[int, float]:
    """Year -> where it lies on the axis; nothing if the axis is no time."""
    drawn = {float(x) for line in ax.get_lines() for x in np.asarray(line.get_xdata(), dtype=float)}
    if drawn and all(FIRST < x < LAST and x == int(x) for x in drawn):
        return {int(x): x for x in sorted(drawn)}
    named = {label.get_text(): label.get_position()[0] for label in ax.get_xticklabels()}
    if named and all(words.isdigit() and FIRST < int(words) < LAST for words in named):
        return {int(words): float(at) for words, at in named.items()}
    return {}


def _between(places: dict[int, float], year: int) -> float | None:
    """Half-way from the last year before a break to the first after it."""
    for before, after in pairwise(sorted(places)):
        if before < year <= after:
            return (places[before] + places[after]) / 2
    return None


def _mark(ax: Axes, at: float, words: str, *, low: bool) -> None:
    """The line, and its words once in a figure: over a panel of lines, along it among bars."""
    ax.axvline(at, color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0.5)
    if not words:
        return
    ax.annotate(
        words,
        (at, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(0, 3) if low else (-2, -6),
        textcoords="offset points",
        rotation=0 if low else 90,
        ha="center" if low else "right",
        va="bottom" if low else "top",
        fontsize=8.6,
        color=INK,
    )
