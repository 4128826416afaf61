"""The words of a drawing: large enough, inside it, and not across each other or a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from kunnskapsgrunnlag.check.svg import Box, DrawnMark, read_panels, text_place
from kunnskapsgrunnlag.figures.look import text_size, text_width
from kunnskapsgrunnlag.figures.svg_addresses import SVG

SIZE = re.compile(r"font-size: ([\d.]+)px")
# How far letters reach above and below the line that they stand on, as a share of their size.
ABOVE, BELOW = 0.74, 0.22
# Px: what rounding and the letters' own edges explain, and half of a point's mark.
NEAR, POINT = 0.5, 4.0
# Px between two texts beside each other: less than a blank would be read as one.
APART = 2.5


class TextBox(NamedTuple):
    """A line of text and the room that it takes: left, right, top and bottom, px."""

    words: str
    size: float
    box: Box


def check_texts(file: str, svg: str) -> list[str]:
    """Every line of text of a drawing: what is wrong with its size and its place."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    texts = list(text_boxes(root))
    marks = [mark for panel in read_panels(svg) for mark in panel.marks]
    errors = [*_places(texts, width, height), *_across_others(texts), *_across_marks(texts, marks)]
    return [f"{file}: {words}" for words in errors]


def text_boxes(root: ElementTree.Element) -> Iterator[TextBox]:
    """The lines of text of an SVG file that has real text, none of it turned."""
    for text in root.iter(f"{SVG}text"):
        words, style = "".join(text.itertext()).strip(), text.get("style", "")
        size = float(SIZE.findall(style)[0])
        wide = text_width(words, size, bold="font-weight: 700" in style)
        x, y = text_place(text)
        share = 0.5 if "anchor: middle" in style else 1.0 if "anchor: end" in style else 0.0
        left = x - share * wide
        yield TextBox(words, size, (left, left + wide, y - ABOVE * size, y + BELOW * size))


def _places(texts: Sequence[TextBox], width: float, height: float) -> Iterator[str]:
    least = text_size(int(width))
    for words, size, (left, right, top, bottom) in texts:
        if size < least:
            yield f"«{words}» er {size:g} px stor, og {least} er det minste."
        if left < -NEAR or right > width + NEAR or top < -NEAR or bottom > height + NEAR:
            yield f"«{words}» stikker ut av tegningen."


def _across_others(texts: Sequence[TextBox]) -> Iterator[str]:
    for one, other in combinations(texts, 2):
        if _overlap(_wider(one.box), other.box):
            yield f"«{one.words}» og «{other.words}» ligger over hverandre."


def _across_marks(texts: Sequence[TextBox], marks: Sequence[DrawnMark]) -> Iterator[str]:
    for mark in marks:
        left, right, top, bottom = mark.box
        room = POINT if mark.corners == 0 else 0.0
        box = (left - room, right + room, top - room, bottom + room)
        for words, _, text in texts:
            # Words may stand in a bar or a tile, but not across its edge.
            if mark.corners != 2 and _overlap(box, text) and not _holds(box, text):
                yield f"«{words}» ligger over merket til {' '.join(mark.addresses)}."


def _wider(box: Box) -> Box:
    return box[0] - APART, box[1] + APART, box[2], box[3]


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[1], other[1]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[2], other[2])
    return wide > NEAR and high > NEAR


def _holds(box: Box, text: Box) -> bool:
    return box[0] <= text[0] and text[1] <= box[1] and box[2] <= text[2] and text[3] <= box[3]
