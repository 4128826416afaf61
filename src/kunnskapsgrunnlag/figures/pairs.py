"""Two numbers in each row on a common axis: a dot and a diamond, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.bars import GAP, draw_band, references, row_names, value_axis
from kunnskapsgrunnlag.figures.chart import Number, Panel, Rows, Series
from kunnskapsgrunnlag.figures.references import draw_references
from kunnskapsgrunnlag.store.bands import band

# Px: a row, one whose estimates lie in two lanes, a lane's distance from the middle, a band.
ROW, TALL, LANE, STRIPE = 24, 32, 6, 7
DOT: dict[str, Any] = {"marker": "o", "markersize": 8, "color": look.MAIN}
DIAMOND: dict[str, Any] = {"marker": "D", "markersize": 7, "color": look.SECOND}
# The year before stands back.
THEN_NOW = [look.CONTEXT, look.MAIN]
HOLLOW: dict[str, Any] = {"markerfacecolor": look.PAPER, "markeredgewidth": 2}


def pairs(
    panel: Panel,
    rows: Rows,
    *,
    years: Sequence[int] = (),
    regions: Sequence[str] = (),
    by: str | None = None,
    reference: Rows | None = None,
) -> None:
    """The panel's two measures of each row, or its one in two years or regions, in their order.

    The numbers stand in columns to the right, under the mark and the name of their own. Estimates
    are hollow, and lie on their bands in two lanes of the row.

    Args:
        years: The first and the last year; the rows are in the order of those of the last.
        regions: The same with two regions, of which `by` names the rows.
        reference: Rows, such as that of Oslo, whose two numbers are lines in the marks' colours.
    """
    chart = panel.chart
    by = by or chart.item.dims[0]
    names = panel.measures
    keys, shapes = years or regions, [DOT, DIAMOND]
    if keys:
        dim = "year" if years else "region"
        shown = rows[rows[dim] == keys[-1]]
        parts = [shown.assign(**{dim: key}) for key in keys]
        sides = [
            (chart.name(dim, key), names[0], panel.values(part, names[0]))
            for key, part in zip(keys, parts, strict=True)
        ]
        colours = [look.region_colour(str(key), regions) for key in regions] or THEN_NOW
        shapes = [shape | {"color": colour} for shape, colour in zip(shapes, colours, strict=True)]
    else:
        sides = [(panel.short(name), name, panel.values(rows, name)) for name in names]
        shown = rows
    are_banded = any(n is not None and band(n) for _, _, numbers in sides for n in numbers)
    row_names(panel, panel.names(shown, by), row=TALL if are_banded else ROW)
    beside = [[] if reference is None else panel.values(reference, name) for name in names]
    _axis(panel, [numbers for _, _, numbers in sides], beside)
    if not are_banded:
        _threads(panel, sides[0][2], sides[1][2])
    for at, (look_, (name, measure, numbers)) in enumerate(zip(shapes, sides, strict=True)):
        lane = (at - 0.5) * 2 * LANE / panel.height * len(shown) if are_banded else 0.0
        _marks(panel, numbers, look_, lane)
        told = [*numbers, *(() if keys else beside[at])]
        known = [n for n in told if n is not None]
        panel.series.append(Series("marks", name, measure, by, known))
    compared = [
        line._replace(colour=look_["color"])
        for look_, measure in zip(shapes, names, strict=False)
        for line in (() if reference is None else references(panel, reference, measure, by))
    ]
    over = draw_references(panel, compared, panel.top - 2) if compared else panel.top - 4
    _columns(panel, [(name, numbers) for name, _, numbers in sides], shapes, over)


def _axis(
    panel: Panel, columns: Sequence[Sequence[Number]], beside: Sequence[Sequence[Number]]
) -> None:
    """From zero to the largest number or bound, with room for the columns of numbers."""
    numbers = [number for column in (*columns, *beside) for number in column]
    known = [n for n in numbers if n is not None and n.value is not None]
    top = max((max((n.value or 0.0, *(band(n) or ()))) for n in known), default=1.0) or 1.0
    panel.ax.set_xlim(0, top)
    panel.fit(right=sum(_wide(panel, numbers) for numbers in columns) + 2 * GAP)
    value_axis(panel)


def _wide(panel: Panel, numbers: Sequence[Number]) -> float:
    """How wide a column of numbers is, px, with the room before it."""
    texts = [n.text for n in numbers if n is not None]
    return max(look.widest(texts, panel.chart.size), 16) + 2 * GAP


def _threads(panel: Panel, first: Sequence[Number], second: Sequence[Number]) -> None:
    for place, (a, b) in enumerate(zip(first, second, strict=True)):
        if a and b and a.value is not None and b.value is not None:
            panel.ax.plot([a.value, b.value], [place, place], color=look.GRID, lw=3, zorder=1)


def _marks(panel: Panel, numbers: Sequence[Number], shape: dict[str, Any], lane: float) -> None:
    """The marks of one measure: filled, and hollow on their bands where they are estimates."""
    known = [(at, n) for at, n in enumerate(numbers) if n is not None and n.value is not None]
    for place, number in known:
        if bounds := band(number):
            draw_band(panel, place + lane, bounds, wide=STRIPE)
    for hollow in (False, True):
        part = [(at, n) for at, n in known if n.is_estimate == hollow]
        if not part:
            continue
        face = HOLLOW if hollow else {}
        (drawn,) = panel.ax.plot(
            [n.value or 0.0 for _, n in part], [at + lane for at, _ in part], ls="none",
            clip_on=False, zorder=4, **shape, **face,
        )  # fmt: skip
        panel.mark_numbers(drawn, [n for _, n in part])


def _columns(
    panel: Panel,
    columns: Sequence[tuple[str, Sequence[Number]]],
    shapes: Sequence[dict[str, Any]],
    over: float,
) -> None:
    """The numbers under their mark, and the marks' names in a line over the panel."""
    size = panel.chart.size
    line = size * look.LEADING
    room = panel.left + panel.inner + panel.right - sum(_wide(panel, c) for _, c in columns)
    taken = sum(look.text_width(name, size) + 34 for name, _ in columns)
    level = over + line * (1.5 if taken > room else 0.5)
    right, x = panel.right, -panel.left
    for (_, numbers), shape in zip(reversed(columns), reversed(shapes), strict=True):
        _sign(panel, shape, panel.inner + right - 7, over + line / 2)
        for place, number in enumerate(numbers):
            if number is not None:
                panel.write(number.text, 1, place, dx=right, ha="right", where="row")
        right -= _wide(panel, numbers)
    for (name, _), shape in zip(columns, shapes, strict=True):
        _sign(panel, shape, x + 6, level)
        panel.write(name, 0, 1, dx=x + 16, dy=level, where="axes")
        x += look.text_width(name, size) + 34
    panel.fit(top=level + line / 2 + 6)


def _sign(panel: Panel, shape: dict[str, Any], x: float, y: float) -> None:
    """A mark above the axes, `x` px from their left edge; it draws no number."""
    estimated = any(n.is_estimate for series in panel.series for n in series.numbers)
    face = HOLLOW if estimated else {}
    at = panel.shifted(panel.ax.transAxes, x, y)
    panel.ax.plot([0], [1], transform=at, ls="none", clip_on=False, **shape, **face)
