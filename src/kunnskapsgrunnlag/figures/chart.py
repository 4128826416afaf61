"""One item drawn at one width: panels with pixel margins, and numbers that are known by their row.

`draw(table, chart)` is called once per width. The chart knows the catalogue's entry and the value
store's numbers, so that no title, name, unit or number of decimals is typed in an item.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation, Transform

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Item, Measure
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import svg_text
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.tables import dim_label, heading
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import address_of

Rows = pd.DataFrame
Number = Value | None
Kind = Literal["bars", "line", "marks", "map", "matrix", "words"]
Where = Literal["data", "axes", "row", "column"]
# Px: around the whole drawing, and between panels that stand beside each other.
EDGE, BESIDE = 2, 28


@dataclass
class Series:
    """What has been drawn of one measure, for the alternative text.

    Attributes:
        name: What the drawing calls it; "" where there is one series alone.
        by: Which dimension its numbers are of: `year`, `region`, `category`.
    """

    kind: Kind
    name: str
    measure: str
    by: str
    numbers: list[Value]


def bare(table: Rows, item: Item) -> Rows:
    """The table with bare numbers (NaN where one is missing) and words, for drawing."""
    result = table.copy()
    for name in item.measures:
        cells = list(table[name])
        if any(isinstance(cell, Traced) and cell.text for cell in cells):
            words = [cell.text if isinstance(cell, Traced) else None for cell in cells]
            result[name] = pd.Series(words, index=table.index, dtype=object)
        else:
            numbers = [cell.value if isinstance(cell, Traced) else math.nan for cell in cells]
            result[name] = pd.Series(numbers, index=table.index, dtype=float)
    return result


class Chart:
    """An item at one width.

    Attributes:
        item: The catalogue's entry.
        table: The whole table, with bare numbers (NaN where one is missing) and words.
        width: Px; `narrow` is whether it is the narrow of the two.
        size: Of all text, px.
        fig: Matplotlib's figure.
        has_bands: Whether it shows within which bands estimates may lie.
        drawn: Its panels; `rows` are the same as they stand beside and below each other.
    """

    def __init__(self, item: Item, table: Rows, values: Sequence[Value], width: int) -> None:
        """An empty drawing of the item's numbers."""
        self.item, self.table, self.width = item, table, width
        self.narrow = width < look.WIDE
        self.size = look.text_size(width)
        self.fig = Figure(figsize=(width / 72, 1), dpi=72)
        self.drawn: list[Panel] = []
        self.has_bands = False
        self.rows: list[list[Panel]] = []
        self._values = {value.address: value for value in values}
        self._keys: dict[str, dict[str, Any]] = {
            dim: {self.name(dim, value.key(dim)): value.key(dim) for value in values}
            for dim in item.dims
        }

    @property
    def numbers(self) -> list[Value]:
        """The numbers that have been drawn."""
        return [n for panel in self.drawn for series in panel.series for n in series.numbers]

    @property
    def estimated(self) -> bool:
        """Whether one of the numbers that have been drawn is an estimate."""
        return any(number.is_estimate for number in self.numbers)

    def name(self, dim: str, key: Any) -> str:
        """The reader's name of a region, category or year."""
        return dim_label(self.item, dim, int(key) if dim == "year" else key)

    def value(self, row: Any, measure: str) -> Number:
        """The store's number in a row of the table, known by its keys or readers' names."""
        keys = {dim: self._keys[dim].get(str(row[dim]), row[dim]) for dim in self.item.dims}
        if isinstance(keys.get("year"), float):
            keys["year"] = int(keys["year"])
        return self._values.get(address_of(self.item.key, self.item, measure, keys))

    def heading(self, measures: Sequence[str]) -> str:
        """Title and unit of measures; the unit alone where they are called differently."""
        entries = [self.item.measures[measure] for measure in measures]
        titles = {heading(entry.title, entry.unit) for entry in entries}
        unit = entries[0].unit
        return titles.pop() if len(titles) == 1 else f"{unit[0].upper()}{unit[1:]}"

    def panel(self, *measures: str, title: str | None = None) -> Panel:
        """A panel of the whole width, below those that are there."""
        panel = Panel(self, measures, (EDGE, self.width - 2 * EDGE), title)
        self.rows.append([panel])
        return panel

    def panels(
        self, *measures: str | Sequence[str], columns: int | None = None, share: bool = False
    ) -> list[Panel]:
        """A panel for each measure, or for each group of measures that share one.

        Args:
            columns: How many stand side by side in the wide drawing, if not all (up to three).
            share: Whether their axes of values are alike, so that panels can be compared.
        """
        groups = [(group,) if isinstance(group, str) else tuple(group) for group in measures]
        across = 1 if self.narrow else columns or min(len(groups), 3)
        wide = (self.width - 2 * EDGE - BESIDE * (across - 1)) / across
        alike = tuple(measure for group in groups for measure in group) if share else ()
        panels = [
            Panel(self, group, (EDGE + at % across * (wide + BESIDE), wide), alike=alike)
            for at, group in enumerate(groups)
        ]
        self.rows += [panels[at : at + across] for at in range(0, len(panels), across)]
        return panels

    def svg(self) -> str:
        """The finished drawing as an SVG file."""
        with look.style(self.width):
            return svg_text(self.fig)


@dataclass
class Panel:
    """An axes that knows its measures and its place in the drawing.

    Attributes:
        ax: Matplotlib's axes, for seaborn and for what the kit does not have.
        measures: The measures that it is of; the first is what kit functions draw.
        place: Where it begins and how wide it is, px.
        title: Stands over it: what it measures, if nothing else is said.
        note: Stands below the title: how the axis is to be read.
        alike: The measures that decide its axis of values, if not its own alone.
        left, right, top, bottom: Margins between the panel's edge (or title) and its axes, px.
        height: Of the axes, px.
        years: Those along its horizontal axis, if that is time.
        series: What has been drawn, for the alternative text.
    """

    chart: Chart
    measures: Sequence[str]
    place: tuple[float, float]
    title: str | None = None
    note: str = ""
    alike: Sequence[str] = ()
    left: float = 0.0
    right: float = 0.0
    top: float = 4.0
    bottom: float = 0.0
    height: float = 180.0
    years: list[int] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ax: Axes = self.chart.fig.add_axes((0, 0, 1, 1), label=str(len(self.chart.drawn)))
        self.chart.drawn.append(self)
        if self.title is None:
            self.title = self.chart.heading(self.measures) if self.measures else ""

    @property
    def x(self) -> float:
        """Where the panel begins, px."""
        return self.place[0]

    @property
    def width(self) -> float:
        """Of the panel, px."""
        return self.place[1]

    @property
    def inner(self) -> float:
        """The width of the axes, px."""
        return self.width - self.left - self.right

    @property
    def measure(self) -> str:
        """The measure that the panel is of, the first of several."""
        return self.measures[0]

    @property
    def entry(self) -> Measure:
        """The catalogue's entry of the measure: title, unit, decimals."""
        return self.chart.item.measures[self.measure]

    @property
    def head(self) -> list[tuple[str, bool]]:
        """Title and note in lines, and whether each is of the title."""
        size = self.chart.size
        title = look.wrapped(self.title, self.width, size, bold=True) if self.title else []
        note = look.wrapped(self.note, self.width, size) if self.note else []
        return [*((line, True) for line in title), *((line, False) for line in note)]

    @property
    def above(self) -> float:
        """How far the axes stand from the panel's upper edge, px."""
        return len(self.head) * self.chart.size * look.LEADING + self.top

    def fit(self, **margins: float) -> None:
        """Set margins (`left`, `right`, `top`, `bottom`) and the `height` of the axes, px."""
        for name, pixels in margins.items():
            setattr(self, name, pixels)

    def values(self, rows: Rows, measure: str | None = None) -> list[Number]:
        """The store's numbers of some rows of the table; None where there is no number at all."""
        name = measure or self.measure
        if lacking := [dim for dim in self.chart.item.dims if dim not in rows.columns]:
            raise KgError(
                f"{self.chart.item.key}: draw() ga rader uten «{lacking[0]}». Behold kolonnen, "
                "slik at tegningen finner tallene i verdilageret."
            )
        return [self.chart.value(row, name) for row in rows.to_dict("records")]

    def bounds(self, rows: Rows, *measures: str) -> tuple[float, float]:
        """The lowest and the highest of what its axis must hold: numbers, and what they may be."""
        numbers = [n for m in self.alike or measures or self.measures for n in self.values(rows, m)]
        known = [n for n in numbers if n is not None and n.value is not None]
        ends = [end for n in known for end in (n.value, *(band(n) or ())) if end is not None]
        return min(ends, default=0.0), max(ends, default=1.0)

    def names(self, rows: Rows, by: str) -> list[str]:
        """The readers' names of some rows: of their regions, categories or years."""
        known = set(self.chart._keys[by])
        return [k if str(k) in known else self.chart.name(by, k) for k in rows[by]]

    def frame(self, rows: Rows | None = None) -> Rows:
        """The rows (or all) with readers' names for keys, as seaborn wants them."""
        table = (self.chart.table if rows is None else rows).copy()
        for dim in set(self.chart.item.dims) - {"year"}:
            table[dim] = self.names(table, dim)
        return table

    def mark(self, artist: Artist | Container, rows: Rows, *measures: str) -> None:
        """Say which numbers an artist draws: a mark for each row, in the same order.

        Pages show a mark's number, checks compare them, and the alternative text tells them.

        Args:
            measures: What a mark shows of its row; two for a point with a number across and one
                upwards. The panel's measure if none is named.
        """
        names = measures or (self.measure,)
        columns = [self.values(rows, name) for name in names]
        if isinstance(artist, Container):
            for at, bar in enumerate(artist):
                self.mark_numbers(bar, *([column[at]] for column in columns))
        else:
            self.mark_numbers(artist, *columns)
        by = "year" if _kind(artist) == "line" else self.chart.item.dims[0]
        for name, column in zip(names, columns, strict=True):
            words = self.short(name) if len(names) > 1 or len(self.measures) > 1 else ""
            known = [number for number in column if number is not None]
            self.series.append(Series(_kind(artist), words, name, by, known))

    def mark_numbers(self, artist: Artist, *columns: Sequence[Number]) -> None:
        """The same for numbers of the store instead of rows."""
        mark(artist, *columns)

    def write(
        self,
        words: str,
        x: float,
        y: float,
        *,
        dx: float = 0,
        dy: float = 0,
        ha: Literal["left", "center", "right"] = "left",
        where: Where = "data",
        bold: bool = False,
        colour: str = look.INK,
    ) -> None:
        """A line of text with its middle at a place, `dx` px right of it and `dy` px above it.

        Args:
            where: What `x` and `y` are in: the data; shares of the axes (0–1); `row`: a share
                across and data upwards; `column`: data across and a share upwards.
        """
        base = {
            "data": self.ax.transData,
            "axes": self.ax.transAxes,
            "row": self.ax.get_yaxis_transform(),
            "column": self.ax.get_xaxis_transform(),
        }[where]
        self.ax.text(
            x,
            y,
            words,
            transform=self.shifted(base, dx, dy - look.BASE * self.chart.size),
            ha=ha,
            va="baseline",
            color=colour,
            weight="bold" if bold else "normal",
            zorder=6,
        )

    def shifted(self, base: Transform, right: float, up: float) -> Transform:
        """A place of the axes moved by so many px."""
        return base + ScaledTranslation(right / 72, up / 72, self.chart.fig.dpi_scale_trans)

    def short(self, measure: str, *, within: bool = False) -> str:
        """What the drawing calls a measure among those of the panel.

        Args:
            within: Whether it stands behind other words, and so without a capital.
        """
        entries = [self.chart.item.measures[name] for name in self.measures]
        entry = self.chart.item.measures[measure]
        alike = len(entries) > 1 and len({other.title for other in entries}) == 1
        words = entry.short or (alike and entry.group) or entry.title
        return f"{words[0].lower()}{words[1:]}" if within else words


def _kind(artist: Artist | Container) -> Kind:
    """What an artist is called in the alternative text."""
    if isinstance(artist, (Container, Patch)):
        return "bars"
    is_line = isinstance(artist, Line2D) and artist.get_linestyle() not in ("None", "none")
    return "line" if is_line else "marks"
