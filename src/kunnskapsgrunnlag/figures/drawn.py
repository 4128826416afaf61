"""An item's drawings as files: a wide one, and a narrow one for phones."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

# How wide a drawing is, in pixels: on a phone, and on a desk. Whoever only reads drawings does
# without the kit that makes them.
NARROW, WIDE = 340, 760


class Drawn(NamedTuple):
    """The drawings of an item as SVG.

    Attributes:
        wide: What the PDF and downloads have too.
    """

    wide: str
    narrow: str

    def named(self, key: str) -> dict[str, str]:
        """File name -> SVG."""
        return {wide_file(key): self.wide, narrow_file(key): self.narrow}


def wide_file(key: str) -> str:
    """`figur-26.svg`."""
    return f"{key}.svg"


def narrow_file(key: str) -> str:
    """`figur-26-340.svg`."""
    return f"{key}-{NARROW}.svg"


def read_drawn(folder: Path, key: str) -> Drawn:
    """The drawings that lie in an item's folder."""
    names = wide_file(key), narrow_file(key)
    return Drawn(*((folder / name).read_text(encoding="utf-8") for name in names))
