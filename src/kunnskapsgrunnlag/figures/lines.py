"""Lines through the years, each named at its end with its last number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Panel, Rows, Series
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.value import Value

# Px: the axes' height in each drawing, and from the end of a line to its name.
HEIGHT, LOW, TO_NAME = 230, 190, 10
# Years before the first and after the last.
EDGE = 0.15
# The share of a panel that names may take, and how far a name moves before a leader is drawn.
MOST, LED = 0.38, 5.0
# How far above the highest value, as a share of the axis, a round number still ends it.
NEXT = 0.15


@dataclass
class _Line:
    """A line: its words, its numbers by year, its colour and style."""

    name: str
    numbers: list[Value]
    measure: str
    colour: str
    style: Any
    base: float = 0.0

    @property
    def values(self) -> list[float]:
        """What is drawn: the numbers, or their percent of the first; NaN for a missing one."""
        values = [math.nan if n.value is None else n.value for n in self.numbers]
        return [value / self.base * 100 for value in values] if self.base else values

    @property
    def last(self) -> float:
        """The last value that is drawn."""
        return self.values[self.numbers.index(self.end)]

    @property
    def end(self) -> Value:
        """The last number that is there."""
        return next(n for n in reversed(self.numbers) if n.value is not None)


class _Place(NamedTuple):
    """A label's place from its line's end in a year: px to its left edge and up to its middle.

    Attributes:
        name: In lines; the number stands behind the last of them.
    """

    name: Sequence[str]
    year: int
    right: float
    up: float


def lines(
    panel: Panel,
    rows: Rows,
    *,
    index: bool = False,
    height: float | None = None,
) -> None:
    """A line for each region or category in the rows and each measure of the panel.

    Colour follows the region and never the place of a line among the others, a dash is the second
    measure; where there is one line for each measure, they have a colour each. A line ends where
    its numbers do.

    Args:
        index: Whether each line shows its change since the first year that all have, which is
            100. The numbers at the ends are those of the table.
        height: Of the axes, px.
    """
    drawn = _lines(panel, rows, panel.measures)
    alike = _lines(panel, rows, panel.alike) or drawn
    first = _set_bases([*drawn, *alike]) if index else 0
    panel.years = sorted({int(year) for year in rows["year"]})
    panel.fit(height=height or (LOW if panel.chart.narrow else HEIGHT))
    low, high = panel.bounds(rows)
    if index:
        values = [v for line in alike for v in line.values if not math.isnan(v)]
        low, high = min(values), max(values)
    _axes(panel, low, high, zero=not index)
    if index:
        panel.note = f"Indeks ({first} = 100). Aksen begynner på {nb(panel.ax.get_ylim()[0])}."
    last = max(panel.years)
    early = [line for line in drawn if line.end.year != last]
    late = [line for line in drawn if line.end.year == last]
    # The room beside the axes decides how wide a year is, and so what has room within them.
    _make_room(panel, late)
    within = [_place_within(panel, line, drawn) for line in early]
    if not late or None in within:
        late, early = drawn, []
        _make_room(panel, late)
    for line in drawn:
        _draw(panel, line)
        panel.series.append(Series("line", line.name, line.measure, "year", line.numbers))
    _name_ends(panel, late)
    for line, place in zip(early, within, strict=False):
        if place:
            _write(panel, line, place, line.end.text)


def _set_bases(drawn: Sequence[_Line]) -> int:
    """Give each line its number in the first year that all have one, and that year."""
    known = [{n.year: n.value for n in line.numbers if n.value} for line in drawn]
    first = min(year for year in known[0] if year and all(year in values for values in known))
    for line, values in zip(drawn, known, strict=True):
        line.base = values[first]
    return first


def _lines(panel: Panel, rows: Rows, measures: Sequence[str]) -> list[_Line]:
    """The lines, regions in the order of the rows, and of each the measures."""
    dim = next((d for d in panel.chart.item.dims if d != "year" and rows[d].nunique() > 1), None)
    if dim is None and "region" in rows and panel.chart.table["region"].nunique() > 1:
        dim = "region"
    keys = list(dict.fromkeys(rows[dim])) if dim else [None]
    found = []
    for key in keys:
        part = (rows if key is None else rows[rows[dim] == key]).sort_values("year")
        for second, measure in enumerate(measures):
            numbers = _spanned(panel, part, measure)
            words = [panel.chart.name(dim, key)] if dim else []
            if len(measures) > 1:
                words.append(panel.short(measure, within=bool(words)))
            found.append(
                _Line(
                    ", ".join(words),
                    numbers,
                    measure,
                    _colour(key, keys, second),
                    look.DASHED if second else look.SOLID,
                )
            )
    return [line for line in found if any(n.value is not None for n in line.numbers)]


def _spanned(panel: Panel, rows: Rows, measure: str) -> list[Value]:
    """From the first number to the last: a gap between them stays a gap."""
    numbers = [n for n in panel.values(rows, measure) if n is not None]
    known = [at for at, number in enumerate(numbers) if number.value is not None]
    return numbers[known[0] : known[-1] + 1] if known else []


def _colour(key: str | None, keys: Sequence[str | None], second: int) -> str:
    if key is not None:
        return look.region_colour(key, keys)
    return (look.MAIN, look.SECOND, look.CONTEXT)[min(second, 2)]


def _axes(panel: Panel, low: float, high: float, *, zero: bool) -> None:
    """Few round numbers up the axis, in the room that their widest needs."""
    ax = panel.ax
    start = min(low, 0.0) if zero else _round_start(low, high)
    locator = MaxNLocator(nbins=max(4, int(panel.height / 50)), steps=[1, 2, 2.5, 5, 10])
    ax.yaxis.set_major_locator(locator)
    ticks = [t for t in locator.tick_values(start, high) if start <= t]
    # Up to a round number where one is near.
    top = next((t for t in ticks if high <= t < high + (high - start) * NEXT), high)
    ax.set_ylim(start, max(top, high + (high - start) * 0.06))
    # Half of the highest number's height stands above the axes.
    panel.fit(top=8 + panel.chart.size / 2 if top in ticks else 8)
    places = 0 if all(t == int(t) for t in ticks) else 1
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: nb(value, places)))
    panel.fit(left=look.widest([nb(t, places) for t in ticks], panel.chart.size) + 8)
    ax.grid(axis="y", color=look.GRID, lw=0.8)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", pad=6)


def _round_start(low: float, high: float) -> float:
    """The round number below the lowest from which an axis that does not begin at zero begins."""
    ticks = MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(low, high)
    return float(max(tick for tick in ticks if tick <= low))


def _year_ticks(panel: Panel) -> None:
    """Years below the axes, as many as have room; the last is always one of them."""
    years, size = panel.years, panel.chart.size
    first, last = years[0], years[-1]
    panel.ax.set_xlim(first - EDGE, last + EDGE)
    wide = look.text_width("2020", size)
    per_year = panel.inner / max(last - first + 0.3, 1)
    least = max(1, math.ceil((wide + 12) / per_year))
    # Rather a little longer, so that the first year has its name too.
    step = next((s for s in range(least, 3 * least + 1) if (last - first) % s == 0), least)
    ticks = list(range(last, first - 1, -step))[::-1]
    panel.ax.set_xticks(ticks, [str(year) for year in ticks])
    panel.ax.tick_params(axis="x", pad=9)
    panel.fit(bottom=size * look.LEADING + 9)


def _draw(panel: Panel, line: _Line) -> None:
    """The line with a dot for each year; estimates as rings, with their band."""
    years = [n.year or 0 for n in line.numbers]
    values = line.values
    bands = [band(n) or (n.value, n.value) for n in line.numbers]
    if any(band(n) for n in line.numbers):
        panel.chart.has_bands = True
        low, high = zip(*bands, strict=True)
        panel.ax.fill_between(years, low, high, color=look.BAND, lw=0, zorder=1)
    hollow = any(n.is_estimate for n in line.numbers)
    (drawn,) = panel.ax.plot(
        years, values, color=line.colour, ls=line.style, lw=2.2, marker="o", ms=6 if hollow else 5,
        mfc=look.PAPER if hollow else line.colour, clip_on=False, zorder=3,
    )  # fmt: skip
    panel.mark_numbers(drawn, line.numbers)


def _make_room(panel: Panel, beside: Sequence[_Line]) -> None:
    """The right margin that the names of these lines need, and the years in what is left."""
    widths = [_label_width(panel, *_label(panel, line)) for line in beside]
    panel.fit(right=max([*widths, 0.0]) + TO_NAME)
    _year_ticks(panel)


def _label(panel: Panel, line: _Line) -> tuple[list[str], str]:
    """What stands at a line's end: its name in lines, and its number behind or below the last."""
    size, room = panel.chart.size, MOST * panel.width
    number = line.end.text
    if line.end.year != max(panel.years):
        number = f"{number} ({line.end.year})"
    name = look.wrapped(line.name, room, size)
    beside = look.text_width(f"{name[-1]} ", size) + look.text_width(number, size, bold=True)
    return (name if beside <= room else [*name, ""]), number


def _label_width(panel: Panel, name: Sequence[str], number: str) -> float:
    """How wide a label is, px."""
    size = panel.chart.size
    beside = look.text_width(f"{name[-1]} " if name[-1] else "", size)
    return max(look.widest(name, size), beside + look.text_width(number, size, bold=True))


def _place_within(panel: Panel, line: _Line, drawn: Sequence[_Line]) -> _Place | None:
    """Where the label of a line that ends early stands, above or below its end; None without room.

    No line and no break passes through its words, in one line of text or in two.
    """
    step = panel.chart.size * look.LEADING
    (low, high), (first, last) = panel.ax.get_ylim(), panel.ax.get_xlim()
    per_px, per_year = (high - low) / panel.height, panel.inner / (last - first)
    end = ((line.end.year or 0) - first) * per_year
    foot = (line.last - low) / per_px
    breaks = [(gap.year - 0.5 - first) * per_year for gap in panel.chart.item.breaks]
    for name in ([line.name], [line.name, ""]):
        wide, half = _label_width(panel, name, line.end.text), len(name) * step / 2
        start = max(end + 4 - wide, 2.0)
        years = first + np.linspace(start, start + wide, 40) / per_year
        courses = [_course(other, years, low, per_px) for other in drawn]
        for up in (half + 5, -half - 5):
            middle = foot + up
            clear = all((abs(course - middle) > half + 4).all() for course in courses)
            free = not any(start - 3 < at < start + wide + 3 for at in breaks)
            if clear and free and half < middle < panel.height:
                return _Place(name, line.end.year or 0, start - end, up)
    return None


def _course(line: _Line, years: np.ndarray[Any, Any], low: float, per_px: float) -> Any:
    """How high a line lies at some years, px; infinitely far where it has no number."""
    known = zip(line.numbers, line.values, strict=True)
    at, values = zip(*((n.year or 0, v) for n, v in known if not math.isnan(v)), strict=True)
    return (np.interp(years, at, values, np.inf, np.inf) - low) / per_px


def _name_ends(panel: Panel, late: Sequence[_Line]) -> None:
    """The labels right of the axes, pushed apart; a thin line leads to one that moved far."""
    (low, high), last = panel.ax.get_ylim(), max(panel.years)
    per_px = (high - low) / panel.height
    step = panel.chart.size * look.LEADING
    labels = [_label(panel, line) for line in late]
    wanted = [(line.last - low) / per_px for line in late]
    places = apart(wanted, [len(name) * step for name, _ in labels], panel.height + step)
    for line, (name, number), at, place in zip(late, labels, wanted, places, strict=True):
        year = line.end.year or last
        if abs(place - at) > LED or year < last:
            panel.ax.plot(
                [year, last + EDGE], [low + at * per_px, low + place * per_px], color=look.RULE,
                lw=0.8, clip_on=False, zorder=2,
            )  # fmt: skip
        _write(panel, line, _Place(name, last, TO_NAME, place - at), number)


def _write(panel: Panel, line: _Line, place: _Place, number: str) -> None:
    """Write a label from its place on; the number behind or below the name is bold."""
    year, value = place.year, line.last
    size, name = panel.chart.size, place.name
    colour = look.INK if line.colour == look.CONTEXT else line.colour
    for row, text in enumerate(name):
        up = place.up + ((len(name) - 1) / 2 - row) * size * look.LEADING
        if text:
            panel.write(text, year, value, dx=place.right, dy=up, colour=colour)
    beside = look.text_width(f"{name[-1]} " if name[-1] else "", size)
    panel.write(number, year, value, dx=place.right + beside, dy=up, colour=colour, bold=True)


def apart(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """The middles of labels, moved as little as needed so that none touches another.

    Args:
        wanted: Where each would stand, px from the foot; `heights` is how high each is.
        top: Above this no label may reach.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [wanted[at] for at in order]
    high = [heights[at] for at in order]
    for _ in range(200):
        if placed:
            placed[-1] = min(placed[-1], top - high[-1] / 2)
            placed[0] = max(placed[0], high[0] / 2 - 12)
        moved = False
        for at in range(len(placed) - 1):
            lack = (high[at] + high[at + 1]) / 2 - (placed[at + 1] - placed[at])
            if lack > 1e-6:
                placed[at] -= lack / 2
                placed[at + 1] += lack / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(wanted)
    for at, place in zip(order, placed, strict=True):
        result[at] = place
    return result
