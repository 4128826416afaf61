"""The report's typeface, seaborn's plain style under every drawing, and drawings as SVG files."""

from __future__ import annotations

import io
import re
from pathlib import Path

import seaborn as sns
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from kunnskapsgrunnlag.figures.look import FONT, add_fonts


def use_theme(fonts: Path) -> None:
    """Set what all drawings share; `fonts` holds the typeface's TTF files."""
    add_fonts(fonts)
    files = {"svg.fonttype": "none", "svg.hashsalt": "kunnskapsgrunnlag"}
    sns.set_theme(style="white", rc={"font.family": [FONT], **files})


def svg_text(fig: Figure) -> str:
    """The figure as SVG with real text and the same bytes on every run."""
    buffer = io.StringIO()
    FigureCanvasSVG(fig).print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    text = buffer.getvalue()
    # Lines end in blanks where matplotlib joins path commands; version numbers age the file.
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"<!--.*?-->\n?", "", text, flags=re.S)
