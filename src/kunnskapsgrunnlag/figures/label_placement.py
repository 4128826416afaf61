"""Where names can stand beside their points without covering anything."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

# In points of the page: the room around a mark, the height of a name, the distances tried.
MARK, HEIGHT = 4.5, 12.0
DISTANCES = (7.0, 12.0, 18.0, 26.0, 36.0, 48.0)
DIRECTIONS = tuple(math.tau * turn / 16 for turn in range(16))
LED = 12.0
CONSIDERED, ROUNDS = 32, 6
Spot = tuple[float, float]


class Box(NamedTuple):
    """A rectangle in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def common(self, other: Box) -> float:
        """The area that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)

    def wider(self, beside: float, above: float) -> Box:
        """The box with more room on all sides."""
        return Box(self.left - beside, self.bottom - above, self.right + beside, self.top + above)

    def distance(self, x: float, y: float) -> float:
        """How far a point lies from the box; 0 inside it."""
        beside = max(self.left - x, 0.0, x - self.right)
        return math.hypot(beside, max(self.bottom - y, 0.0, y - self.top))


class Place(NamedTuple):
    """A place for a name: its middle from the point, the gap between them, its box and leader."""

    x: float
    y: float
    gap: float
    box: Box
    leader: tuple[Spot, ...]


def between(start: Spot, end: Spot) -> list[Spot]:
    """Places along a straight line, a few points of the page apart."""
    (x0, y0), (x1, y1) = start, end
    count = max(2, int(math.hypot(x1 - x0, y1 - y0) / 4))
    return [(x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count) for k in range(count + 1)]


def place_names(
    marks: Sequence[Spot],
    widths: Sequence[float],
    others: Sequence[Box],
    strokes: Sequence[Spot],
    room: Box,
) -> list[Place]:
    """A place for each mark's name: the best of four attempts that start in different corners.

    Args:
        marks: Where the points lie, in points of the page.
        others: Boxes that no name may cover.
        strokes: Places along the lines of reference, which names should keep clear of.
        room: The box that no name should leave.
    """
    along = np.array(strokes or [(math.inf, math.inf)])
    choices = []
    for mark, width in zip(marks, widths, strict=True):
        costs = [
            (_own_cost(place, mark, marks, others, along, room), place)
            for place in candidates(*mark, width)
        ]
        choices.append(sorted(costs, key=lambda pair: pair[0])[:CONSIDERED])
    corners = [(x, y) for x in (-1, 1) for y in (-1, 1)]
    attempts = [
        _settled(
            choices, sorted(range(len(marks)), key=lambda i: x * marks[i][0] + y * marks[i][1])
        )
        for x, y in corners
    ]
    _, places = min(attempts, key=lambda attempt: attempt[0])
    return places


Choices = list[tuple[float, Place]]


def _settled(choices: Sequence[Choices], order: Sequence[int]) -> tuple[float, list[Place]]:
    """Names placed one by one, then each moved while that helps; and what the places cost."""
    placed: dict[int, tuple[float, Place]] = {}
    for _ in range(ROUNDS):
        before = dict(placed)
        for i in order:
            rest = [place for j, (_, place) in placed.items() if j != i]
            costs = [(own + _clash(place, rest), place) for own, place in choices[i]]
            placed[i] = min(costs, key=lambda pair: pair[0])
        if placed == before:
            break
    places = [placed[i][1] for i in range(len(choices))]
    return sum(cost for cost, _ in placed.values()), places


def candidates(x: float, y: float, width: float) -> Iterator[Place]:
    """The places tried around a point: nearest first, to the right first."""
    for gap in DISTANCES:
        for direction in DIRECTIONS:
            beside, above = math.cos(direction), math.sin(direction)
            dx = gap * beside + width / 2 * max(-1.0, min(1.0, 1.6 * beside))
            dy = gap * above + HEIGHT / 2 * max(-1.0, min(1.0, 1.6 * above))
            left, bottom = x + dx - width / 2, y + dy - HEIGHT / 2
            box = Box(left, bottom, left + width, bottom + HEIGHT)
            led = between((x, y), (x + dx, y + dy)) if gap >= LED else []
            yield Place(dx, dy, gap, box, tuple(spot for spot in led if box.distance(*spot) > 0))


def _own_cost(
    place: Place,
    mark: Spot,
    marks: Sequence[Spot],
    others: Sequence[Box],
    strokes: np.ndarray[Any, Any],
    room: Box,
) -> float:
    """How badly a name stands there: covering weighs most, then doubt, distance and direction."""
    box, wide = place.box, place.box.right - place.box.left
    padded = box.wider(2, 1)
    covered = sum(map(padded.common, others)) + wide * HEIGHT - box.common(room)
    covered += sum(padded.common(Box(x, y, x, y).wider(MARK, MARK)) for x, y in marks)
    # A name that is nearer to another mark than to its own would be read as that one's.
    doubt = sum(box.distance(x, y) < box.distance(*mark) + 2 for x, y in marks if (x, y) != mark)
    crossed = sum(
        math.dist(spot, x) < MARK + 1 for x in marks if x != mark for spot in place.leader
    )
    low, high = padded[:2], padded[2:]
    struck = int(((strokes >= low) & (strokes <= high)).all(axis=1).sum())
    turned = 1.5 * (place.x < 0) + 3 * (abs(place.x) < wide / 4)
    led = 6.0 if place.leader else 0.0
    return (
        10 * covered + 20 * crossed + 2.5 * struck + (2 if led else 12) * doubt
        + place.gap + turned + led
    )  # fmt: skip


def _clash(place: Place, rest: Sequence[Place]) -> float:
    """How much a name and its leader cover other names and theirs."""
    padded = place.box.wider(2, 1)
    reach = place.box.wider(DISTANCES[-1] + 2, DISTANCES[-1] + 2)
    rest = [other for other in rest if reach.common(other.box.wider(DISTANCES[-1], DISTANCES[-1]))]
    covered = sum(padded.common(other.box) for other in rest)
    crossed = sum(other.box.distance(*spot) < 1 for other in rest for spot in place.leader)
    crossed += sum(padded.distance(*spot) == 0 for other in rest for spot in other.leader)
    return 10 * covered + 20 * crossed
