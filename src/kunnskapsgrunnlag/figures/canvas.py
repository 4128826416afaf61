"""Drawings made of words: boxes, arrows and threads, placed in px from the upper left corner.

Text is wrapped to the width that it has, and a box is as high as its words need, so that nothing
lies over anything else. The drawing is as high as what is put into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Chart, Rows, Series

# Part of a drawing -> the name and the words of each of its rows.
Parts = dict[str, list[tuple[str, str]]]
Spot = tuple[float, float]
Align = Literal["left", "center", "right"]
# Px: between a box and its words, and between boxes.
PAD, GAP, ROUND = 9, 12, 4


class Box(NamedTuple):
    """A rectangle in px; `top` is nearer to the head of the page than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Spot:
        """The centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Canvas:
    """A panel without axes: 1 is a px, and y goes downwards.

    Attributes:
        width: Of the drawing, px.
        line: The height of a line of text, px.
        ax: Matplotlib's axes, for what is neither box nor arrow.
    """

    def __init__(self, chart: Chart) -> None:
        """An empty canvas of the chart's width."""
        self.panel = chart.panel(title="")
        self.panel.fit(top=0, height=1)
        self.chart, self.ax, self.width = chart, self.panel.ax, self.panel.width
        self.line = chart.size * look.LEADING
        self.ax.axis("off")
        self.grow(1)

    def pairs(self, rows: Rows, words: str = "", *, part: str = "") -> list[tuple[str, str]]:
        """Name and words of each row, which the alternative text tells as those of a part.

        Args:
            words: The measure of the words; the names stand alone if there is none.
        """
        measure = words or next(iter(self.chart.item.measures))
        numbers = [number for number in self.panel.values(rows, measure) if number is not None]
        if numbers:
            self.panel.series.append(Series("words", part, measure, "category", numbers))
        texts = [number.text if words else "" for number in numbers]
        return list(zip(self.panel.names(rows, "category"), texts, strict=True))

    def parts(self, by: str, words: str = "") -> Parts:
        """The same for each part of the drawing; `by` is the measure that says which part."""
        groups = self.chart.table.groupby(by, sort=False)
        return {str(part): self.pairs(rows, words, part=str(part)) for part, rows in groups}

    def grow(self, bottom: float) -> None:
        """Make the drawing reach at least this far down, px."""
        self.panel.height = max(self.panel.height, bottom)
        self.ax.set(xlim=(0, self.width), ylim=(self.panel.height, 0))

    def lines(self, words: str, width: float, *, bold: bool = False) -> list[str]:
        """The words in lines no wider than `width` px, none of a single short word."""
        return look.balanced(words, width, self.chart.size, bold=bold)

    def height_of(self, title: str, words: str, width: float) -> float:
        """How high a box of this width is, px."""
        room = width - 2 * PAD
        count = len(self.lines(title, room, bold=True)) if title else 0
        count += len(self.lines(words, room)) if words else 0
        return count * self.line + 2 * PAD - 2

    def text(
        self, at: Spot, words: str, width: float, *, bold: bool = False, align: Align = "left",
        colour: str = look.INK,
    ) -> float:  # fmt: skip
        """Write words from a place downwards, in lines of at most `width` px; where they end."""
        x, y = at
        for line in self.lines(words, width, bold=bold):
            self.panel.write(line, x, y + self.line / 2, ha=align, bold=bold, colour=colour)
            y += self.line
        self.grow(y)
        return y

    def box(
        self, corner: Spot, width: float, title: str, words: str = "", *, fill: str = look.LIGHT,
        height: float = 0.0, **line: Any,
    ) -> Box:  # fmt: skip
        """A box with a bold title and words below it, at least `height` px high."""
        left, top = corner
        high = max(self.height_of(title, words, width), height)
        box = Box(left, top, left + width, top + high)
        self.frame(box, fill=fill, **line)
        y = top + PAD - 1
        room = width - 2 * PAD
        if title:
            y = self.text((left + PAD, y), title, room, bold=True)
        if words:
            self.text((left + PAD, y), words, room)
        return box

    def frame(self, box: Box, *, fill: str = look.PAPER, **line: Any) -> None:
        """A rounded frame; `line` is matplotlib's (`linestyle`, `linewidth`, `edgecolor`)."""
        drawn: dict[str, Any] = {"edgecolor": look.DARK, "linewidth": 1.2, "zorder": 2} | line
        shape = f"round,pad=0,rounding_size={ROUND}"
        corner, wide, high = (box.left, box.top), box.right - box.left, box.bottom - box.top
        self.ax.add_patch(
            FancyBboxPatch(corner, wide, high, boxstyle=shape, facecolor=fill, **drawn)
        )
        self.grow(box.bottom + 1)

    def column(
        self, corner: Spot, width: float, boxes: Sequence[tuple[str, str]], *,
        fill: str = look.LIGHT,
    ) -> list[Box]:  # fmt: skip
        """Boxes (title, words) under each other."""
        placed: list[Box] = []
        left, top = corner
        for title, words in boxes:
            placed.append(self.box((left, top), width, title, words, fill=fill))
            top = placed[-1].bottom + GAP
        return placed

    def grid(
        self, corner: Spot, width: float, boxes: Sequence[tuple[str, str]], *, columns: int = 2,
        gap: float = GAP, fill: str = look.LIGHT,
    ) -> list[Box]:  # fmt: skip
        """Boxes (title, words) in rows, those of a row equally high, `gap` px beside each other."""
        (left, top), placed = corner, []
        wide = (width - gap * (columns - 1)) / columns
        for start in range(0, len(boxes), columns):
            row = boxes[start : start + columns]
            high = max(self.height_of(*pair, wide) for pair in row)
            for at, pair in enumerate(row):
                corner = (left + at * (wide + gap), top)
                placed.append(self.box(corner, wide, *pair, fill=fill, height=high))
            top += high + GAP
        return placed

    def arrow(self, start: Spot, end: Spot, *, dashed: bool = False) -> None:
        """A straight arrow."""
        self.ax.add_patch(
            FancyArrowPatch(
                start, end, arrowstyle="-|>",
                mutation_scale=14, linewidth=1.8, linestyle=look.DASHED if dashed else look.SOLID,
                color=look.DARK, shrinkA=0, shrinkB=0, zorder=4,
            )
        )  # fmt: skip

    def thread(self, start: Spot, end: Spot, *, width: float = 1.6, zorder: float = 3) -> None:
        """A soft line that leaves and arrives level."""
        (x0, y0), (x1, y1) = start, end
        half = (x0 + x1) / 2
        curve = Path(
            [(x0, y0), (half, y0), (half, y1), (x1, y1)], [Path.MOVETO] + [Path.CURVE4] * 3
        )
        look_ = {"facecolor": "none", "edgecolor": look.DARK, "linewidth": width, "zorder": zorder}
        self.ax.add_patch(PathPatch(curve, **look_))

    def stroke(
        self, *spots: Spot, width: float = 1.8, colour: str = look.DARK, zorder: float = 1
    ) -> None:
        """A straight line from place to place."""
        xs, ys = zip(*spots, strict=True)
        self.ax.plot(xs, ys, color=colour, lw=width, zorder=zorder)

    def mark(self, at: Spot, marker: str, colour: str) -> None:
        """A small mark, matplotlib's, at a place."""
        self.ax.plot([at[0]], [at[1]], marker=marker, color=colour, ms=8, zorder=3)

    def shape(self, corners: Sequence[Spot], *, fill: str = look.LIGHT) -> None:
        """A filled shape with these corners."""
        self.ax.add_patch(Polygon(corners, facecolor=fill, edgecolor=look.DARK, lw=1.4, zorder=2))
        self.grow(max(y for _, y in corners) + 1)
