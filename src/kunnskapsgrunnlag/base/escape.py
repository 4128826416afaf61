"""Text made safe for the languages that pages are written in."""

from __future__ import annotations

import html
from typing import Any


def esc(value: Any) -> str:
    return html.escape(str(value), quote=True)


def typst_text(value: Any) -> str:
    """Text as a Typst string literal."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
