"""Marks that say which numbers they draw: each must be drawn as just these numbers are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.check.svg import Box, DrawnMark, Panel, Scale, Tick, scale_of
from kunnskapsgrunnlag.check.words import NUMBER, numbers_in
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

# How far, in points, a number may stand from the middle of its bar.
BESIDE = 8
# How far, in points, a mark may lie from its value: what rounding in the file can explain.
NEAR = 0.15
# Said over lines that show the change since a year.
INDEX = re.compile(r"\((\d{4}) = 100\)")


@dataclass
class Drawing:
    """An item's drawing and numbers, and the numbers that were found drawn."""

    item: Item
    records: Sequence[Value]
    drawn: set[str]

    def names(self, record: Value) -> set[str]:
        """The words that may stand for a record's row: those of its dimensions."""
        labels = [dim_label(self.item, dim, record.key(dim)) for dim in self.item.dims]
        # «Nordstrand (Nordstrand)» is the delbydel; a drawing has the bydel on its axis.
        return {*labels, *(words.partition(" (")[0] for words in labels)}

    @property
    def shown(self) -> list[Value]:
        return [r for r in self.records if r.shown]


def some(words: Iterable[str]) -> str:
    """The first of some words, each once, in quotes."""
    return ", ".join(f"«{w}»" for w in list(dict.fromkeys(words))[:6])


def marks(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Every address is a number of the item; place, length, words and name are those it says."""
    records = {r.address: r for r in drawing.records}
    for mark in panel.marks:
        for address in mark.addresses:
            if address not in records:
                yield f"et merke sier {address}, som ikke er et av tallene."
    known = [m for m in panel.marks if m.addresses and not set(m.addresses) - set(records)]
    for mark in known:
        rows = [records[address] for address in mark.addresses]
        drawing.drawn |= set(mark.addresses)
        for row in rows:
            if not _lies_at(drawing, panel, mark, row):
                yield f"merket til {row.address} viser ikke {row.text}."
        if mark.corners != 2 and not all(_named(drawing, panel, mark, row) for row in rows):
            yield f"merket til {rows[0].address} står ikke ved navnet sitt."
    bars = [(m.box, records[m.addresses[-1]]) for m in known if m.corners > 2]
    yield from _unlike(panel, bars)
    yield from _other_numbers(panel, bars)
    yield from _in_other_rows(panel, [(m, records[m.addresses[-1]]) for m in known])
    yield from _unmarked(panel)


def _unmarked(panel: Panel) -> Iterator[str]:
    """Of a drawing with axes, bars and points that say no number, and marks that are neither."""
    if not panel.marks or not (panel.across or panel.up):
        return
    boxes = {mark.box for mark in panel.marks}
    ends = {end for box in boxes for end in box[:2]}
    for bar in panel.bars:
        if min(bar[1] - bar[0], bar[3] - bar[2]) < NEAR:  # a number that is missing
            continue
        # A shade may reach from the end of one bar to that of another.
        if bar not in boxes and any(min(abs(end - at) for at in ends) > NEAR for end in bar[:2]):
            yield f"en stolpe fra {bar[0]:.1f} til {bar[1]:.1f} punkter sier ikke noe tall."
    for mark in panel.marks:
        if mark.corners > 2 and mark.box not in panel.bars:
            yield f"merket til {mark.addresses[-1]} er ikke en rett stolpe."
    places = {(box[0], box[2]) for box in boxes}
    for x, y in panel.points:
        if (x, y) not in places:
            yield f"punktet ved {x:.1f}, {y:.1f} er ikke et av tallene."


def _other_numbers(panel: Panel, bars: Sequence[tuple[Box, Value]]) -> Iterator[str]:
    """The number beside a bar is the bar's own, or thousands of it where the drawing says so."""
    numbers = [n for n in panel.labels if NUMBER.fullmatch(n.text)]
    names = panel.up if _are_flat(bars) else panel.across
    if bars and len(panel.bars) < min(len(numbers), len(names)):
        yield f"det er {len(panel.bars)} stolper for {len(numbers)} tall."
    in_thousands = any("tusen" in label.text for label in panel.labels)
    for (left, right, top, bottom), row in bars:
        middle, end = ((top + bottom) / 2, right) if _are_flat(bars) else ((left + right) / 2, top)
        places = [((n.y, n.x) if _are_flat(bars) else (n.x, n.y), n.text) for n in numbers]
        beside = [(abs(along - end), text) for (across, along), text in places
                  if abs(across - middle) < BESIDE]  # fmt: skip
        text = min(beside, default=(0, row.text))[1]
        thousands = nb(row.value / 1000) if in_thousands and row.value is not None else ""
        if text not in (row.text, thousands):
            yield f"stolpen til {row.address}: ventet {row.text}, fant «{text}»."


def _in_other_rows(panel: Panel, drawn: Sequence[tuple[DrawnMark, Value]]) -> Iterator[str]:
    """The numbers in a row of points are those of its points, from left to right as drawn."""
    if not panel.up or scale_of(panel.up) or panel.frame is None:
        return
    rows: dict[str, list[tuple[DrawnMark, Value]]] = {}
    for mark, value in drawn:
        if value.value is not None and mark.corners != 2:
            rows.setdefault(_beside(panel.up, (mark.box[2] + mark.box[3]) / 2), []).append(
                (mark, value)
            )
    labels = [n for n in panel.labels if panel.frame[2] <= n.y <= panel.frame[3]]
    for name, marks_of_row in rows.items():
        if all(mark.corners for mark, _ in marks_of_row):
            continue
        texts = [value.text for _, value in marks_of_row]
        beside = sorted((n.x, n.text) for n in labels if _beside(panel.up, n.y) == name)
        bare = [text for _, text in beside if NUMBER.fullmatch(text)]
        ends = [numbers_in(text)[-1:] for _, text in beside]
        others = [number for end in ends for number in end if number not in texts]
        if others or (len(bare) == len(texts) and bare != texts):
            yield f"raden «{name}»: ventet {some(texts)}, fant {some(others or bare)}."


def _are_flat(bars: Sequence[tuple[Box, Value]]) -> bool:
    """Whether bars lie: they share their left end."""
    return len({round(box[0], 2) for box, _ in bars}) < len(bars)


def _lies_at(drawing: Drawing, panel: Panel, mark: DrawnMark, row: Value) -> bool:
    """Whether an axis says the row's value, or its words, where the mark is; no axis says no."""
    left, right, top, bottom = mark.box
    across, up = scale_of(panel.across), scale_of(panel.up)
    if not panel.across and not panel.up:
        return mark.corners == 0 or row.text in _inside(panel, mark.box)
    if row.value is None:
        ticks = [_beside(panel.across, left).casefold(), _beside(panel.up, top).casefold()]
        heads = [head.casefold() for head in (row.text, *_columns(drawing, row))]
        return any(words.startswith(head) for words in ticks for head in heads)
    value = row.value * 100 / base if (base := _base(drawing, panel, row)) else row.value
    scales = [s for s in (across, up) if s and not _is_of_years(s, row, panel)]
    ends = {id(across): (left, right), id(up): (top, bottom)}
    hits = [_near(s, at, value) for s in scales for at in ends[id(s)]]
    return any(hits) or not scales


def _base(drawing: Drawing, panel: Panel, row: Value) -> float | None:
    """What a line of index numbers has as 100: the row's own number in the year that is told."""
    found = next((m for label in panel.labels if (m := INDEX.search(label.text))), None)
    if found is None:
        return None
    keys = {dim: row.key(dim) for dim in drawing.item.dims} | {"year": int(found[1])}
    same = [r for r in drawing.records if r.measure == row.measure]
    return next((r.value for r in same if all(r.key(d) == k for d, k in keys.items())), None)


def _is_of_years(scale: Scale, row: Value, panel: Panel) -> bool:
    """Whether an axis counts years: all that it says are whole numbers as years are."""
    ticks = panel.across if scale == scale_of(panel.across) else panel.up
    return row.year is not None and all(len(t.text) == 4 and t.text.isdigit() for t in ticks)


def _near(scale: Scale, at: float, value: float) -> bool:
    return bool(abs(scale.value(at) - value) <= NEAR * abs(scale.step))


def _inside(panel: Panel, box: Box) -> list[str]:
    left, right, top, bottom = box
    return [n.text for n in panel.labels if left <= n.x <= right and top <= n.y <= bottom]


def _named(drawing: Drawing, panel: Panel, mark: DrawnMark, row: Value) -> bool:
    """Whether an axis of names, or of years, says the row's where the mark has its middle."""
    left, right, top, bottom = mark.box
    labels = drawing.names(row)
    # «Fossum (Stovner)» stands in the row of its bydel.
    bydeler = (n.partition(" (")[2].rstrip(")") for n in labels)
    names = {*labels, *bydeler, row.text, row.text.casefold(), *_columns(drawing, row)} - {""}
    for ticks, at in ((panel.across, (left + right) / 2), (panel.up, (top + bottom) / 2)):
        scale = scale_of(ticks)
        if scale and _is_of_years(scale, row, panel):
            words = [tick.text for tick in ticks if abs(tick.at - at) < 1]
            if abs(scale.value(at) - (row.year or 0)) > 0.01 or words not in ([], [str(row.year)]):
                return False
        elif ticks and not scale and not _says(_beside(ticks, at), names):
            return False
    return True


def _columns(drawing: Drawing, row: Value) -> list[str]:
    """What the column of a matrix is called that has words: it is a measure of its own."""
    if row.value is not None:
        return []
    measure = drawing.item.measures[row.measure]
    return [name for name in (measure.short, measure.title) if name]


def _says(words: str, names: set[str]) -> bool:
    """Whether words are a name, or begin with one: `Oslo 2021`, `Uavhengig av eie eller leie`."""
    begun = [n for n in names if f"{words} ".startswith((f"{n} ", f"{n[:1].upper()}{n[1:]} "))]
    # «Lavinntekt (EU60)» is no name that begins with «Lavinntekt».
    return any(not words[len(n) :].startswith(" (") for n in begun)


def _beside(ticks: Sequence[Tick], at: float) -> str:
    return min(ticks, key=lambda tick: abs(tick.at - at)).text if ticks else ""


def _unlike(panel: Panel, bars: list[tuple[Box, Value]]) -> Iterator[str]:
    """Without an axis of numbers, bars end as far from their foot as their numbers are large."""
    flat = _are_flat(bars) and bool(panel.up)
    if not bars or (scale_of(panel.across) and flat) or not (panel.across or panel.up):
        return
    foot = min(box[0] for box, _ in bars) if flat else max(box[3] for box, _ in bars)
    ends = [(box[1] - foot if flat else foot - box[2], row) for box, row in bars]
    scale = median(length / row.value for length, row in ends if row.value)
    for length, row in ends:
        if row.value is not None and abs(length - scale * row.value) > NEAR:
            yield f"stolpen til {row.address} er ikke så lang som {row.text} tilsier."
