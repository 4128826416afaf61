"""A drawing read back from its SVG file: axes with ticks, bars, points, lines and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree

from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.figures.svg_addresses import SVG, marks_of

PLACE = re.compile(r"[ML] (-?[\d.]+) (-?[\d.]+)")
MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
Place = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it lies and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """A linear axis: `value = start + at * step`."""

    start: float
    step: float

    def value(self, at: float) -> float:
        return self.start + at * self.step


@dataclass(frozen=True)
class Label:
    """Words in a drawing and where they begin (or have their middle)."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class DrawnMark:
    """A mark that says which numbers it draws.

    Attributes:
        box: Left, right, top and bottom; a point has neither width nor height.
        corners: 0 for a point, 2 for a line, more for a bar or a tile.
    """

    addresses: list[str]
    box: Box
    corners: int


@dataclass
class Panel:
    """One set of axes.

    Attributes:
        across, up: Ticks of the horizontal and the vertical axis.
        bars: Left, right, top and bottom of each filled rectangle, in the order they were drawn.
        points: Places of all marks, and of the corners of lines with three corners or more.
        labels: Words that stand in the drawing itself.
        marks: What the ids of marks say that they draw.
        frame: Left, right, top and bottom of the paper; keys to the marks may stand outside it.
    """

    across: list[Tick] = field(default_factory=list)
    up: list[Tick] = field(default_factory=list)
    bars: list[Box] = field(default_factory=list)
    points: list[Place] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    marks: list[DrawnMark] = field(default_factory=list)
    frame: Box | None = None


def scale_of(ticks: list[Tick]) -> Scale | None:
    """The linear scale of an axis that shows numbers; None for one that shows names."""
    try:
        known = [(tick.at, parse_nb(tick.text)) for tick in ticks]
    except ValueError:
        return None
    if len(known) < 2 or known[0][0] == known[-1][0]:
        return None
    (a, low), (b, high) = known[0], known[-1]
    step = (high - low) / (b - a)
    return Scale(low - a * step, step)


def read_panels(svg: str) -> list[Panel]:
    """All axes of a drawing that matplotlib has written."""
    root = ElementTree.fromstring(svg)
    return [_panel(g) for g in root.iter(f"{SVG}g") if g.get("id", "").startswith("axes_")]


def _panel(group: ElementTree.Element) -> Panel:
    panel = Panel()
    paper, *patches = [g for g in group if g.get("id", "").startswith("patch_")] or [group]
    panel.frame = _bar(paper)
    for child in group:
        name = child.get("id", "")
        panel.marks += _marks(child)
        if name.startswith("matplotlib.axis"):
            for tick in child:
                _add_tick(panel, tick)
        elif name.startswith("text_"):
            panel.labels += _label(child)
        elif name.startswith(("line2d_", "PathCollection_")):
            panel.points += _points(child, panel.frame)
    panel.bars = [bar for patch in patches if (bar := _bar(patch))]
    return panel


def _add_tick(panel: Panel, tick: ElementTree.Element) -> None:
    name = tick.get("id", "")
    if not name.startswith(("xtick", "ytick")):
        return
    text = next(tick.iter(f"{SVG}text"), None)
    if text is None:
        return
    across = name.startswith("x")
    words = " ".join(_words(element) for element in tick.iter(f"{SVG}text"))
    grid = next((p for path in tick.iter(f"{SVG}path") if len(p := _path(path)) == 2), None)
    x, y = text_place(text)
    # A line of the grid lies at the value itself; words hang a little below it.
    at = (grid[0][0] if across else grid[0][1]) if grid else (x if across else y)
    (panel.across if across else panel.up).append(Tick(at, words))


def _points(group: ElementTree.Element, frame: Box | None) -> Iterator[Place]:
    for mark in group.iter(f"{SVG}use"):
        place = _place(mark)
        # A key that is drawn by hand has its marks outside the paper.
        if _inside(place, frame):
            yield place
    for path in group.findall(f"{SVG}path"):
        corners = _path(path)
        if len(corners) > 2:
            yield from corners


def _marks(group: ElementTree.Element) -> Iterator[DrawnMark]:
    for mark, addresses in marks_of(group):
        places = _path(mark) or [_place(mark)]
        corners = len(places) if len(places) > 1 else 0
        yield DrawnMark(addresses, _box(places), corners)


def _place(element: ElementTree.Element) -> Place:
    return float(element.get("x", 0)), float(element.get("y", 0))


def _box(places: list[Place]) -> Box:
    xs, ys = zip(*places, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def _inside(place: Place, frame: Box | None) -> bool:
    if frame is None:
        return True
    left, right, top, bottom = frame
    return left - 1 <= place[0] <= right + 1 and top - 1 <= place[1] <= bottom + 1


def _label(group: ElementTree.Element) -> Iterator[Label]:
    texts = list(group.iter(f"{SVG}text"))
    if texts:
        x, y = text_place(texts[0])
        yield Label(x, y, " ".join(_words(text) for text in texts).strip())


def _bar(patch: ElementTree.Element) -> Box | None:
    path = patch.find(f"{SVG}path")
    corners = _path(path) if path is not None else []
    closed = path is not None and path.get("d", "").rstrip().endswith("z")
    upright = all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    if len(corners) != 4 or not closed or not upright:
        return None
    return _box(corners)


def _path(path: ElementTree.Element) -> list[Place]:
    return [(float(x), float(y)) for x, y in PLACE.findall(path.get("d", ""))]


def text_place(text: ElementTree.Element) -> Place:
    """Where a line of text begins, or has its middle or end."""
    moved = MOVED.search(text.get("transform", ""))
    return (float(moved[1]), float(moved[2])) if moved and "x" not in text.attrib else _place(text)


def _words(text: ElementTree.Element) -> str:
    return "".join(text.itertext())
