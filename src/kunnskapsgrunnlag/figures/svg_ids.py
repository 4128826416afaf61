"""Marks that know their numbers: from the value that is drawn to its address in the drawing.

An artist's id in the SVG file (matplotlib's `gid`) says which numbers it draws, mark by mark;
`svg_addresses.py` reads it back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kunnskapsgrunnlag.figures.svg_addresses import ALSO, NEXT, SIGN


def mark(artist: Artist, *numbers: Sequence[Any]) -> None:
    """Say which numbers an artist draws.

    Args:
        numbers: One row per way in which a mark shows a number (such as across and upwards), in
            each a number per mark; bare numbers have no address and are passed over.
    """
    drawn = [row for row in zip(*numbers, strict=True) if all(map(_is_drawn, row))]
    words = [ALSO.join(filter(None, map(_address, row))) for row in drawn]
    if any(words):
        artist.set_gid(f"{_kind(artist)}_{SIGN}{NEXT.join(words).replace('/', '.')}")


def _kind(artist: Artist) -> str:
    if isinstance(artist, Patch):
        return "patch"
    return "line2d" if isinstance(artist, Line2D) else "PathCollection"


def _is_drawn(number: Any) -> bool:
    return isinstance(number, str) or not math.isnan(number)


def _address(number: Any) -> str:
    return str(getattr(number, "address", ""))
