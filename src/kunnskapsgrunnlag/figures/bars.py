"""Bars across, one per row, each with its number; an estimate is a ring on its band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
from matplotlib.container import BarContainer
from matplotlib.ticker import MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, nb
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Number, Panel, Rows, Series
from kunnskapsgrunnlag.figures.references import Reference, draw_references
from kunnskapsgrunnlag.store.bands import band

# Px: the thickness of a bar and of a band, the room for a row, and beside a name or a number.
BAR, STRIPE, ROW, GAP = 17, 10, 26, 7
# Names that are wider than this share of a narrow panel stand over their bars.
MOST = 0.42
# Values below it may have a decimal on the axis.
TEN = 10


def bars(
    panel: Panel,
    rows: Rows,
    *,
    reference: Rows | None = None,
    scale: Rows | None = None,
) -> None:
    """A bar for each row that has a number, or a sign for it, in the order of the rows.

    Oslo and the whole country stand out among other regions. Where one of the numbers is an
    estimate with a band, the numbers stand in a column and the axis says its values.

    Args:
        reference: Rows, such as that of Oslo, that the others are compared with: a dashed line.
        scale: Rows that the axis has room for, where bars are compared with those of other panels.
    """
    by = panel.chart.item.dims[0]
    rows = rows[[number is not None for number in panel.values(rows)]]
    numbers = panel.values(rows)
    row_names(panel, panel.names(rows, by), () if scale is None else panel.names(scale, by))
    keys = [str(key) for key in rows[by]]
    colours = [look.region_colour(key, keys) for key in keys]
    are_banded = any(number is not None and band(number) for number in numbers)
    compared = pd.concat([part for part in (rows, reference, scale) if part is not None])
    _number_axis(panel, compared, shown=are_banded)
    _draw(panel, [row for row in zip(range(len(rows)), numbers, colours, strict=True) if row[1]])
    for place, number in enumerate(numbers):
        _write(panel, place, number, in_column=are_banded)
    compared_with = [] if reference is None else references(panel, reference, panel.measure, by)
    told = [*numbers, *(line.number for line in compared_with)]
    panel.series.append(Series("bars", "", panel.measure, by, [n for n in told if n is not None]))
    if compared_with:
        panel.fit(top=draw_references(panel, compared_with, panel.top - 2) + 4)


def label_bars(panel: Panel, rows: Rows) -> None:
    """Finish the bars that seaborn has drawn of the rows: numbers at their ends, names, marks."""
    ax, line = panel.ax, panel.chart.size * look.LEADING
    drawn = cast(BarContainer, ax.containers[-1])
    words = ["" if number is None else number.text for number in panel.values(rows)]
    ax.bar_label(drawn, words, padding=3)
    panel.mark(drawn, rows)
    ax.set(xlabel="", ylabel="")
    if drawn.orientation == "horizontal":
        row_names(panel, [label.get_text() for label in ax.get_yticklabels()])
        ax.xaxis.set_visible(False)
        panel.fit(right=look.widest(words, panel.chart.size) + GAP)
    else:
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        panel.fit(top=line + 6, bottom=line + 6)


def references(panel: Panel, rows: Rows, measure: str, by: str) -> list[Reference]:
    """The lines of rows to compare with, named by their region or category and number."""
    named = zip(panel.names(rows, by), panel.values(rows, measure), strict=True)
    known = [(name, n) for name, n in named if n is not None and n.value is not None]
    return [Reference(n, f"{name} {n.text}", look.INK) for name, n in known]


def row_names(
    panel: Panel, names: Sequence[str], others: Sequence[str] = (), *, row: float = ROW
) -> None:
    """A row for each name, from the top: beside its mark, or over it where it is long.

    Args:
        others: Names of other panels, which get the same room so that marks begin alike.
    """
    size, ax = panel.chart.size, panel.ax
    over = panel.chart.narrow and look.widest([*names, *others], size) > MOST * panel.width
    lines = [[n] if over else look.wrapped(n, MOST * panel.width, size) for n in names]
    wide = [line for n in others for line in look.wrapped(n, MOST * panel.width, size)]
    line = size * look.LEADING
    row = row + line + 4 if over else max(row, max(map(len, lines), default=1) * line + 8)
    # Over a mark: half a bar, a little room and half a line of text above its middle.
    up = (BAR + line + 4) / 2 / row if over else 0.0
    count = max(len(names), 1)
    ax.set(ylim=(count - 0.5, -0.5))
    ax.set_yticks([place - up for place in range(len(names))], ["\n".join(n) for n in lines])
    # Over bars, room for half of the number below their foot.
    widest = max(look.widest(words, size) for words in (*lines, wide))
    beside = 5.0 if over else widest + GAP
    panel.fit(left=beside, height=row * count, top=14 if over else 4)
    ax.tick_params(axis="y", pad=0 if over else GAP)
    if over:
        for label in ax.get_yticklabels():
            label.set_horizontalalignment("left")
    for side in ("top", "right", "bottom", *(["left"] if over else [])):
        ax.spines[side].set_visible(False)


def _number_axis(panel: Panel, rows: Rows, *, shown: bool) -> None:
    """From zero to the largest number or bound; values are said where numbers stand apart."""
    low, high = panel.bounds(rows, panel.measure)
    panel.ax.set_xlim(min(low, 0.0), high or 1.0)
    words = [n.text for n in panel.values(rows) if n is not None]
    panel.fit(right=look.widest(words, panel.chart.size, bold=shown) + GAP * (2.5 if shown else 1))
    if shown:
        value_axis(panel)
    else:
        panel.ax.xaxis.set_visible(False)


def value_axis(panel: Panel) -> None:
    """Few round values in Norwegian below the axes, over light lines."""
    ax, size = panel.ax, panel.chart.size
    low, high = ax.get_xlim()
    most = int(panel.inner / (look.text_width(nb(high, int(high < TEN)), size) + 20))
    locator = MaxNLocator(nbins=min(max(2, most), 6), steps=[1, 2, 5, 10])
    ticks = [tick for tick in locator.tick_values(low, high) if low <= tick <= high]
    places = 0 if all(tick == int(tick) for tick in ticks) else 1
    ax.set_xticks(ticks, [nb(tick, places) for tick in ticks])
    ax.grid(axis="x", color=look.GRID, lw=0.8)
    ax.tick_params(axis="x", pad=5)
    for label in ax.get_yticklabels():
        if label.get_horizontalalignment() == "left":  # a name over its mark
            label.set_bbox({"facecolor": look.PAPER, "edgecolor": "none", "pad": 0})
    panel.fit(bottom=size * look.LEADING + 6)


def _draw(panel: Panel, rows: Sequence[tuple[int, Number, str]]) -> None:
    """The marks of the rows that have a number: bars, and rings on their bands."""
    known = [(at, n, colour) for at, n, colour in rows if n is not None and n.value is not None]
    rings = [row for row in known if band(row[1])]
    filled = [row for row in known if row not in rings]
    for place, number, colour in rings:
        draw_band(panel, place, band(number) or (0.0, 0.0))
        (ring,) = panel.ax.plot([number.value or 0.0], [place], **RING, color=colour, clip_on=False)
        panel.mark_numbers(ring, [number])
    places, values = [at for at, _, _ in filled], [n.value or 0.0 for _, n, _ in filled]
    colours = [colour for _, _, colour in filled]
    drawn = panel.ax.barh(places, values, bar_height(panel), color=colours)
    for bar, (_, number, _) in zip(drawn, filled, strict=True):
        panel.mark_numbers(bar, [number])


def bar_height(panel: Panel) -> float:
    """How high bars are in the panel's data, so that they are as thick as in other drawings."""
    return BAR / panel.height * len(panel.ax.get_yticks())


def _write(panel: Panel, place: int, number: Number, *, in_column: bool) -> None:
    """A row's number at the end of its bar or in a column; its sign where it is missing."""
    if number is None:
        return
    if in_column:
        panel.write(number.text, 1, place, dx=panel.right, ha="right", where="row", bold=True)
    elif number.value is not None or number.text in SYMBOLS:
        panel.write(number.text, max(number.value or 0.0, 0.0), place, dx=GAP - 2)


RING: dict[str, Any] = {
    "marker": "o",
    "markersize": 10,
    "markerfacecolor": look.PAPER,
    "markeredgewidth": 2.2,
}


def draw_band(
    panel: Panel, place: float, bounds: tuple[float, float], *, wide: float = STRIPE
) -> None:
    """The band within which an estimate may lie."""
    panel.chart.has_bands = True
    panel.ax.plot(
        bounds, [place, place], color=look.BAND, lw=wide, solid_capstyle="round", zorder=1,
        clip_on=False,
    )  # fmt: skip
