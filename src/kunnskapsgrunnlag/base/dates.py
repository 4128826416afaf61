"""Dates in Norwegian words."""

from __future__ import annotations

import datetime

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "desember"),
)


def norwegian_date(day: datetime.date | str) -> str:
    """`22. desember 2025`; takes a date or its ISO text."""
    day = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
