"""The look of a drawing: colours by their role, sizes in CSS pixels, the typeface's widths.

A figure is as many inches as it has pixels / 72, so that a point of matplotlib is a pixel.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from cycler import cycler
from matplotlib import font_manager, rc_context
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

from kunnskapsgrunnlag.figures.drawn import NARROW as NARROW
from kunnskapsgrunnlag.figures.drawn import WIDE as WIDE

FONT = "IBM Plex Sans"
# The series that the title speaks of, what it is compared with, and all the rest.
MAIN, SECOND, CONTEXT = "#1f42aa", "#034b45", "#868686"
# An estimate and nothing else: its sign, and the band within which the number may lie.
ESTIMATE, BAND = "#ff8274", "#ffd3cc"
# On the ground of that sign, on a light and on a dark page: no colour that the page sets.
ON_ESTIMATE = "#2b2b2b"
INK, QUIET, RULE, GRID, PAPER = "#2c2c2c", "#595959", "#8a8a8a", "#e0e0e0", "#ffffff"
# Fills of boxes and of a span that stands out.
LIGHT, LIGHT_GREEN, DARK, SPAN = "#dbe4f5", "#c7f6c9", "#2a2859", "#f4e3c1"
SOLID, DASHED = "-", (0, (4, 2))
# From the middle of a line of text down to where its letters stand, as a share of its size.
BASE = 0.35
LEADING = 1.25
# A space at which a line may end: not the one within `100 000`, however it is typed.
BREAK = re.compile(r" (?!\d{3}\b)|(?<!\d) ")


def text_size(width: int) -> int:
    """The size of all text, px.

    It is never below 11 px where a page shows a drawing smaller: the narrow one in a column of
    288 px, the wide one in a column of 600 px.
    """
    return 13 if width < WIDE else 14


def style(width: int) -> AbstractContextManager[None]:
    """Matplotlib's settings for a drawing of this width, as long as it is drawn."""
    size = text_size(width)
    settings: dict[Any, Any] = {
        "figure.constrained_layout.use": False,
        "figure.dpi": 72,
        "font.family": [FONT],
        "font.size": size,
        "axes.titlesize": size,
        "axes.labelsize": size,
        "xtick.labelsize": size,
        "ytick.labelsize": size,
        "legend.fontsize": size,
        "axes.edgecolor": RULE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=[MAIN, SECOND, CONTEXT]),
        "grid.color": GRID,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "svg.fonttype": "none",
        "svg.hashsalt": "kunnskapsgrunnlag",
    }
    return rc_context(settings)


def region_colour(region: str, shown: Collection[str | None]) -> str:
    """The colour of a region among those that a drawing shows, whatever its place among them."""
    if region in ("oslo", "oslo-og-baerum"):
        return MAIN
    if region == "hele-landet":
        return SECOND
    return CONTEXT if {"oslo", "hele-landet"} & set(shown) else MAIN


@cache
def add_fonts(fonts: Path) -> None:
    """Make the report's typeface known; `fonts` holds its TTF files."""
    # A font that is added again makes the list longer in which matplotlib looks for every text.
    for path in sorted(fonts.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, px: the sum of its letters' widths in the typeface."""
    return sum(_advance(letter, bold) for letter in words) * size


# A font's file is read by one thread at a time.
_ONE_READER = Lock()


@cache
def _advance(letter: str, bold: bool) -> float:
    with _ONE_READER:
        glyph = _font(bold).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
        return float(glyph.linearHoriAdvance) / 65536 / 1000


@cache
def _font(bold: bool) -> FT2Font:
    face = FontProperties(family=[FONT], weight="bold" if bold else "normal")
    font = FT2Font(findfont(face, fallback_to_default=False))
    font.set_size(1000, 72)
    return font


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The words in lines no wider than `width` px; a longer word keeps a line of its own."""
    lines = [""]
    for word in BREAK.split(words):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def balanced(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The words in as few lines as `width` px allow, and these about equally long."""
    lines = wrapped(words, width, size, bold=bold)
    for part in (0.9, 0.8, 0.7, 0.6):
        narrower = wrapped(words, part * width, size, bold=bold)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def widest(lines: Collection[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest of some lines of text, px."""
    return max((text_width(line, size, bold=bold) for line in lines), default=0.0)
