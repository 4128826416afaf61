"""The kinds of drawing that several items use: bars, lines, dots, points with names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kunnskapsgrunnlag.numbers import nb, shown
from kunnskapsgrunnlag.theme import DARK_BLUE, GREY, GRID, INK, WARM_BLUE, WIDTH

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
        x=list(values),
        y=list(names),
        hue=list(names),
        palette=colours,
        legend=False,
        saturation=1,
        width=0.72,
        ax=ax,
    )
    for place, value in enumerate(values):
        ax.annotate(
            shown(value, decimals),
            (value, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            ha="left",
        )
    ax.set(xlabel="", ylabel="", xlim=(0, max(values) * 1.16))
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
) -> None:
    """Upright bars, one per year, each with its number on top and no value axis."""
    sns.barplot(
        x=[str(n) for n in names], y=list(values), color=colour, saturation=1, width=0.7, ax=ax
    )
    for place, value in enumerate(values):
        ax.annotate(
            shown(value, decimals),
            (place, value),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    ax.set(xlabel="", ylabel="", ylim=(0, max(values) * 1.24))
    ax.yaxis.set_visible(False)
    ax.tick_params(axis="x", length=0)
    sns.despine(ax=ax, left=True)


def line_panel(
    ax: Axes,
    lines: Sequence[Line],
    *,
    decimals: int,
    end_values: bool = True,
) -> None:
    """Lines from zero, each named at its right end (with its last number), names kept apart."""
    ends = []
    for name, xs, ys, colour, style in lines:
        ax.plot(xs, ys, color=colour, linestyle=style, marker="o", markersize=4.5, linewidth=2)
        last = f" {shown(ys.iloc[-1], decimals)}" if end_values else ""
        ends.append((float(xs.iloc[-1]), float(ys.iloc[-1]), name + last, colour))
    top = max(float(ys.max()) for _, _, ys, _, _ in lines)
    ax.set_ylim(0, top * 1.08)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: nb(v, 0)))
    ax.grid(axis="y", color=GRID, linewidth=0.8)
    right = max(x for x, *_ in ends)
    gap = top * 1.08 * 15 / _height_in_points(ax)
    heights = _apart([y for _, y, _, _ in ends], gap)
    for (_, _, name, colour), height in zip(ends, heights, strict=True):
        ax.annotate(
            name,
            (right, height),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            color=INK if colour == GREY else colour,
            annotation_clip=False,
        )
    sns.despine(ax=ax)


def _height_in_points(ax: Axes) -> float:
    """About how high a panel will be once titles and ticks have had their part."""
    spec = ax.get_subplotspec()
    rows = spec.get_gridspec().nrows if spec else 1
    figure = ax.get_figure(root=True)
    return (figure.get_figheight() if figure else 3.0) * 72 * 0.8 / rows


def _apart(values: list[float], gap: float) -> list[float]:
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
    ax.scatter([columns.index(c) for c in chosen], range(len(rows)), s=130, color=WARM_BLUE)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), [c[0].upper() + c[1:] for c in columns])
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True, top=True)


def pairs_across(
    ax: Axes,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float], str, bool]],
    *,
    decimals: int,
) -> None:
    """Two numbers per row as marks on one line; a series is (name, values, colour, filled).

    The marks differ in shape and filling too, so that the drawing can be read without colour.
    """
    rows = range(len(names))
    for place in rows:
        held = [values[place] for _, values, _, _ in series]
        ax.plot([min(held), max(held)], [place, place], color=GRID, linewidth=2.5, zorder=1)
    for (name, values, colour, filled), marker in zip(series, "oD", strict=False):
        ax.scatter(
            values,
            rows,
            s=52,
            marker=marker,
            zorder=2,
            label=name,
            linewidths=1.8,
            edgecolors=colour,
            facecolors=colour if filled else "#ffffff",
        )
    right = max(max(values) for _, values, _, _ in series)
    for place in rows:
        texts = [shown(values[place], decimals) for _, values, _, _ in series]
        ax.annotate(
            " / ".join(texts), (right * 1.05, place), va="center", ha="left", annotation_clip=False
        )
    ax.set(xlim=(0, right * 1.02), ylim=(len(names) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks(rows, names)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nb(value)))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=2,
        frameon=False,
        handletextpad=0.2,
        columnspacing=1.2,
        borderaxespad=0.2,
    )
    sns.despine(ax=ax, left=True)


def reference_line(ax: Axes, value: float, words: str, colour: str, *, low: bool = False) -> None:
    """A dotted line across the rows with its name below the axis."""
    ax.axvline(value, color=colour, linestyle=":", linewidth=1.6, zorder=0)
    ax.annotate(
        words,
        (value, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, -38 if low else -24),
        textcoords="offset points",
        ha="center",
        va="top",
        color=colour,
        fontsize=9.5,
        annotation_clip=False,
    )


def named_points(
    ax: Axes, xs: Sequence[float], ys: Sequence[float], names: Sequence[str], *, decimals: int
) -> None:
    """Points with their names, each name where it covers no point and no other name."""
    ax.scatter(xs, ys, s=40, color=WARM_BLUE, zorder=3)
    ax.set(xlim=(0, max(xs) * 1.16), ylim=(0, max(ys) * 1.14))
    ax.grid(color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nb(value)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: nb(value, decimals)))
    figure = ax.get_figure(root=True)
    width, height = (figure.get_figwidth(), figure.get_figheight()) if figure else (WIDTH, 4.0)
    # Points of the page per unit of each axis, about: enough to tell where words would collide.
    scale_x, scale_y = width * 72 * 0.84 / ax.get_xlim()[1], height * 72 * 0.8 / ax.get_ylim()[1]
    taken = [_box(x * scale_x - 4, y * scale_y - 4, 8, 8) for x, y in zip(xs, ys, strict=True)]
    for x, y, name in sorted(zip(xs, ys, names, strict=True), reverse=True):
        dx, dy, box = _free_place(x * scale_x, y * scale_y, len(name) * 4.9 + 2, taken)
        taken.append(box)
        far = abs(dy) > 14
        ax.annotate(
            name,
            (x, y),
            xytext=(dx, dy),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=9,
            zorder=4,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.7} if far else None,
        )
    sns.despine(ax=ax)


Box = tuple[float, float, float, float]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x, y, x + width, y + height


def _overlap(a: Box, b: Box) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0.0) * max(high, 0.0)


def _free_place(x: float, y: float, width: float, taken: Sequence[Box]) -> tuple[float, float, Box]:
    """The offset near a point at which a name of this width covers least; nearest first."""
    best: tuple[float, float, float, Box] | None = None
    for dy in (0, 10, -10, 20, -20, 30, -30, 42, -42):
        for dx in (7.0, -width - 7, -width / 2):
            if dx == -width / 2 and dy == 0:
                continue
            box = _box(x + dx, y + dy - 6, width, 12)
            covered = sum(_overlap(box, other) for other in taken)
            covered += 1e3 * max(0.0, -box[0])
            if best is None or covered < best[0]:
                best = (covered, dx, float(dy), box)
            if covered == 0:
                return dx, float(dy), box
    if best is None:
        raise ValueError("no place was tried")
    return best[1:]
