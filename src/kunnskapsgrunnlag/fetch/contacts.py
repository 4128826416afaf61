"""What no snapshot and no recording keeps: names, addresses and numbers of an owner's staff."""

import re
from typing import Any

# Personal details that a provider sends along and that nobody needs to keep.
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?:\b(?:tlf|tel|telefon|phone|mobil)\b[.:]*\s*\+?|\+47)[\d \u00a0]{8,}", re.I)
_PERSONAL = ("contact", "contacts", "contactPerson")
# No words of the owner's stand here; a code may look like anything.
_NUMBERS = ("id", "size", "value", "status", "index", "label", "unit", "role")


def without_contacts(answer: Any) -> Any:
    """An answer, or a part of it, without names, addresses and numbers of the owner's staff."""
    if isinstance(answer, dict):
        return {
            key: value if key in _NUMBERS else without_contacts(value)
            for key, value in answer.items()
            if key not in _PERSONAL
        }
    if isinstance(answer, list):
        return [without_contacts(value) for value in answer]
    return _PHONE.sub("", _MAIL.sub("", answer)) if isinstance(answer, str) else answer
