"""An item's drawings as files: a wide one, and a narrow one for phones."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kunnskapsgrunnlag.figures.look import NARROW


class Drawn(NamedTuple):
    """The drawings of an item as SVG.

    Attributes:
        wide: What the PDF and downloads have too.
        narrow: "" for an item that has one drawing alone.
    """

    wide: str
    narrow: str = ""

    def named(self, key: str) -> dict[str, str]:
        """File name -> SVG of those that there are."""
        files = {wide_file(key): self.wide, narrow_file(key): self.narrow}
        return {name: svg for name, svg in files.items() if svg}


def wide_file(key: str) -> str:
    """`figur-26.svg`."""
    return f"{key}.svg"


def narrow_file(key: str) -> str:
    """`figur-26-340.svg`."""
    return f"{key}-{NARROW}.svg"


def read_drawn(folder: Path, key: str) -> Drawn:
    """The drawings that lie in an item's folder."""
    narrow = folder / narrow_file(key)
    return Drawn(
        (folder / wide_file(key)).read_text(encoding="utf-8"),
        narrow.read_text(encoding="utf-8") if narrow.is_file() else "",
    )
