"""The alternative text of a drawing, made from what was drawn in it.

So it cannot say a number that the drawing does not show: what kind of drawing it is, its parts,
and of each part the course through the years, or the numbers, or the highest and the lowest.
"""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.base.nb_text import listed, moved, unit_words
from kunnskapsgrunnlag.figures.chart import Chart, Panel, Series
from kunnskapsgrunnlag.store.value import Value

KINDS = {
    "bars": "Søylediagram",
    "line": "Linjediagram",
    "marks": "Prikkdiagram",
    "map": "Rutekart",
    "matrix": "Oversikt",
    "words": "Tegning",
}
PARTS = {2: "to", 3: "tre", 4: "fire", 5: "fem", 6: "seks"}
# A series with more numbers than this is told by its highest and its lowest.
ALL, ENDS = 8, 3


def describe(chart: Chart) -> str:
    """Kind and parts of the drawing, then what each part shows."""
    drawn = [panel for panel in chart.drawn if panel.series]
    if not drawn:
        return ""
    kinds = list(dict.fromkeys(KINDS[panel.series[0].kind] for panel in drawn))
    head = listed([kinds[0], *(kind.lower() for kind in kinds[1:])])
    parts = f" i {PARTS.get(len(drawn), len(drawn))} deler" if len(drawn) > 1 else ""
    words, before = [f"{head}{parts}."], set[str]()
    for panel in drawn:
        addresses = {number.address for series in panel.series for number in series.numbers}
        same = bool(addresses) and addresses <= before
        words.append(_again(panel) if same else _panel(chart, panel))
        before |= addresses
    return " ".join(filter(None, words))


def _again(panel: Panel) -> str:
    """A panel whose numbers one above it has."""
    return f"{KINDS[panel.series[0].kind]} av de samme tallene: {panel.title}."


def _panel(chart: Chart, panel: Panel) -> str:
    """What is measured, and each series of it."""
    series = " ".join(_series(chart, series) for series in panel.series)
    return f"{panel.title}: {series}" if panel.title else series


def _series(chart: Chart, series: Series) -> str:
    if series.kind == "words":
        return _words(chart, series)
    if series.kind == "matrix":
        names = [_name(chart, series, n) for n in series.numbers]
        return f"{series.name}: {listed(names) if names else 'ingen'}."
    known = [n for n in series.numbers if n.value is not None]
    lacking = [_name(chart, series, n) for n in series.numbers if n.value is None]
    gap = f" Tall mangler for {listed(lacking)}." if lacking else ""
    name = f"{series.name}: " if series.name else ""
    if not known:
        return f"{name}ingen tall.{gap}"
    if series.kind == "line":
        return f"{name}{_course(known)}.{gap}"
    if len(known) <= ALL:
        return f"{name}{listed(_told(chart, series, known))}.{gap}"
    return f"{name}{_extremes(chart, series, known)}.{gap}"


def _words(chart: Chart, series: Series) -> str:
    """A part of a drawing made of words: its name, and what stands in it."""
    told = [
        _name(chart, series, n) + ("" if n.text == series.name else f" ({n.text})")
        for n in series.numbers
    ]
    name = f"{series.name[0].upper()}{series.name[1:]}: " if series.name else ""
    return f"{name}{listed(told)}."


def _course(numbers: Sequence[Value]) -> str:
    """How a series has moved from its first year to its last."""
    first, last = numbers[0], numbers[-1]
    unit = _unit(first)
    if len(numbers) == 1:
        return f"{first.text}{unit} i {first.year}"
    if first.text == last.text:
        return f"{first.text}{unit} i både {first.year} og {last.year}"
    verb = moved(first.value or 0.0, last.value or 0.0)
    return f"{verb} fra {first.text}{unit} i {first.year} til {last.text}{unit} i {last.year}"


def _extremes(chart: Chart, series: Series, numbers: Sequence[Value]) -> str:
    """The highest and the lowest, without Oslo and the country, which are told for themselves."""
    whole = [n for n in numbers if n.region in ("oslo", "hele-landet")]
    parts = sorted((n for n in numbers if n not in whole), key=lambda n: -(n.value or 0.0))
    told = [
        f"{len(parts)} tall, høyest {listed(_told(chart, series, parts[:ENDS]))}",
        f"lavest {listed(_told(chart, series, parts[-ENDS:]))}",
        *_told(chart, series, whole),
    ]
    return "; ".join(told)


def _told(chart: Chart, series: Series, numbers: Sequence[Value]) -> list[str]:
    return [f"{_name(chart, series, n)} {n.text}" for n in numbers]


def _name(chart: Chart, series: Series, number: Value) -> str:
    return chart.name(series.by, number.key(series.by))


def _unit(number: Value) -> str:
    """The unit as a sentence says it, where it is a word that readers know."""
    words = unit_words(number.unit)
    return f" {words}" if words in ("prosent", "kroner", "millioner kroner") else ""
