"""The alt text of a drawing: its numbers are the item's, in the unit that the words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.check.words import NUMBER, declared_numbers
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

# What an alt text may write of a unit, right behind a number or behind the last of several.
UNITS = {
    "prosent": ("prosent",),
    "kroner": ("kr", "kr per måned", "kr per år", "kr per innbygger", "kr per tilfelle"),
    "millioner kroner": ("mill. kr",),
}
UNIT = re.compile(r"\s+(prosent|millioner kroner|kroner)\b")
CLASS = re.compile(rf"({NUMBER.pattern})–({NUMBER.pattern})")


def check_alt(key: str, item: Item, records: Sequence[Value], alt: str) -> list[str]:
    """Every number of an alt text: in the store with that unit, declared, a year, or a count."""
    return [f"{key}: alt text: {words}" for words in _numbers(item, records, alt)]


def _numbers(item: Item, records: Sequence[Value], alt: str) -> Iterator[str]:
    texts = {r.text for r in records}
    free = declared_numbers(item) | {str(r.year) for r in records if r.year is not None}
    free |= {n for r in records for d in item.dims for n in NUMBER.findall(_label(item, d, r))}
    ranges = [match.span() for match in CLASS.finditer(alt)]
    for match in NUMBER.finditer(alt):
        number = match[0]
        if any(start <= match.start() < end for start, end in ranges) or number in free:
            continue
        unit = UNIT.match(alt, match.end())
        if unit:
            texts_of_unit = {r.text for r in records if _same_unit(r.unit, unit[1])}
            if number not in texts_of_unit:
                yield _error(alt, match, f"no number of the item in {unit[1]}")
        elif number not in texts and not _is_count(number, records):
            yield _error(alt, match, "neither a number of the item nor a count of its rows")


def _same_unit(unit: str, word: str) -> bool:
    return unit == word or any(unit == u or unit.startswith(f"{u} ") for u in UNITS[word])


def _label(item: Item, dim: str, record: Value) -> str:
    return dim_label(item, dim, record.key(dim))


def _is_count(number: str, records: Sequence[Value]) -> bool:
    """Such as «15 bydeler»: never more than there are rows."""
    return number.isdigit() and int(number) <= len(records)


def _error(alt: str, match: re.Match[str], why: str) -> str:
    around = alt[max(0, match.start() - 30) : match.end() + 20]
    return f"{match[0]} (in «…{around}…») is {why}."
