"""The steps of a map's scale: round intervals of equal length, each with its words and tint."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from matplotlib.ticker import MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb, rounded

# From light to dark: the fill of a tile and the text on it, at least 4.5:1. They are no colours of
# the page, so that fill and text stay together when the page is dark.
TINTS = (
    ("#e8effc", "#141330"),
    ("#b7ccf4", "#141330"),
    ("#82a2e6", "#141330"),
    ("#3f63c4", "#fefefe"),
    ("#1c2f80", "#fefefe"),
)


class Step(NamedTuple):
    """An interval of values: from `low`, up to but not including `high`; its words and colours."""

    low: Decimal
    high: Decimal
    words: str
    fill: str
    ink: str


def steps(values: Mapping[str, float], decimals: int) -> list[Step]:
    """Few round intervals of equal length that hold all values, from the lightest to the darkest.

    Values are compared as they are shown, so that a tile's number always lies in its interval.
    """
    known = [rounded(v, decimals) for v in values.values() if not math.isnan(v)]
    if not known:
        return []
    last = Decimal(1).scaleb(-decimals)
    bounds = _bounds(known, decimals, last)
    return [
        Step(low, high, _interval(low, high - last, decimals), *tint)
        for (low, high), tint in zip(pairwise(bounds), _tints(len(bounds) - 1), strict=True)
    ]


def _interval(first: Decimal, last: Decimal, decimals: int) -> str:
    words = nb(float(first), decimals)
    return words if first == last else f"{words}–{nb(float(last), decimals)}"


def _bounds(known: list[Decimal], decimals: int, last: Decimal) -> list[Decimal]:
    """Round numbers from at most the lowest value to above the highest, for at most all tints."""
    # The locator counts the steps inside the values; at their ends there can be one more.
    tried = (_round_bounds(known, decimals, last, n) for n in range(len(TINTS), 0, -1))
    return next(scale for scale in tried if len(scale) - 1 <= len(TINTS))


def _round_bounds(known: list[Decimal], decimals: int, last: Decimal, most: int) -> list[Decimal]:
    low, high = min(known), max(known)
    locator = MaxNLocator(nbins=most, steps=[1, 2, 5, 10])
    # An interval ends before its upper bound, so the highest value must lie below the last one.
    ticks = {rounded(t, decimals) for t in locator.tick_values(float(low), float(high + last / 2))}
    start = max((t for t in ticks if t <= low), default=low)
    end = min((t for t in ticks if t > high), default=high + last)
    return [start, *sorted(t for t in ticks if start < t < end), end]


def _tints(count: int) -> list[tuple[str, str]]:
    """The tints spread over as many steps as there are; a single step gets the lightest."""
    return [TINTS[round(at * (len(TINTS) - 1) / max(count - 1, 1))] for at in range(count)]


def step_of(value: float, scale: list[Step], decimals: int) -> Step | None:
    """The step in which a value is shown; None for a missing value."""
    if math.isnan(value):
        return None
    return next(s for s in scale if s.low <= rounded(value, decimals) < s.high)
