"""Points with names: a scatter in which each point is named and lines of reference are too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.figures.charts import apart, largest
from kunnskapsgrunnlag.figures.label_placement import LED, Box, Place, Spot, between, place_names
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GREY, GRID, INK, PAPER, WARM_BLUE

# How far above the axes a title stands, in points, so that names of lines have room below it.
ABOVE_NAMES = 20.0


class Guide(NamedTuple):
    """A line to compare points with: an x, a y, or a rate (y per 1 000 of x), and its name."""

    kind: Literal["x", "y", "rate"]
    value: float
    words: str
    strong: bool = False


def points(
    ax: Axes, xs: Sequence[float], ys: Sequence[float], *, across: str, upwards: str
) -> None:
    """The points on axes from zero with Norwegian numbers; both are named."""
    mark(ax.scatter(xs, ys, s=40, color=WARM_BLUE, zorder=3), xs, ys)
    ax.set(
        xlim=(0, largest(xs) * 1.12), ylim=(0, largest(ys) * 1.12), xlabel=across, ylabel=upwards
    )
    ax.grid(color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: nb(value)))
    ax.tick_params(length=0)
    sns.despine(ax=ax)


def round_values(values: Iterable[float]) -> list[float]:
    """A few round values between the lowest and the highest, for lines to read from."""
    known = [float(v) for v in values]
    if not known:
        return []
    ticks = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(min(known), max(known))
    return [float(t) for t in ticks if min(known) < t < max(known)]


def guides(ax: Axes, lines: Iterable[Guide]) -> None:
    """The lines, each named where it leaves the axes, at the top or to the right."""
    ends: dict[str, list[tuple[float, Guide]]] = {"top": [], "right": []}
    for line in lines:
        if not math.isnan(line.value):
            side, at, start = _end(ax, line)
            ends[side].append((at, line))
            _stroke(ax, line, start, side, at)
    for side, labels in ends.items():
        gap = 0.09 if side == "right" else 0.24
        for (_, line), at in zip(labels, apart([at for at, _ in labels], gap), strict=True):
            ax.annotate(
                line.words.replace(" per ", " per\n") if side == "right" else line.words,
                (1, at) if side == "right" else (at, 1),
                xycoords="axes fraction",
                xytext=(5, 0) if side == "right" else (0, 3),
                textcoords="offset points",
                ha="left" if side == "right" else "center",
                va="center" if side == "right" else "bottom",
                color=DARK_BLUE if line.strong else INK,
                weight="bold" if line.strong else "normal",
                annotation_clip=False,
            )


def _end(ax: Axes, line: Guide) -> tuple[str, float, Spot]:
    """The side at which a line leaves the axes, where on it, and where the line starts (0–1)."""
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    match line.kind:
        case "x":
            return "top", line.value / width, (line.value / width, 0.0)
        case "y":
            return "right", line.value / height, (0.0, line.value / height)
        case _:
            climb = line.value / 1000 * width / height
            return ("right", climb, (0.0, 0.0)) if climb <= 1 else ("top", 1 / climb, (0.0, 0.0))


def _stroke(ax: Axes, line: Guide, start: Spot, side: str, at: float) -> None:
    end = (1.0, at) if side == "right" else (at, 1.0)
    (drawn,) = ax.plot(
        *zip(start, end, strict=True),
        transform=ax.transAxes,
        color=DARK_BLUE if line.strong else GREY,
        linestyle="-" if line.strong else ":",
        linewidth=1.2 if line.strong else 1.6,
        zorder=1,
        scalex=False,
        scaley=False,
    )
    mark(drawn, [line.value])


def name_points(ax: Axes, xs: Sequence[float], ys: Sequence[float], names: Sequence[str]) -> None:
    """Name each point where the name covers no mark, no other name and no name of a line.

    A name that stands away from its point is led to it by a thin line. Call it last: the places
    are found on the finished layout.
    """
    figure = ax.get_figure(root=True)
    if figure is None or not names:
        return
    figure.draw_without_rendering()
    per_point = figure.dpi / 72
    marks = [
        (x / per_point, y / per_point)
        for x, y in ax.transData.transform(list(zip(xs, ys, strict=True)))
    ]
    widths = [_width(ax, name) / per_point for name in names]
    others = [_box_of(text, per_point) for text in ax.texts]
    area = ax.get_window_extent()
    room = Box(*(edge / per_point for edge in (area.x0, area.y0, area.x1, area.y1)))
    strokes = [place for line in ax.lines for place in _along(line, per_point)]
    places = place_names(marks, widths, others, strokes, room)
    for x, y, name, place in zip(xs, ys, names, places, strict=True):
        _write(ax, (x, y), name, place)


def _along(line: Line2D, per_point: float) -> list[Spot]:
    start, end = line.get_transform().transform(line.get_xydata()) / per_point
    return between(tuple(start), tuple(end))


def _width(ax: Axes, words: str) -> float:
    text = ax.text(0, 0, words)
    width = float(text.get_window_extent().width)
    text.remove()
    return width


def _box_of(text: Text, per_point: float) -> Box:
    # An annotation's own extent would take in its arrow.
    box = Text.get_window_extent(text)
    return Box(*(edge / per_point for edge in (box.x0, box.y0, box.x1, box.y1)))


def _write(ax: Axes, at: Spot, name: str, place: Place) -> None:
    led = {"arrowstyle": "-", "color": GREY, "lw": 0.9, "shrinkA": 1, "shrinkB": 4}
    ax.annotate(
        name,
        at,
        xytext=(place.x, place.y),
        textcoords="offset points",
        ha="center",
        va="center",
        zorder=2,
        # A line of reference behind a name is interrupted by it.
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
        annotation_clip=False,
        arrowprops=led if place.gap >= LED else None,
    )
