"""What a drawing shows and its alt text says, against what the store holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, nb, parse_nb
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.check.marks import Drawing, marks, some
from kunnskapsgrunnlag.check.svg import Label, Panel, read_panels
from kunnskapsgrunnlag.check.words import NUMBER, declared_numbers, numbers_in
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

CLASS = re.compile(rf"({NUMBER.pattern})–({NUMBER.pattern})")
# What an alt text may write of a unit, right behind a number or behind the last of several.
UNITS = {
    "prosent": ("prosent",),
    "kroner": ("kr", "kr per måned", "kr per år", "kr per innbygger", "kr per tilfelle"),
    "millioner kroner": ("mill. kr",),
}
UNIT = re.compile(r"\s+(prosent|millioner kroner|kroner)\b")
# Sums and rests: a drawing of areas may leave them to the table.
APART = ("oslo", "hele-landet", "uoppgitt")


def check_drawing(file: str, item: Item, records: Sequence[Value], svg: str) -> list[str]:
    """Labels, bars and points of an item's SVG file against its numbers.

    A label must say a text of the store; a bar or point says which number it draws, and must be
    drawn as that number is; and of a row of numbers that is drawn, none may be left out.
    """
    drawing = Drawing(item, records, set())
    errors: list[str] = []
    for number, panel in enumerate(read_panels(svg), 1):
        messages = [*_labels(drawing, panel), *marks(drawing, panel)]
        errors += [f"{file}, panel {number}: {words}" for words in messages]
    return errors + [f"{file}: {words}" for words in _left_out(drawing)]


def _labels(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Every number in a label is in the store, and is that of the name it stands beside."""
    texts = {r.text for r in drawing.records}
    # A drawing made of words breaks them into lines: each line has numbers of the words.
    texts |= {n for r in drawing.records if r.value is None for n in numbers_in(r.text)}
    years = {str(r.year) for r in drawing.records if r.year is not None}
    known = texts | years | declared_numbers(drawing.item) | _round_numbers(panel)
    if any("tusen" in label.text for label in panel.labels):
        known |= {nb(r.value / 1000) for r in drawing.records if r.value is not None}
    yield from _classes(panel, texts)
    for at, label in enumerate(panel.labels):
        if CLASS.fullmatch(label.text):
            continue
        for number in numbers_in(label.text):
            if number not in known:
                yield f"«{label.text}»: {number} er ikke et av tallene."
        name, text = _named(label, panel.labels[at + 1 : at + 2])
        rows = [r for r in drawing.records if name in drawing.names(r)]
        if text and rows and text not in years:
            beside = {r.text for r in rows}
            if text not in beside:
                yield f"«{name}»: ventet en av {some(beside)}, fant «{text}»."
            drawing.drawn |= {r.address for r in rows if r.text == text}


def _classes(panel: Panel, texts: set[str]) -> Iterator[str]:
    """The classes of a map's key follow each other without a gap."""
    labels = [n.text for n in panel.labels if n.text not in texts]
    matches = [m for words in labels if (m := CLASS.fullmatch(words))]
    bounds = [tuple(map(parse_nb, m.groups())) for m in matches]
    steps = {round(after[0] - before[1], 6) for before, after in pairwise(sorted(bounds))}
    if len(steps) > 1:
        yield f"klassene {some(m[0] for m in matches)} henger ikke sammen."


def _named(label: Label, following: Sequence[Label]) -> tuple[str, str]:
    """The name and the number of `Fossum 19,1`, or of a name with its number right behind it."""
    numbers = numbers_in(label.text)
    if numbers and label.text.endswith(f" {numbers[-1]}"):
        return label.text.removesuffix(numbers[-1]).strip(), numbers[-1]
    if following and NUMBER.fullmatch(following[0].text):
        return label.text, following[0].text
    return label.text, ""


def _round_numbers(panel: Panel) -> set[str]:
    """What the axes say, and the even numbers that a line of reference may stand at."""
    tick_numbers = {n for tick in (*panel.across, *panel.up) for n in numbers_in(tick.text)}
    return tick_numbers | {nb(10 * n) for n in range(1, 10)} | {nb(1000)}


def _left_out(drawing: Drawing) -> Iterator[str]:
    """Of a measure that is mostly drawn, the numbers of the table that are not.

    Where another number of the row is missing, a point may have no place.
    """
    gaps = {_row(drawing, r) for r in drawing.shown if r.text in SYMBOLS}
    for name in drawing.item.measures:
        drawable = [
            r
            for r in drawing.shown
            if r.measure == name
            and r.value is not None
            and r.region not in APART
            and _row(drawing, r) not in gaps
        ]
        lacking = [r for r in drawable if r.address not in drawing.drawn]
        if lacking and len(lacking) < len(drawable) / 2:
            for record in lacking:
                yield f"{record.address} = {record.text} står i tabellen og er ikke tegnet."


def _row(drawing: Drawing, record: Value) -> tuple[object, ...]:
    return tuple(record.key(dim) for dim in drawing.item.dims)


def check_alt(key: str, item: Item, records: Sequence[Value], alt: str) -> list[str]:
    """Every number of an alt text: in the store with that unit, declared, a year, or a count."""
    return [f"{key}: alt-tekst: {words}" for words in _alt_numbers(item, records, alt)]


def _alt_numbers(item: Item, records: Sequence[Value], alt: str) -> Iterator[str]:
    texts = {r.text for r in records}
    free = declared_numbers(item) | {str(r.year) for r in records if r.year is not None}
    free |= {
        n for r in records for d in item.dims for n in NUMBER.findall(dim_label(item, d, r.key(d)))
    }
    ranges = [match.span() for match in CLASS.finditer(alt)]
    for match in NUMBER.finditer(alt):
        number = match[0]
        if any(start <= match.start() < end for start, end in ranges) or number in free:
            continue
        unit = UNIT.match(alt, match.end())
        if unit:
            texts_of_unit = {r.text for r in records if _same_unit(r.unit, unit[1])}
            if number not in texts_of_unit:
                yield _error(alt, match, f"ikke et av tallene i {unit[1]}")
        elif number not in texts and not _is_count(number, records):
            yield _error(alt, match, "verken et av tallene eller antallet rader")


def _same_unit(unit: str, word: str) -> bool:
    return unit == word or any(unit == u or unit.startswith(f"{u} ") for u in UNITS[word])


def _is_count(number: str, records: Sequence[Value]) -> bool:
    """Such as «15 bydeler»: never more than there are rows."""
    return number.isdigit() and int(number) <= len(records)


def _error(alt: str, match: re.Match[str], why: str) -> str:
    around = alt[max(0, match.start() - 30) : match.end() + 20]
    return f"{match[0]} (i «…{around}…») er {why}."
