"""What everything that typst sets has in common: standards, typeface, and the edition's date."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
FONTS = Path("assets", "fonts")


def made_at(date: str) -> int:
    """The moment that a file gives as its making: the edition's, so that text makes the bytes."""
    return int(datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC).timestamp())
