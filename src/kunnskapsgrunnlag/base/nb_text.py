"""Norwegian words around numbers: names of regions, lists, units in running text."""

from __future__ import annotations

from collections.abc import Iterable

from kunnskapsgrunnlag.base.regions import BY_KEY

UNIT_WORDS = {
    "prosent": "prosent",
    "kr": "kroner",
    "kr per måned": "kroner per måned",
    "mill. kr": "millioner kroner",
    "1 000 kr": "tusen kroner",
}

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)


def region_name(key: str) -> str:
    """The reader's name of a region; a delbydel is named with its bydel."""
    region = BY_KEY[key]
    # Many delbydeler share their name with a bydel: a delbydel says which bydel it lies in.
    return f"{region.name} ({BY_KEY[region.parent].name})" if region.parent else region.name


def date_words(date: str) -> str:
    """`25. november 2026`, of `2026-11-25`."""
    year, month, day = date.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}"


def listed(words: Iterable[str]) -> str:
    """`Bergen, Trondheim og Stavanger`."""
    *first, last = words
    return f"{', '.join(first)} og {last}" if first else last


def unit_words(unit: str) -> str:
    """The unit as it is said after a number in a sentence."""
    return UNIT_WORDS.get(unit, unit)


def moved(first: float, last: float) -> str:
    """`økte`, `falt` or `var uendret`: the verb that fits two numbers."""
    if last == first:
        return "var uendret"
    return "økte" if last > first else "falt"
