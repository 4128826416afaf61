"""All changes between two editions as a table and as JSON, for whoever works on with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from kunnskapsgrunnlag.editions.causes import WORDS
from kunnskapsgrunnlag.editions.diff import SAME, EditionDiff, News
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
    rows = [HEADS, *(_news(change, diff, names) for change in diff.news), *_numbers(diff, names)]
    return lines(rows).encode("utf-8")


def _news(change: News, diff: EditionDiff, names: Names) -> tuple[Cell, ...]:
    item = diff.new.items[change.item]
    return (
        *("nyeste tall", item.label, names.label(item, change.new.address, year=False)),
        *(change.new.address, change.new.unit, change.before, change.now),
        *(_cell(change.old), _cell(change.new), *_size(change.size), "", ""),
    )


def _numbers(diff: EditionDiff, names: Names) -> Iterator[tuple[Cell, ...]]:
    for number in diff.numbers:
        value = number.new or number.old
        if number.state == SAME or value is None:
            continue
        item = (diff.new if number.new else diff.old).items[number.item]
        yield (
            *(number.state, item.label, names.label(item, number.address)),
            *(number.address, value.unit, "", ""),
            *(_cell(number.old), _cell(number.new), *_size(number.size)),
            *(WORDS.get(number.cause, ""), number.reason),
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
        "numbers": [asdict(number) for number in diff.numbers if number.state != SAME],
        "news": [asdict(change) for change in diff.news],
        "revisions": [asdict(revision) for revision in diff.revisions],
        "claims": [asdict(claim) for claim in diff.claims],
        "items": [
            {"key": i.key, "state": i.state, "changes": i.words, "carried": i.carried}
            for i in diff.items
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
