"""What a drawing has when its panels are drawn: breaks, titles, places, the sign of estimates."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.patches import FancyBboxPatch

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.breaks import draw_breaks
from kunnskapsgrunnlag.figures.chart import EDGE, Chart, Panel

# What stands over a drawing with estimates in it.
SIGN = "Anslag"
BANDED = "Båndet viser hvor tallet kan ligge."
UNBANDED = "Helt eller delvis anslag, ikke statistikk."
# Px between panels that stand below each other.
BELOW = 22


def finish(chart: Chart) -> None:
    """Write breaks, titles and the sign of estimates, and put the panels in their places."""
    _align(chart.drawn)
    draw_breaks(chart.drawn, chart.item.breaks)
    # Titles of panels that stand beside each other are at one height.
    for row in chart.rows:
        highest = max(panel.above for panel in row)
        for panel in row:
            panel.top += highest - panel.above
    for panel in chart.drawn:
        _write_title(panel)
    head = _sign_lines(chart) if chart.estimated else []
    at = EDGE + len(head) * chart.size * 1.5 + (10 if head else 0)
    places = []
    for row in chart.rows:
        top = max(panel.above for panel in row)
        places += [(panel, at + top) for panel in row]
        at += top + max(panel.height + panel.bottom for panel in row) + BELOW
    high = max(at - BELOW + EDGE, 1)
    chart.fig.set_size_inches(chart.width / 72, high / 72)
    for panel, top in places:
        panel.ax.set_position((
            (panel.x + panel.left) / chart.width,
            1 - (top + panel.height) / high,
            panel.inner / chart.width,
            panel.height / high,
        ))  # fmt: skip
    _write_sign(chart, head, high)


def _align(panels: Sequence[Panel]) -> None:
    """Panels of years below each other begin and end at the same places."""
    for x in {panel.x for panel in panels}:
        column = [panel for panel in panels if panel.years and panel.x == x]
        for panel in column:
            panel.fit(left=max(p.left for p in column), right=max(p.right for p in column))


def _write_title(panel: Panel) -> None:
    """Write the title over a panel, from its left edge."""
    step = panel.chart.size * look.LEADING
    for at, (line, bold) in enumerate(reversed(panel.head)):
        up = panel.top + (at + 0.5) * step
        panel.write(line, 0, 1, dx=-panel.left, dy=up, where="axes", bold=bold)


def _sign_lines(chart: Chart) -> list[str]:
    """What the sign of an estimate says, beside its first word."""
    words = BANDED if chart.has_bands else UNBANDED
    return look.wrapped(words, chart.width - _sign_width(chart) - 10, chart.size)


def _sign_width(chart: Chart) -> float:
    return look.text_width(SIGN, chart.size, bold=True) + 16


def _write_sign(chart: Chart, lines: list[str], high: float) -> None:
    """The word that nobody can overlook on a ground of its own, and what it means."""
    step, wide = chart.size * 1.5, _sign_width(chart)
    across, up = 1 / chart.width, 1 / high
    for at, line in enumerate(lines):
        y = 1 - (EDGE + (at + 0.5) * step + look.BASE * chart.size) * up
        chart.fig.text((wide + 10) * across, y, line, color=look.INK, va="baseline")
    if lines:
        y = 1 - (EDGE + step / 2 + look.BASE * chart.size) * up
        ground = FancyBboxPatch(
            (EDGE * across, 1 - (EDGE + step - 1) * up), wide * across, (step - 2) * up,
            transform=chart.fig.transFigure, boxstyle="square,pad=0", facecolor=look.ESTIMATE,
            edgecolor="none",
        )  # fmt: skip
        chart.fig.add_artist(ground)
        chart.fig.text(
            (EDGE + wide / 2) * across, y, SIGN, color=look.ON_ESTIMATE, weight="bold", ha="center",
            va="baseline",
        )  # fmt: skip
