"""Bars that begin elsewhere than at zero: from one number of a row to another."""

from __future__ import annotations

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.bars import BAR, GAP, row_names, value_axis
from kunnskapsgrunnlag.figures.chart import Panel, Rows, Series

ROW = 30


def spans(panel: Panel, rows: Rows, low: str, high: str, *, by: str | None = None) -> None:
    """A bar from one measure to another in each row, with its numbers at both ends.

    A row that rests on an estimate or an assumption is hollow and dashed. The number at zero is
    left out.
    """
    by = by or panel.chart.item.dims[0]
    row_names(panel, panel.names(rows, by), row=ROW)
    pairs = list(zip(panel.values(rows, low), panel.values(rows, high), strict=True))
    ends = [n for pair in pairs for n in pair if n is not None]
    start, end = panel.bounds(rows, low, high)
    size = panel.chart.size
    panel.fit(right=look.widest([n.text for n in ends], size) + 2 * GAP)
    panel.ax.set_xlim(min(start, 0.0), end)
    value_axis(panel)
    thick = BAR / panel.height * len(rows)
    for place, (first, last) in enumerate(pairs):
        if first is None or last is None or first.value is None or last.value is None:
            panel.write("..", 0, place, dx=GAP)
            continue
        hollow = first.is_estimate or last.is_estimate
        (bar,) = panel.ax.barh(
            [place], [last.value - first.value], thick, left=[first.value], zorder=2, lw=1.4,
            color=look.PAPER if hollow else look.MAIN, edgecolor=look.MAIN,
            ls="--" if hollow else "-",
        )  # fmt: skip
        panel.mark_numbers(bar, [first], [last])
        panel.write(last.text, last.value, place, dx=GAP - 2)
        if first.value > 0:
            panel.write(first.text, first.value, place, dx=2 - GAP, ha="right")
    for measure, part in ((low, 0), (high, 1)):
        told = [number for pair in pairs if (number := pair[part]) is not None]
        name = panel.chart.item.measures[measure].title
        panel.series.append(Series("bars", name, measure, by, told))
