"""All changes between two editions as a table and as JSON, for whoever works on with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from kunnskapsgrunnlag.editions.causes import WORDS
from kunnskapsgrunnlag.editions.diff import SAME, EditionDiff, News, NumberChange
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedValue
from kunnskapsgrunnlag.editions.sizes import Size, shown_number
from kunnskapsgrunnlag.publish.downloads.csv_text import lines
from kunnskapsgrunnlag.publish.downloads.table import Cell

HEADS = (
    *("Slag", "Nummer", "Tall", "Adresse", "Enhet", "Periode før", "Periode nå", "Før", "Nå"),
    *("Endring", "Endring i prosent", "Årsak", "Forklaring"),
)


def file_name(diff: EditionDiff) -> str:
    """`endringer-2022-2026.csv`."""
    return f"endringer-{diff.old.key}-{diff.new.key}.csv"


def as_csv(diff: EditionDiff, names: Names) -> bytes:
    """News first, then every number that is not as it was; formulas cannot hide in it."""
    rows = [HEADS, *(_news(each, diff, names) for each in diff.news), *_numbers(diff, names)]
    return lines(rows).encode("utf-8")


def _news(each: News, diff: EditionDiff, names: Names) -> tuple[Cell, ...]:
    item = diff.new.items[each.item]
    return (
        *("nyeste tall", item.label, names.label(item, each.new.address, year=False)),
        *(each.new.address, each.new.unit, each.before, each.now),
        *(_cell(each.old), _cell(each.new), *_size(each.size), "", ""),
    )


def _numbers(diff: EditionDiff, names: Names) -> Iterator[tuple[Cell, ...]]:
    for each in diff.numbers:
        value = each.new or each.old
        if each.state == SAME or value is None:
            continue
        item = (diff.new if each.new else diff.old).items[each.item]
        yield (
            *(each.state, item.label, names.label(item, each.address), each.address, value.unit),
            *("", "", _cell(each.old), _cell(each.new), *_size(each.size)),
            *(WORDS.get(each.cause, ""), each.reason),
        )


def _cell(value: PublishedValue | None) -> Cell:
    """The number as it was shown, as a number; words and signs as words."""
    if value is None:
        return None
    number = shown_number(value)
    return value.text if number is None else _decimal(number, len(value.text.partition(",")[2]))


def _size(size: Size | None) -> tuple[Cell, Cell]:
    if size is None:
        return None, None
    share = None if size.relative is None else _decimal(size.relative * 100, 1)
    return _decimal(size.absolute, size.decimals), share


def _decimal(value: float, decimals: int) -> Decimal:
    return Decimal(f"{value:.{decimals}f}")


def as_json(diff: EditionDiff) -> bytes:
    """The same for programs, with claims, items and the size of revisions."""
    content = {
        "old": diff.old.key,
        "new": diff.new.key,
        "states": dict(diff.states),
        "causes": diff.causes,
        "numbers": [_held(each) for each in diff.numbers if each.state != SAME],
        "news": [asdict(each) for each in diff.news],
        "revisions": [asdict(each) for each in diff.revisions],
        "claims": [asdict(each) for each in diff.claims],
        "items": [
            {"key": i.key, "state": i.state, "changes": i.words, "carried": i.carried}
            for i in diff.items
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _held(each: NumberChange) -> dict[str, object]:
    return asdict(each)
