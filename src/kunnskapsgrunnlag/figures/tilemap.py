"""A tile map of Oslo's bydeler: a square each, about where the bydel lies in the city."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb, rounded, shown
from kunnskapsgrunnlag.base.nb_text import listed, region_name
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import GREY, INK, PAPER, TINTS

# Column from the west and row from the north. Neighbours in the city are neighbours here wherever
# squares allow it; the empty places in the south-west are the fjord.
PLACES = {
    "vestre-aker": (1, 0),
    "nordre-aker": (2, 0),
    "bjerke": (3, 0),
    "grorud": (4, 0),
    "stovner": (5, 0),
    "ullern": (0, 1),
    "frogner": (1, 1),
    "st-hanshaugen": (2, 1),
    "sagene": (3, 1),
    "grunerlokka": (4, 1),
    "alna": (5, 1),
    "gamle-oslo": (4, 2),
    "ostensjo": (5, 2),
    "nordstrand": (4, 3),
    "sondre-nordstrand": (4, 4),
}
COLUMNS, ROWS = 6, 5
GAP = 0.06


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


def tile_map(ax: Axes, values: Mapping[str, float], *, decimals: int, unit: str) -> None:
    """The map: name and value in every tile, tint by step, and a legend that says the steps.

    Args:
        values: Region key -> value; a bydel that has none is a tile without tint.
    """
    scale = steps(values, decimals)
    for key, (column, row) in PLACES.items():
        value = values.get(key, math.nan)
        step = step_of(value, scale, decimals)
        fill, ink = (step.fill, step.ink) if step else (PAPER, INK)
        mark(_square(ax, column + GAP / 2, row + GAP / 2, 1 - GAP, fill), [value])
        middle: dict[str, Any] = {"x": column + 0.5, "ha": "center", "va": "center", "color": ink}
        ax.text(y=row + 0.34, s=region_name(key).replace(" ", "\n"), linespacing=1.1, **middle)
        ax.text(y=row + 0.76, s=shown(value, decimals), fontsize=14, weight="bold", **middle)
    missing = any(math.isnan(values.get(key, math.nan)) for key in PLACES)
    _legend(ax, scale, unit, missing=missing)
    for words, x, y in (("Nordmarka", 2.0, -0.22), ("Oslofjorden", 2.6, 2.42)):
        # Upright: two slanting words would cost every chapter with a map a typeface of 67 kB.
        ax.text(x, y, words, ha="center", va="center")
    ax.set(xlim=(0, COLUMNS), ylim=(ROWS, -0.45), aspect="equal", anchor="W")
    ax.axis("off")


def _square(ax: Axes, x: float, y: float, size: float, fill: str) -> Rectangle:
    square = Rectangle((x, y), size, size, facecolor=fill, edgecolor=GREY, linewidth=1)
    ax.add_patch(square)
    return square


def _legend(ax: Axes, scale: list[Step], unit: str, *, missing: bool) -> None:
    """Which tint means which interval, where the map leaves room: in the south-west."""
    lines = [(step.fill, step.words) for step in scale]
    if missing:
        lines.append((PAPER, "ingen tall"))
    top = ROWS - GAP / 2 - 0.3 * len(lines)
    ax.text(GAP / 2, top - 0.16, unit, ha="left", va="center")
    for place, (fill, words) in enumerate(lines):
        _square(ax, GAP / 2, top + 0.3 * place + 0.02, 0.26, fill)
        ax.text(0.42, top + 0.3 * place + 0.15, words, ha="left", va="center")


def map_words(values: Mapping[str, float], *, decimals: int) -> str:
    """The map in the alt text: how many steps, and who has the darkest and the lightest."""
    scale = steps(values, decimals)
    if not scale:
        return "Et rutekart med én rute for hver bydel har ingen tall."

    def inside(step: Step) -> str:
        keys = [k for k in PLACES if k in values and step_of(values[k], scale, decimals) == step]
        keys.sort(key=lambda key: -values[key])
        return f"{listed(region_name(key) for key in keys)} ({step.words})"

    return (
        f"Et rutekart har én rute for hver bydel, omtrent der den ligger i byen, tonet i "
        f"{len(scale)} trinn: Mørkest er {inside(scale[-1])}, lysest er {inside(scale[0])}."
    )
