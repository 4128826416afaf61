"""A scatter in which each point is named, with lines of equal rate to read it by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from matplotlib.ticker import FuncFormatter, MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Panel, Rows, Series
from kunnskapsgrunnlag.store.tables import heading
from kunnskapsgrunnlag.store.value import Value

# Px: the axes' height and a point; where a name is tried, and what makes a point crowded.
HEIGHT, LOW, DOT = 420, 360, 8
DISTANCES = (7, 12, 20, 30, 42, 56, 72)
TURNS = [math.tau * turn / 16 for turn in (0, 8, 1, 15, 7, 9, 2, 14, 4, 12, 3, 13, 5, 11, 6, 10)]
NEAR = 90
PER = 1000
Box = tuple[float, float, float, float]


class _Point(NamedTuple):
    """A row's two numbers, its name and its place in the axes, px."""

    across: Value
    up: Value
    name: str
    x: float
    y: float


def points(panel: Panel, rows: Rows, across: str, up: str, *, by: str = "region") -> None:
    """A named point for each row that has both numbers, on axes from zero.

    An estimate is a ring. Names stand beside their points where they cover nothing; a thin line
    leads to one that stands apart.
    """
    chart = panel.chart
    entries = chart.item.measures[across], chart.item.measures[up]
    panel.title = heading(entries[1].title, entries[1].unit)
    right, top = (rows[measure].max() * 1.08 for measure in (across, up))
    _axes(panel, right, top, heading(entries[0].title, entries[0].unit))
    found = list(_points(panel, rows, across, up, by))
    for hollow in (False, True):
        part = [p for p in found if (p.across.is_estimate or p.up.is_estimate) == hollow]
        if part:
            (drawn,) = panel.ax.plot(
                [p.across.value or 0 for p in part], [p.up.value or 0 for p in part], ls="none",
                marker="o", ms=DOT, color=look.MAIN, mew=2, zorder=4,
                mfc=look.PAPER if hollow else look.MAIN,
            )  # fmt: skip
            panel.mark_numbers(drawn, [p.across for p in part], [p.up for p in part])
    _name(panel, found)
    for measure, numbers in ((across, [p.across for p in found]), (up, [p.up for p in found])):
        name = chart.item.measures[measure].title
        panel.series.append(Series("points", name, measure, by, numbers))


def _axes(panel: Panel, right: float, top: float, below: str) -> None:
    """Both axes from zero, with round numbers; the lower one is named below it."""
    ax, size = panel.ax, panel.chart.size
    ax.set(xlim=(0, right or 1), ylim=(0, top or 1))
    panel.fit(height=LOW if panel.chart.narrow else HEIGHT)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ticks = ax.yaxis.get_major_locator().tick_values(0, top)
    panel.fit(left=look.widest([nb(t) for t in ticks], size) + 10, right=16, top=8)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=int(panel.inner / 70), steps=[1, 2, 5, 10]))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: nb(value)))
    ax.grid(color=look.GRID, lw=0.8)
    ax.tick_params(axis="x", pad=9)
    ax.tick_params(axis="y", pad=6)
    line = size * look.LEADING
    panel.write(below, 1, 0, dy=-9 - 1.6 * line, ha="right", where="axes")
    panel.fit(bottom=9 + 2.2 * line)


def _points(panel: Panel, rows: Rows, across: str, up: str, by: str) -> Iterator[_Point]:
    (_, right), (_, top) = panel.ax.get_xlim(), panel.ax.get_ylim()
    columns = panel.values(rows, across), panel.values(rows, up), panel.names(rows, by)
    for first, second, name in zip(*columns, strict=True):
        if first and second and first.value is not None and second.value is not None:
            x, y = first.value / right * panel.inner, second.value / top * panel.height
            yield _Point(first, second, name, x, y)


def _name(panel: Panel, found: Sequence[_Point]) -> None:
    """Each name in the first place that is free, the most crowded points first.

    A name without a free place is left out: the table and the number's box have it.
    """
    half = DOT / 2 + 2
    taken: list[Box] = [(p.x - half, p.x + half, p.y - half, p.y + half) for p in found]
    others = {point: [*taken[:at], *taken[at + 1 :]] for at, point in enumerate(found)}
    names: list[Box] = []
    for point in sorted(found, key=lambda p: _neighbours(p, found), reverse=True):
        wide = look.text_width(point.name, panel.chart.size)
        for gap, box in _places(panel, point, wide):
            led = _leader(point, box) if gap > DISTANCES[1] else []
            boxes = [*others[point], *names]
            if _is_free(box, [*taken, *names]) and all(_is_free(spot, boxes) for spot in led):
                _write(panel, point, box, is_led=bool(led))
                names += [box, *led]
                break


def _neighbours(point: _Point, found: Sequence[_Point]) -> int:
    return sum(abs(point.x - other.x) + abs(point.y - other.y) < NEAR for other in found)


def _leader(point: _Point, box: Box) -> list[Box]:
    """Small boxes along the line that leads from a point to its name."""
    end_x, end_y = min(max(point.x, box[0]), box[1]), min(max(point.y, box[2]), box[3])
    spots = [
        (point.x + (end_x - point.x) * at / 8, point.y + (end_y - point.y) * at / 8)
        for at in range(1, 8)
    ]
    return [(x - 1, x + 1, y - 1, y + 1) for x, y in spots]


def _write(panel: Panel, point: _Point, box: Box, *, is_led: bool) -> None:
    x, y = point.across.value or 0.0, point.up.value or 0.0
    dx, dy = box[0] - point.x, (box[2] + box[3]) / 2 - point.y
    panel.write(point.name, x, y, dx=dx, dy=dy)
    if is_led:
        (_, right), (_, top) = panel.ax.get_xlim(), panel.ax.get_ylim()
        end_x, end_y = min(max(point.x, box[0]), box[1]), min(max(point.y, box[2]), box[3])
        xs, ys = [x, end_x / panel.inner * right], [y, end_y / panel.height * top]
        panel.ax.plot(xs, ys, color=look.RULE, lw=0.8, zorder=2)


def _places(panel: Panel, point: _Point, wide: float) -> Iterator[tuple[int, Box]]:
    """The boxes tried for a name, nearest first and to the right first."""
    high = panel.chart.size * look.LEADING
    for gap, turn in product(DISTANCES, TURNS):
        right, up = math.cos(turn), math.sin(turn)
        middle = point.x + gap * right + wide / 2 * max(-1.0, min(1.0, 1.6 * right))
        y = point.y + gap * up + high / 2 * max(-1.0, min(1.0, 1.6 * up))
        left = middle - wide / 2
        if left > 2 and left + wide < panel.inner + panel.right and high / 2 < y < panel.height:
            yield gap, (left, left + wide, y - high / 2, y + high / 2)


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    left, right, low, high = box
    return not any(
        left < other[1] and other[0] < right and low < other[3] and other[2] < high
        for other in taken
    )


def rate_lines(panel: Panel, rows: Rows, rate: str, *, by: str = "region") -> None:
    """A line from zero through all points with the rate (up per 1 000 across) of each row.

    Such as Oslo's, to see which points lie above it. Its name stands where it leaves the axes.
    """
    (_, right), (_, top) = panel.ax.get_xlim(), panel.ax.get_ylim()
    for name, number in zip(panel.names(rows, by), panel.values(rows, rate), strict=True):
        if number is None or number.value is None:
            continue
        end = min(right, top / (number.value / PER))
        (line,) = panel.ax.plot(
            [0, end], [0, end * number.value / PER], color=look.SECOND, ls=look.DASHED, lw=1.4,
            zorder=1,
        )  # fmt: skip
        panel.mark_numbers(line, [number])
        words = f"{name} {number.text}"
        panel.write(
            words, end, end * number.value / PER, dy=panel.chart.size * 0.7, ha="right",
            bold=True, colour=look.SECOND,
        )  # fmt: skip
        panel.top = max(panel.top, panel.chart.size * look.LEADING + 6)
