"""The drawings of a profile as SVG: months, a map with bars, groups.

They are many and simple, so they are written as SVG and not drawn with a library: a page's worth
takes a few milliseconds. Each is made in two widths, in the colours of a page or of paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.figures.look import BASE, NARROW, WIDE, text_size, text_width, wrapped
from kunnskapsgrunnlag.figures.steps import step_of, steps
from kunnskapsgrunnlag.publish.profiles.lookup import ByYear
from kunnskapsgrunnlag.store.value import Value

# The page's variables, and what they are on paper.
COLOURS = {
    "var(--kg-ink)": "#2c2c2c",
    "var(--kg-quiet)": "#595959",
    "var(--kg-grid)": "#e0e0e0",
    "var(--kg-grey)": "#8a8a8a",
    "var(--kg-warm-blue)": "#1f42aa",
    "var(--kg-paper)": "#ffffff",
    "var(--kg-rule)": "#d0d0d0",
}
INK, QUIET, GRID, GREY, MAIN, PAPER, RULE = COLOURS
BAR, ROW, TILE, GAP = 14, 24, 62, 3


@dataclass
class Sheet:
    """What is drawn on, `width` px wide; its height follows what is put on it."""

    width: float
    parts: list[str] = field(default_factory=list)
    height: float = 0

    @property
    def size(self) -> int:
        return text_size(int(self.width))

    def text(
        self, words: str, x: float, y: float, *, anchor: str = "", bold: bool = False,
        fill: str = "", haloed: bool = False,
    ) -> None:  # fmt: skip
        look = f' text-anchor="{anchor}"' if anchor else ""
        look += ' font-weight="700"' if bold else ""
        look += f' fill="{fill}"' if fill else ""
        if haloed:
            look += f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"'
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{look}>{esc(words)}</text>')

    def line(self, path: str, stroke: str, width: float = 1, *, dashed: bool = False) -> None:
        dash = ' stroke-dasharray="3 3"' if dashed else ""
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}" '
            f'stroke-linejoin="round"{dash}/>'
        )

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "",
        thick: float = 1,
    ) -> None:  # fmt: skip
        edge = f' stroke="{stroke}" stroke-width="{thick:g}"' if stroke else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{fill}"{edge}/>'
        )

    def dot(self, x: float, y: float) -> None:
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{MAIN}"/>')

    def svg(self, kind: str = "") -> str:
        """The drawing; with `kind` as part of a page, without it as a file in print colours."""
        name = f' class="kg-{kind}" aria-hidden="true"' if kind else ""
        whole = (
            f'<svg xmlns="http://www.w3.org/2000/svg"{name} width="{self.width:g}" '
            f'viewBox="0 0 {self.width:g} {self.height:.0f}" fill="{INK}" '
            f'font-size="{self.size}px">{"".join(self.parts)}</svg>'
        )
        if kind:
            return whole
        for variable, colour in COLOURS.items():
            whole = whole.replace(variable, colour)
        return whole.replace("<svg ", '<svg font-family="IBM Plex Sans" ')


Draw = Callable[[Sheet], None]


def for_page(draw: Draw, alt: str) -> str:
    """The drawing in both widths, as one picture with a name."""
    drawn = "".join(drawing(draw, width).svg(k) for width, k in ((WIDE, "bred"), (NARROW, "smal")))
    return f'<div class="kg-bilde" role="img" aria-label="{esc(alt)}">{drawn}</div>'


def drawing(draw: Draw, width: int) -> Sheet:
    sheet = Sheet(width)
    draw(sheet)
    return sheet


@dataclass(frozen=True)
class _Axes:
    """Where a year and a number lie on a sheet with a line."""

    sheet: Sheet
    first: float
    last: float
    left: float
    top: float
    highest: float
    right: float = 10
    high: float = 200

    @property
    def bottom(self) -> float:
        return self.top + self.high

    def x(self, at: float) -> float:
        room = self.sheet.width - self.left - self.right
        return self.left + (at - self.first) / (self.last - self.first or 1) * room

    def y(self, value: float) -> float:
        return self.bottom - value / self.highest * self.high


def months_drawing(
    points: Sequence[tuple[float, Value]], breaks: Sequence[int], labels: Mapping[float, str]
) -> Draw:
    """A line from month to month, open where a number is missing.

    Args:
        points: Year and month as a number of years, and the number.
        breaks: Years from which the numbers are others.
        labels: What is written at some of the points.
    """
    # Room above the line for what is written at its highest point.
    highest = max(value.value for _, value in points if value.value is not None)
    ticks = round_ticks(highest * 1.12)

    def draw(sheet: Sheet) -> None:
        size = sheet.size
        left = max(text_width(nb(tick), size) for tick in ticks) + 8
        axes = _Axes(sheet, points[0][0], points[-1][0], left, 2.2 * size, ticks[-1])
        for tick in ticks:
            sheet.line(f"M{left:.1f} {axes.y(tick):.1f}H{sheet.width - axes.right:.1f}", GRID)
            sheet.text(nb(tick), left - 6, axes.y(tick) + BASE * size, anchor="end", fill=QUIET)
        step = 2 if sheet.width == WIDE else 4
        for year in range(math.ceil(axes.first), math.floor(axes.last) + 1, step):
            sheet.text(
                str(year), axes.x(year), axes.bottom + 1.4 * size, anchor="middle", fill=QUIET
            )
        for year in (year for year in breaks if axes.first < year < axes.last):
            x = axes.x(year)
            sheet.line(f"M{x:.1f} {axes.top - 4:.1f}V{axes.bottom:.1f}", GREY, dashed=True)
            sheet.text(str(year), x, axes.top - 0.6 * size, anchor="middle", fill=QUIET)
        sheet.line(_path(points, axes), MAIN, 2)
        for at, value in points:
            if at in labels and value.value is not None:
                _label(axes, at, value.value, labels[at])
        sheet.height = axes.bottom + 1.9 * size

    return draw


def _path(points: Sequence[tuple[float, Value]], axes: _Axes) -> str:
    path, joined = "", False
    for at, value in points:
        if value.value is not None:
            path += f"{'L' if joined else 'M'}{axes.x(at):.1f} {axes.y(value.value):.1f}"
        joined = value.value is not None
    return path


def _label(axes: _Axes, at: float, value: float, words: str) -> None:
    """A dot and its words; those of the first and the last stand low, where the line is not."""
    sheet, x, y = axes.sheet, axes.x(at), axes.y(value)
    sheet.dot(x, y)
    is_late, is_end = x > sheet.width / 2, at in (axes.first, axes.last)
    x = sheet.width - axes.right if at == axes.last else x + (6, -6)[is_late]
    y = axes.bottom - 1.2 * sheet.size if is_end else y - 0.7 * sheet.size
    sheet.text(words, x, y, anchor="end" if is_late else "", bold=True, fill=MAIN, haloed=True)


def map_drawing(
    tiles: Sequence[Sequence[str]],
    values: Mapping[str, Value],
    names: Mapping[str, str],
    own: str,
    parts: Sequence[tuple[str, Value]],
) -> Draw:
    """The areas as tiles about where they lie, their own framed; beside it bars of its parts."""
    decimals = next(iter(values.values())).decimals
    numbers = {key: value.value for key, value in values.items() if value.value is not None}

    def draw(sheet: Sheet) -> None:
        is_wide = sheet.width == WIDE
        bars_from, room = (0.0, sheet.width)
        if tiles:
            across = max(map(len, tiles))
            whole = 430.0 if is_wide and parts else sheet.width
            wide = min(whole / across, 112)
            scale = steps(numbers, decimals)
            for down, row in enumerate(tiles):
                for at, key in enumerate(row):
                    if key:
                        step = step_of(numbers.get(key, math.nan), scale, decimals)
                        place = (at * wide, down * TILE, wide - GAP)
                        look = (step.fill, step.ink) if step else (PAPER, INK)
                        _tile(sheet, names[key], values.get(key), place, look, is_own=key == own)
            sheet.height = len(tiles) * TILE
            bars_from, room = (whole + 16, sheet.width - whole - 16) if is_wide else (0, room)
        if parts:
            top = 0 if is_wide else sheet.height + 14
            bottom = bars(sheet, parts, {}, left=bars_from, top=top, width=room)
            sheet.height = max(sheet.height, bottom)

    return draw


def _tile(
    sheet: Sheet, name: str, value: Value | None, place: tuple[float, float, float],
    look: tuple[str, str], *, is_own: bool,
) -> None:  # fmt: skip
    (x, y, wide), (fill, ink), size = place, look, sheet.size
    sheet.box(x + 1, y + 1, wide - 2, TILE - GAP - 2, fill, "" if is_own else RULE)
    if is_own:
        sheet.box(x + 1.5, y + 1.5, wide - 3, TILE - GAP - 3, "none", INK, 3)
        sheet.box(x + 4, y + 4, wide - 8, TILE - GAP - 8, "none", PAPER, 2)
    for at, line in enumerate(wrapped(name, wide - 14, size)[:2]):
        sheet.text(line, x + 8, y + 7 + size * (0.85 + at), fill=ink)
    text = value.text if value else ".."
    sheet.text(text, x + 8, y + TILE - 12, bold=True, fill=ink)


def groups_drawing(rows: Sequence[tuple[str, Value]], whole: Mapping[str, Value]) -> Draw:
    """A bar for each group, with a mark where the whole lies."""

    def draw(sheet: Sheet) -> None:
        sheet.height = bars(sheet, rows, whole, left=0, top=0, width=sheet.width)

    return draw


def bars(
    sheet: Sheet, rows: Sequence[tuple[str, Value]], whole: Mapping[str, Value], *, left: float,
    top: float, width: float,
) -> float:  # fmt: skip
    """Bars from 0 with name and number; returns where they end."""
    size = sheet.size
    names = max(text_width(name, size) for name, _ in rows) + 10
    texts = max(text_width(value.text, size, bold=True) for _, value in rows) + 12
    numbers = [value.value or 0 for value in (*(v for _, v in rows), *whole.values())]
    room = min(width - names - texts, 320)
    for at, (name, value) in enumerate(rows):
        y = top + at * ROW
        sheet.text(name, left, y + BAR / 2 + BASE * size + 3)
        long = (value.value or 0) / (max(numbers) or 1) * room
        end = left + names + long
        if value.value is not None:
            sheet.box(left + names, y + 3, long, BAR, MAIN)
        if name in whole and whole[name].value is not None:
            mark = left + names + (whole[name].value or 0) / (max(numbers) or 1) * room
            sheet.line(f"M{mark:.1f} {y:.1f}V{y + BAR + 6:.1f}", INK, 3)
            # The number stands at its bar; behind the mark only where there is no room before it.
            if end - 4 < mark < end + texts + 2:
                end = mark
        sheet.text(value.text, end + 7, y + BAR / 2 + BASE * size + 3, bold=True)
    return top + len(rows) * ROW


def round_ticks(highest: float) -> list[float]:
    """0 and two to four round numbers above it, the last no lower than the highest."""
    power = 10.0 ** math.floor(math.log10(highest or 1))
    step = next(s * power for s in (0.25, 0.5, 1, 2, 2.5, 5) if highest / (s * power) <= 4)
    if power >= 10:
        step = max(step, 1)
    return [step * at for at in range(math.ceil(highest / step) + 1)]


SPARK_WIDE, SPARK_HIGH, SPARK_EDGE = 120.0, 34.0, 4.0


def spark(own: ByYear, whole: ByYear, breaks: Sequence[int], *, on_page: bool = True) -> str:
    """An area's years in a small line, and the whole's dashed; "" of fewer than two years.

    Both are open at breaks and where a number is missing.
    """
    known = {year: v.value for year, v in own.items() if v.value is not None}
    numbers = [v.value for v in (*own.values(), *whole.values()) if v.value is not None]
    if len(known) < 2:
        return ""
    sheet = Sheet(SPARK_WIDE, height=SPARK_HIGH)
    first, last, low, high = min(known), max(known), min(numbers), max(numbers)

    def place(year: int, number: float) -> tuple[float, float]:
        x = SPARK_EDGE + (year - first) / (last - first) * (SPARK_WIDE - 2 * SPARK_EDGE)
        y = (number - low) / (high - low or 1) * (SPARK_HIGH - 2 * SPARK_EDGE)
        return x, SPARK_HIGH - SPARK_EDGE - y

    for series, stroke in ((whole, QUIET), (own, MAIN)):
        path, before = "", 0
        for year, value in sorted(series.items()):
            if value.value is None or not first <= year <= last:
                continue
            joined = before and not any(before < gap <= year for gap in breaks)
            joined = joined and year - before == 1
            x, y = place(year, value.value)
            path += f"{'L' if joined else 'M'}{x:.1f} {y:.1f}{'' if joined else 'h.1'}"
            before = year
        sheet.line(path, stroke, 2 if stroke == MAIN else 1.2, dashed=stroke == QUIET)
    sheet.dot(*place(last, known[last]))
    return sheet.svg("gnist" if on_page else "")
