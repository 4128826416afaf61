"""One look for every figure: the city's palette, one typeface, Norwegian numbers, calm axes.

Drawings of boxes and words still have one width, 5.6 inches.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import seaborn as sns
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# Tokens of Oslo kommune's open design system Punkt; the pairs used here pass 3:1 against white.
DARK_BLUE, WARM_BLUE, DARK_GREEN, RED = "#2a2859", "#1f42aa", "#034b45", "#c9302c"
GREY, LIGHT, INK, GRID = "#8a8a8a", "#dbe4f5", "#2c2c2c", "#e0e0e0"
LIGHT_GREEN, PAPER = "#c7f6c9", "#ffffff"
WIDTH = 5.6
FONT = "IBM Plex Sans"


def use_theme(fonts: Path) -> None:
    """Set the look for all figures drawn after this; `fonts` holds the typeface's TTF files."""
    add_fonts(fonts)
    sns.set_theme(
        style="white",
        rc={
            "font.family": [FONT],
            "font.size": 10.5,
            "axes.titlesize": 11.5,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.labelsize": 10.5,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 10.5,
            "ytick.labelsize": 10.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "svg.fonttype": "none",
            "svg.hashsalt": "kunnskapsgrunnlag",
            "figure.constrained_layout.use": True,
        },
    )


@cache
def add_fonts(fonts: Path) -> None:
    """Make the report's typeface known; `fonts` holds its TTF files."""
    # A font that is added again makes the list longer in which matplotlib looks for every text.
    for path in sorted(fonts.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


def new_figure() -> Figure:
    """An empty figure of the column's width."""
    return Figure(figsize=(WIDTH, 3.2), layout="constrained")


def svg_text(fig: Figure) -> str:
    """The figure as SVG with real text and the same bytes on every run."""
    buffer = io.StringIO()
    FigureCanvasSVG(fig).print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    text = buffer.getvalue()
    # Lines end in blanks where matplotlib joins path commands; version numbers age the file.
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"<!--.*?-->\n?", "", text, flags=re.S)


def stamp(fig: Figure, words: str) -> None:
    """Words above a drawing that nobody can overlook, such as that it is an estimate."""
    fig.set_figheight(fig.get_figheight() + 0.3)
    fig.suptitle(words, x=0.01, ha="left", fontsize=10.5, weight="bold", color=RED)
