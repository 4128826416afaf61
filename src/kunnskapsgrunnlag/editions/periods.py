"""Which period an item is of, and the same item asked for a later one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.catalog.periods import LAST_PERIOD

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.schema import Item, Source

# The settings of an item that say which period it is of.
YEARS = ("year", "first_year", "last_year")
DATE = "date"


def has_period(settings: Mapping[str, Any]) -> bool:
    """Whether years or a date are asked for."""
    return DATE in settings or any(name in settings for name in YEARS)


def moved(settings: Mapping[str, Any], years: int) -> dict[str, Any]:
    """The same settings so many years later; what is no period stays."""
    later = {name: settings[name] + years for name in YEARS if name in settings}
    if DATE in settings:
        day = datetime.date.fromisoformat(settings[DATE])
        later[DATE] = day.replace(year=day.year + years).isoformat()
    return {**settings, **later}


def period_of(item: Item, data_year: int, years: Sequence[int] = ()) -> str:
    """The period of an item as readers are told: what its subtitle says last, else its years."""
    periods: list[str] = LAST_PERIOD.findall(item.subtitle)
    if periods and not years:
        return periods[-1]
    if years:
        return f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])
    return str(data_year)


def renamed(words: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A subtitle with the years of the settings moved along; other years stay as they are."""
    years = {str(before[name]): str(after[name]) for name in YEARS if name in before}
    if DATE in before:
        years[before[DATE][:4]] = after[DATE][:4]
    return re.sub(r"\d{4}", lambda match: years.get(match[0], match[0]), words)


def is_words(item: Item, sources: Iterable[Source]) -> bool:
    """Whether the item is a drawing, or a list of words and their count: no year makes it old."""
    return all(measure.unit == "tekst" for measure in item.measures.values()) or all(
        source.columns and all(c.role != "measure" for c in source.columns.values())
        for source in sources
    )
