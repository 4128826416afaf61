"""Bars read back from a drawing: each as long as its number is to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, nb
from kunnskapsgrunnlag.check.drawn import NEAR, Drawing, Series, some
from kunnskapsgrunnlag.check.svg import Box, Label, Panel, Scale, Tick, scale_of
from kunnskapsgrunnlag.check.words import NUMBER
from kunnskapsgrunnlag.store.value import Value


def bars(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Bars that each have a name and a number are compared with the row of numbers they draw."""
    if not panel.bars:
        return
    flat = len({round(bar[0], 2) for bar in panel.bars}) == 1
    ticks = panel.up if flat else panel.across
    numbers = [n for n in panel.labels if NUMBER.fullmatch(n.text) or n.text in SYMBOLS]
    if len(panel.bars) < min(len(ticks), len(numbers)):
        yield f"there are {len(panel.bars)} bars for {len(numbers)} numbers."
    if len(ticks) != len(panel.bars):
        yield from _ends(drawing, panel) if ticks else ()
        return
    pairs = [_bar_pair(bar, ticks, numbers, flat=flat) for bar in panel.bars]
    series = _best(drawing, [(name, text) for name, text, _ in pairs], panel)
    if series is None:
        yield f"the bars {some(name for name, _, _ in pairs)} are no row of the item's table."
        return
    yield from _bar_errors(drawing, panel, pairs, series)


def _ends(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Bars that share their names: each must end at a number of the item."""
    scale, left = scale_of(panel.across), min(bar[0] for bar in panel.bars)
    values = {r.value: r.address for r in drawing.records if r.value}
    longest = max(bar[1] for bar in panel.bars)
    # Without an axis the scale is the one by which most bars end at a number.
    scales = [scale] if scale else [_through(left, longest, value) for value in values]
    results = [_missed(panel, each, values, left) for each in scales]
    missed = min(results, key=len, default=[])
    for at in missed:
        yield f"a bar ends {at:.1f} points from the left, which is no number of the item."


def _through(left: float, right: float, value: float) -> Scale:
    step = value / (right - left)
    return Scale(-left * step, step)


def _missed(panel: Panel, scale: Scale, values: Iterable[float], left: float) -> list[float]:
    ends = {end for bar in panel.bars for end in bar[:2] if end > left + NEAR}
    return [
        end
        for end in sorted(ends)
        if not any(abs(scale.value(end) - v) <= NEAR * abs(scale.step) for v in values)
    ]


def _bar_pair(
    bar: Box,
    ticks: Sequence[Tick],
    numbers: Sequence[Label],
    *,
    flat: bool,
) -> tuple[str, str, float]:
    """A bar's name, the number beside it (if each has one), and its length."""
    left, right, top, bottom = bar
    middle = (top + bottom) / 2 if flat else (left + right) / 2
    name = min(ticks, key=lambda tick: abs(tick.at - middle)).text
    across: Callable[[Label], float] = lambda n: n.y if flat else n.x  # noqa: E731
    near = [n for n in numbers if abs(across(n) - middle) < 8]
    end = right if flat else top
    text = min(near, key=lambda n: abs((n.x if flat else n.y) - end)).text if near else ""
    return name, text, (right - left if flat else bottom - top)


def _text(record: Value, panel: Panel) -> set[str]:
    """What may be written of a record: its text, or thousands where the title says so."""
    texts = {record.text}
    if record.value is not None and any("tusen" in label.text for label in panel.labels):
        texts.add(nb(record.value / 1000))
    return texts


def _best(drawing: Drawing, pairs: list[tuple[str, str]], panel: Panel) -> Series | None:
    """The row of numbers that has the names of the bars, and the most of their texts."""
    best: tuple[int, Series] = (0, [])
    for rows in _all_series(drawing):
        by_name = {name: r for r in rows for name in drawing.names(r)}
        if all(name in by_name for name, _ in pairs):
            hits = sum(text in _text(by_name[name], panel) for name, text in pairs)
            if hits > best[0]:
                best = (hits, rows)
    return best[1] or None


def _all_series(drawing: Drawing) -> list[Series]:
    """The item's numbers in rows: one measure, all dimensions but one held fast."""
    series: dict[tuple[object, ...], Series] = {}
    for record in drawing.records:
        for dim in drawing.item.dims:
            rest = tuple(record.key(d) for d in drawing.item.dims if d != dim)
            series.setdefault((record.measure, dim, rest), []).append(record)
    return list(series.values())


def _bar_errors(
    drawing: Drawing, panel: Panel, pairs: list[tuple[str, str, float]], series: Series
) -> Iterator[str]:
    by_name = {name: r for r in series for name in drawing.names(r)}
    lengths = [length / value for name, _, length in pairs if (value := by_name[name].value)]
    scale = median(lengths) if lengths else 0.0
    for name, text, length in pairs:
        record = by_name[name]
        drawing.found.add(record.address)
        if text and text not in _text(record, panel):
            yield f"«{name}»: expected {record.address} = {record.text}, found «{text}»."
        elif record.value is not None and abs(length - scale * record.value) > NEAR:
            yield (
                f"«{name}»: the bar of {record.address} should be {scale * record.value:.1f} "
                f"points long, as {record.text} is to the others, and is {length:.1f}."
            )
