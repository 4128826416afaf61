"""Personal details that a provider sends along and that nobody needs to keep."""

from __future__ import annotations

import re
from typing import Any

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?:\b(?:tlf|tel|telefon|phone|mobil)\b[.:]*\s*\+?|\+47)[\d \u00a0]{8,}", re.I)
_PERSONAL = ("contact", "contacts")
# No words of the owner's stand here; a code may look like anything.
_NUMBERS = ("id", "size", "value", "status", "index", "label", "unit", "role")


def without_contacts(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without names, addresses and telephone numbers of the owner's staff."""
    cleaned: dict[str, Any] = _cleaned(answer)
    return cleaned


def _cleaned(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: value if key in _NUMBERS else _cleaned(value)
            for key, value in part.items()
            if key not in _PERSONAL
        }
    if isinstance(part, list):
        return [_cleaned(value) for value in part]
    if isinstance(part, str):
        return _PHONE.sub("", _MAIL.sub("", part))
    return part
