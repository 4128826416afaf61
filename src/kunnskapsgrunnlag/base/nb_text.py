"""Norwegian words around numbers: names of regions, lists, units in running text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.nb_numbers import shown
from kunnskapsgrunnlag.base.regions import BY_KEY

if TYPE_CHECKING:
    import pandas as pd


# What is said in the place of a number that is missing.
MISSING = "(tall mangler)"
UNIT_WORDS = {
    "prosent": "prosent",
    "kr": "kroner",
    "kr per måned": "kroner per måned",
    "mill. kr": "millioner kroner",
    "1 000 kr": "tusen kroner",
}


def region_name(key: str) -> str:
    """The reader's name of a region; a delbydel is named with its bydel."""
    region = BY_KEY[key]
    # Many delbydeler share their name with a bydel: a delbydel says which bydel it lies in.
    return f"{region.name} ({BY_KEY[region.parent].name})" if region.parent else region.name


def listed(words: Iterable[str]) -> str:
    """`Bergen, Trondheim og Stavanger`."""
    *first, last = words
    return f"{', '.join(first)} og {last}" if first else last


def unit_words(unit: str) -> str:
    """The unit as it is said after a number in a sentence."""
    return UNIT_WORDS.get(unit, unit)


def say(value: float, decimals: int = 0) -> str:
    """The number as it stands in a sentence, or that it is missing."""
    return MISSING if math.isnan(value) else shown(value, decimals)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an item's table, each number with its text in the value store.

    pandas' own records hold bare floats, which would be said with other decimals than the table.
    """
    columns = {str(name): list(table[name]) for name in table.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def moved(first: float, last: float) -> str:
    """`økte`, `falt` or `var uendret`: the verb that fits two numbers."""
    if last == first:
        return "var uendret"
    return "økte" if last > first else "falt"
