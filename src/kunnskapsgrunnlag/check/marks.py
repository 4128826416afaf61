"""Marks that say which numbers they draw: each must be drawn as just these numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from kunnskapsgrunnlag.check.drawn import NEAR, Drawing
from kunnskapsgrunnlag.check.svg import Box, DrawnMark, Panel, Scale, Tick, scale_of
from kunnskapsgrunnlag.store.value import Value

# How much of its value the slope of a line of equal rate may be off.
SLOPE = 0.01


def marks(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Every address is a number of the item; place, length, words and name are those it says."""
    values = {r.address: r for r in drawing.records}
    for mark in panel.marks:
        unknown = [address for address in mark.addresses if address not in values]
        yield from (
            f"a mark says {address}, which is no number of the item." for address in unknown
        )
    known = [m for m in panel.marks if m.addresses and not set(m.addresses) - set(values)]
    for mark in known:
        rows = [values[address] for address in mark.addresses]
        for row in rows:
            if not _lies_at(panel, mark, row):
                yield f"the mark of {row.address} does not show {row.text}."
        if mark.corners != 2 and not all(_named(drawing, panel, mark, row) for row in rows):
            yield f"the mark of {rows[0].address} does not stand at its name."
    yield from _unlike(panel, [(m.box, values[m.addresses[-1]]) for m in known if m.corners > 2])


def _lies_at(panel: Panel, mark: DrawnMark, row: Value) -> bool:
    """Whether an axis says the row's value, or its words, where the mark is; no axis says no."""
    left, right, top, bottom = mark.box
    across, up = scale_of(panel.across), scale_of(panel.up)
    if not panel.across and not panel.up:
        return mark.corners == 0 or row.text in _inside(panel, mark.box)
    if row.value is None:
        ticks = [_beside(panel.across, left).casefold(), _beside(panel.up, top).casefold()]
        return any(words.startswith(row.text.casefold()) for words in ticks)
    if mark.corners == 2 and across and up and left < right and top < bottom:
        slope = (up.value(top) - up.value(bottom)) / (across.value(right) - across.value(left))
        return bool(abs(slope * 1000 - row.value) <= SLOPE * row.value)
    scales = [s for s in (across, up) if s and not _is_of_years(s, row, panel)]
    ends = {id(across): (left, right), id(up): (top, bottom)}
    found = [_near(s, at, row.value) for s in scales for at in ends[id(s)]]
    return any(found) or not scales


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
    said = drawing.names(row)
    # «Fossum (Stovner)» stands in the row of its bydel.
    names = {*said, *(n.partition(" (")[2].rstrip(")") for n in said), row.text.casefold()} - {""}
    for ticks, at in ((panel.across, (left + right) / 2), (panel.up, (top + bottom) / 2)):
        scale = scale_of(ticks)
        if scale and _is_of_years(scale, row, panel):
            if abs(scale.value(at) - (row.year or 0)) > 0.01:
                return False
        elif ticks and not scale and not _says(_beside(ticks, at), names):
            return False
    return True


def _says(words: str, names: set[str]) -> bool:
    """Whether words are a name, or begin with one: `Oslo 2021`, `Uavhengig av eie eller leie`."""
    return any(f"{words} ".startswith((f"{n} ", f"{n[:1].upper()}{n[1:]} ")) for n in names)


def _beside(ticks: Sequence[Tick], at: float) -> str:
    return min(ticks, key=lambda tick: abs(tick.at - at)).text if ticks else ""


def _unlike(panel: Panel, bars: list[tuple[Box, Value]]) -> Iterator[str]:
    """Without an axis of numbers, bars end as far from their foot as their numbers are large."""
    flat = len({round(box[0], 2) for box, _ in bars}) < len(bars) and bool(panel.up)
    if not bars or (scale_of(panel.across) and flat) or not (panel.across or panel.up):
        return
    foot = min(box[0] for box, _ in bars) if flat else max(box[3] for box, _ in bars)
    ends = [(box[1] - foot if flat else foot - box[2], row) for box, row in bars]
    scale = median(length / row.value for length, row in ends if row.value)
    for length, row in ends:
        if row.value is not None and abs(length - scale * row.value) > NEAR:
            yield f"the bar of {row.address} is not as long as {row.text} is to the others."
