"""Marks that know their numbers: from the value that is drawn to its address in the drawing.

An artist's id in the SVG file (matplotlib's `gid`) says which numbers it draws, mark by mark;
`svg_addresses.py` reads it back.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.figures.svg_addresses import ALSO, NEXT, SIGN
from kunnskapsgrunnlag.store.value import Value


def mark(artist: Artist, *numbers: Sequence[Value | None]) -> None:
    """Say which numbers an artist draws; one that is missing has no mark.

    Args:
        numbers: One row per way in which a mark shows a number (such as across and upwards), in
            each a number (or words) per mark.
    """
    rows = zip(*numbers, strict=True)
    known = [[number for number in row if number is not None] for row in rows]
    drawn = [row for row in known if len(row) == len(numbers) and all(map(_is_drawn, row))]
    if drawn:
        words = NEXT.join(ALSO.join(number.address for number in row) for row in drawn)
        artist.set_gid(f"{_kind(artist)}_{SIGN}{words.replace('/', '.')}")


def _kind(artist: Artist) -> str:
    if isinstance(artist, Patch):
        return "patch"
    return "line2d" if isinstance(artist, Line2D) else "PathCollection"


def _is_drawn(number: Value) -> bool:
    return number.value is not None or number.text not in SYMBOLS
