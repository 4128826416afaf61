"""The kinds of drawing that several items use: bars, lines, a matrix of dots."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb, shown
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GREY, GRID, INK, WARM_BLUE

Line = tuple[str, "pd.Series[Any]", "pd.Series[Any]", str, str]


def kroner_axis(ax: Axes, which: str = "y") -> None:
    """Norwegian numbers on an axis, few of them, over light grid lines."""
    axis = ax.yaxis if which == "y" else ax.xaxis
    axis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: nb(value)))
    ax.grid(axis="y" if which == "y" else "x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)


def bars_across(
    ax: Axes,
    names: Sequence[str],
    values: Sequence[float],
    *,
    decimals: int,
    strong: Sequence[str] = (),
    colour: str = GREY,
) -> None:
    """Horizontal bars from the top, each with its number; the strong ones stand out in colour."""
    colours = [_colour(name, strong, colour) for name in names]
    sns.barplot(
        x=lengths(values),
        y=list(names),
        hue=list(names),
        palette=colours,
        legend=False,
        saturation=1,
        width=0.72,
        ax=ax,
    )
    _mark_bars(ax, values, upright=False)
    _numbers(ax, values, decimals, upright=False)
    ax.set(xlabel="", ylabel="", xlim=(0, largest(values) * 1.16))
    ax.xaxis.set_visible(False)
    ax.tick_params(axis="y", length=0)
    sns.despine(ax=ax, bottom=True)


def _colour(name: str, strong: Sequence[str], plain: str) -> str:
    if name == "Hele landet":
        return DARK_BLUE
    return WARM_BLUE if name in strong else plain


def bars_up(
    ax: Axes,
    names: Sequence[Any],
    values: Sequence[float],
    *,
    decimals: int,
    colour: str = WARM_BLUE,
    drawn: Sequence[float] | None = None,
) -> None:
    """Upright bars, one per year, each with its number on top and no value axis.

    Args:
        drawn: The store's numbers where `values` are these in another unit.
    """
    sns.barplot(
        x=[str(n) for n in names], y=lengths(values), color=colour, saturation=1, width=0.7, ax=ax
    )
    _mark_bars(ax, drawn or values, upright=True)
    _numbers(ax, values, decimals, upright=True)
    ax.set(xlabel="", ylabel="", ylim=(0, largest(values) * 1.24))
    ax.yaxis.set_visible(False)
    ax.tick_params(axis="x", length=0)
    sns.despine(ax=ax, left=True)


def _mark_bars(ax: Axes, values: Sequence[float], *, upright: bool) -> None:
    """Each bar knows the number in whose place it stands, in whatever order bars are drawn."""
    for bar in ax.patches:
        if isinstance(bar, Rectangle):
            across, up = bar.get_center()
            mark(bar, [values[round(across if upright else up)]])


def _numbers(ax: Axes, values: Sequence[float], decimals: int, *, upright: bool) -> None:
    """Each bar's number at its end; where there is no number, its sign at the foot."""
    for place, value in enumerate(values):
        end = 0.0 if math.isnan(value) else value
        ax.annotate(
            shown(value, decimals),
            (place, end) if upright else (end, place),
            xytext=(0, 3) if upright else (4, 0),
            textcoords="offset points",
            ha="center" if upright else "left",
            va="bottom" if upright else "center",
        )


def lengths(values: Iterable[float]) -> list[float]:
    """How long bars are: one without a number keeps its place, and is 0 long."""
    return [0.0 if math.isnan(value) else float(value) for value in values]


def largest(values: Iterable[float]) -> float:
    """The largest of the numbers that are there; 1 where there is none, to give axes a length."""
    return max((float(v) for v in values if not math.isnan(v)), default=1.0) or 1.0


def line_panel(ax: Axes, lines: Sequence[Line], *, decimals: int) -> None:
    """Lines from zero, each named where it ends with its last number, names kept apart."""
    ends = []
    for name, xs, ys, colour, style in lines:
        (line,) = ax.plot(
            xs, ys, color=colour, linestyle=style, marker="o", markersize=4.5, linewidth=2
        )
        mark(line, list(ys))
        known = ys.dropna()
        if known.empty:
            continue
        end, number = float(xs.loc[known.index[-1]]), known.iloc[-1]
        # A line that ends before the axis does says in which year its number is.
        early = f" ({end:.0f})" if end < xs.max() else ""
        ends.append((end, float(number), f"{name} {shown(number, decimals)}{early}", colour))
    top = largest(float(y) for _, _, ys, _, _ in lines for y in ys)
    ax.set_ylim(0, top * 1.08)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: nb(v, 0)))
    ax.grid(axis="y", color=GRID, linewidth=0.8)
    gap = top * 1.08 * 15 / _height_in_points(ax)
    heights = apart([y for _, y, _, _ in ends], gap)
    for (end, _, name, colour), height in zip(ends, heights, strict=True):
        ax.annotate(
            name,
            (end, height),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            color=INK if colour == GREY else colour,
            annotation_clip=False,
        )
    sns.despine(ax=ax)


def spanned(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows from the first to the last with a number: a gap between them stays a gap."""
    known = table.index[table[measure].notna()]
    return table.loc[known[0] : known[-1]] if len(known) else table[:0]


def _height_in_points(ax: Axes) -> float:
    """About how high a panel will be once titles and ticks have had their part."""
    spec = ax.get_subplotspec()
    rows = spec.get_gridspec().nrows if spec else 1
    figure = ax.get_figure(root=True)
    return (figure.get_figheight() if figure else 3.0) * 72 * 0.8 / rows


def apart(values: list[float], gap: float) -> list[float]:
    """The same heights, moved as little as needed to lie at least `gap` from each other."""
    order = sorted(range(len(values)), key=values.__getitem__)
    placed = [values[i] for i in order]
    for _ in range(100):
        moved = False
        for low, high in zip(range(len(placed) - 1), range(1, len(placed)), strict=True):
            lack = gap - (placed[high] - placed[low])
            if lack > 1e-9:
                placed[low] -= lack / 2
                placed[high] += lack / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(values)
    for place, index in enumerate(order):
        result[index] = placed[place]
    return result


def matrix(ax: Axes, rows: Sequence[str], columns: Sequence[str], chosen: Sequence[str]) -> None:
    """A table drawn as dots: which column each row belongs to; the row names stay text."""
    for place in range(len(rows)):
        ax.axhline(place, color=GRID, linewidth=0.8, zorder=0)
    places = [columns.index(c) for c in chosen]
    mark(ax.scatter(places, range(len(rows)), s=130, color=WARM_BLUE), chosen)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), [c[0].upper() + c[1:] for c in columns])
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True, top=True)
