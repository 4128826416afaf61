"""A small line without axes: how a number came to where it is."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.store.value import Value

WIDTH, HEIGHT, EDGE = 240.0, 56.0, 6.0


def sparkline(series: Sequence[Value], item: Item) -> str:
    """A series as a line with its first and last year under it, for a page.

    The line is open where a number is missing and where the item declares a break.
    """
    points = {v.year: v.value for v in series if v.year is not None and v.value is not None}
    if not points:
        return ""
    first, last = min(points), max(points)
    low, high = min(points.values()), max(points.values())

    def place(year: int) -> str:
        x = EDGE + (year - first) / (last - first or 1) * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (points[year] - low) / (high - low or 1) * (HEIGHT - 2 * EDGE)
        return f"{x:.1f} {y:.1f}"

    breaks = [gap.year for gap in item.breaks]
    path, before = "", None
    for year in (v.year for v in series if v.year is not None):
        if year in points:
            joined = before in points and not any(before < gap <= year for gap in breaks)
            path += f"{'L' if joined else 'M'}{place(year)}"
        before = year
    x, y = place(last).split()
    return (
        '<div class="kg-gnist" aria-hidden="true">'
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}"><path d="{path}"/>'
        f'<circle cx="{x}" cy="{y}" r="4"/></svg>'
        f'<span class="kg-aar">{first}</span><span class="kg-aar">{last}</span></div>'
    )
