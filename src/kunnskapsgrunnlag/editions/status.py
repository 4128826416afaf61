"""Where an edition stands, and what comes next, in the words of the report team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.editions.reading import edition_before
from kunnskapsgrunnlag.editions.released import released_keys
from kunnskapsgrunnlag.editions.sources import ASKED, ASSUMED, NEW, ORDERED, SAME, source_states
from kunnskapsgrunnlag.report import Report

if TYPE_CHECKING:
    pass


def standing(report: Report) -> Iterator[str]:
    """A line for each thing one wants to know; the last says what to do next."""
    edition = report.catalog.edition
    yield f"Utgave i arbeid: {edition.key}, med tall for {edition.data_year}."
    yield f"Gitt ut: {', '.join(released_keys(report.project)) or 'ingen'}."
    states = source_states(report)
    counts = Counter(source.state for source in states)
    yield f"Kilder: {', '.join(f'{count} {state}' for state, count in counts.items())}."
    carried = [item.label for item in report.catalog.items.values() if item.carried]
    yield f"Tabeller og figurer: {len(report.catalog.items)}, av dem {len(carried)} videreført."
    built = any(
        build_stamp.is_untouched(report.project, engine) for engine in ("embedded", "quarto")
    )
    yield f"Bygget: {'ja, og ingenting er endret siden' if built else 'nei, noe er endret'}."
    false = report.claims.false if built else {}
    if built:
        yield f"Påstander som ikke holder: {len(false)}."
    before = edition_before(report)
    yield f"Neste: {_next(counts, built=built, false=len(false), is_first=before is None)}"


def _next(counts: Counter[str], *, built: bool, false: int, is_first: bool) -> str:
    """The first thing that is not done."""
    if not built:
        return "kg build"
    if false:
        return "kg claims viser setningene som ikke holder; skriv dem om, og kg build"
    if counts[ASKED]:
        return "kg fetch henter nye uttrekk; kg edition plan viser hvilke"
    if counts[ORDERED]:
        return (
            "kg delivery template lager malene for leveransene som mangler; uten dem står "
            "tallene som anslag eller videreført, og en utgave kan ikke gis ut med anslag"
        )
    if counts[ASSUMED]:
        return "kg edition plan viser filene med anslag, og hva som må til for at de blir tall"
    if not is_first and counts[NEW] + counts[SAME]:
        return "kg diff viser hva som er nytt, og kg review hva som skal godkjennes"
    return "kg review viser hva som skal godkjennes, og kg release sjekker om utgaven kan gis ut"
