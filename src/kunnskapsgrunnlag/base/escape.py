"""Text made safe for the languages that pages are written in."""

from __future__ import annotations

import html
import json
from typing import Any


def esc(value: Any) -> str:
    return html.escape(str(value), quote=True)


def typst_text(value: Any) -> str:
    """Text as a Typst string literal."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def script_json(content: object) -> str:
    """JSON in a script; a text in it can never end the script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")
