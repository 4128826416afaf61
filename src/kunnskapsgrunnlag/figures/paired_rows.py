"""Drawings with two numbers in each row: marks on a common axis, or bars with points on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from kunnskapsgrunnlag.base.nb_numbers import shown
from kunnskapsgrunnlag.figures.charts import kroner_axis, largest, lengths
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import DARK_GREEN, GRID, PAPER, WARM_BLUE

# Points of the page: from the axis to the first column of numbers, and from column to column.
FIRST_COLUMN, COLUMN = 36.0, 40.0
FILLED: dict[str, Any] = {"marker": "o", "markersize": 7.4, "color": WARM_BLUE}
HOLLOW: dict[str, Any] = {
    "marker": "D",
    "markersize": 7,
    "color": PAPER,
    "markeredgecolor": DARK_GREEN,
    "markeredgewidth": 1.8,
}


class Series(NamedTuple):
    """One number of each row, and what it is called."""

    name: str
    values: Sequence[float]


class Reference(NamedTuple):
    """A value to compare the rows with, its name, and the line's colour and style."""

    value: float
    words: str
    colour: str
    style: str


def two_per_row(
    ax: Axes, names: Sequence[str], first: Series, second: Series, *, decimals: int, bars: bool
) -> None:
    """Two numbers per row from the top: the first as bars or filled dots, the second as diamonds.

    Shape and filling differ, so that the drawing can be read without colour; both numbers stand
    in columns to the right, each below its mark.
    """
    rows = list(range(len(names)))
    if bars:
        drawn = ax.barh(rows, lengths(first.values), 0.62, color=WARM_BLUE, label=first.name)
        for bar, value in zip(drawn.patches, first.values, strict=True):
            mark(bar, [value])
    else:
        _threads(ax, first, second)
        _dots(ax, first, zorder=3, **FILLED)
    _dots(ax, second, zorder=4, **HOLLOW)
    ax.set(xlim=(0, largest([*first.values, *second.values]) * 1.04), ylim=(len(rows) - 0.5, -0.5))
    ax.set_yticks(rows, names)
    _axis_on_top(ax)
    _legend(ax, [first.name, second.name])
    _columns(ax, (first, second), decimals, bars=bars)


def _dots(ax: Axes, series: Series, **look: Any) -> None:
    rows = range(len(series.values))
    (dots,) = ax.plot(series.values, rows, linestyle="none", label=series.name, **look)
    mark(dots, series.values)


def _threads(ax: Axes, first: Series, second: Series) -> None:
    for place, pair in enumerate(zip(first.values, second.values, strict=True)):
        ax.plot(sorted(pair), [place, place], color=GRID, linewidth=2.5, zorder=1)


def _axis_on_top(ax: Axes) -> None:
    ax.xaxis.tick_top()
    kroner_axis(ax, "x")
    ax.tick_params(length=0)
    sns.despine(ax=ax, bottom=True)


def _legend(ax: Axes, names: Sequence[str]) -> None:
    labelled = {label: mark for mark, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    ax.legend(
        [labelled[name] for name in names],
        names,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=2,
        frameon=False,
        handletextpad=0.4,
        handlelength=1.2,
        columnspacing=1.4,
        # Above the numbers of the axis, which stand on top.
        borderaxespad=1.7,
    )
    ax.set_title(ax.get_title(loc="left"), pad=42)


def _columns(ax: Axes, pair: tuple[Series, Series], decimals: int, *, bars: bool) -> None:
    """The numbers of both series in columns, each with its mark on top."""
    for column, series in enumerate(pair):
        at = FIRST_COLUMN + column * COLUMN
        for place, value in enumerate(series.values):
            ax.annotate(
                shown(value, decimals),
                (1, place),
                xycoords=("axes fraction", "data"),
                xytext=(at, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                annotation_clip=False,
            )
        mark = FILLED | ({"marker": "s"} if bars else {}) if column == 0 else HOLLOW
        _above(ax, mark, at - 9)


def _above(ax: Axes, mark: dict[str, Any], right: float) -> None:
    """A mark on the level of the axis' numbers, `right` points beside the axes."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    shift = ScaledTranslation(right / 72, 9 / 72, figure.dpi_scale_trans)
    (drawn,) = ax.plot([1], [1], transform=ax.transAxes + shift, linestyle="none", **mark)
    drawn.set_clip_on(False)


def reference_lines(ax: Axes, references: Sequence[Reference]) -> None:
    """Lines down through the rows, named below them; a missing value has no line.

    The name of the lower line ends at it and that of the higher begins at it, so that they cannot
    meet.
    """
    known = [r for r in references if not math.isnan(r.value)]
    lowest = min(known, key=lambda r: r.value, default=None)
    for line in known:
        side = "right" if line is lowest and len(known) > 1 else "left"
        drawn = ax.axvline(line.value, color=line.colour, ls=line.style, lw=1.6, zorder=0.5)
        mark(drawn, [line.value])
        ax.annotate(
            line.words,
            (line.value, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -8),
            textcoords="offset points",
            ha=side,
            va="top",
            color=line.colour,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": line.colour,
                "linestyle": line.style,
                "linewidth": 1.6,
                "shrinkA": 0,
                "shrinkB": 0,
                "relpos": (1 if side == "right" else 0, 1),
            },
        )
