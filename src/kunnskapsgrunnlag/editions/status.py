"""Where an edition and its sources stand, against the edition before, and what comes next."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.editions.published import PublishedSource
from kunnskapsgrunnlag.editions.reading import edition_before
from kunnskapsgrunnlag.editions.released import read_released, released_before, released_keys
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.overview import fulfilled

NEW, ADDED, ASKED, SAME = "nytt innhold", "ny kilde", "ber om nytt uttrekk", "som før"
ORDERED, RECEIVED, ASSUMED = "leveranse mangler", "leveranse mottatt", "anslag"


@dataclass(frozen=True)
class SourceState:
    """A source of the edition in work."""

    key: str
    state: str
    vintage: str
    origin: str
    next: str = ""


def source_states(report: Report) -> list[SourceState]:
    """Every source of the catalogue against the released edition before; without one, alone."""
    previous = released_before(report.project, report.catalog.edition.key)
    items = read_released(report.project, previous).items.values() if previous else ()
    before = {key: source for item in items for key, source in item.sources.items()}
    return [_state(report, key, before) for key in report.catalog.sources]


def _verified(project: Project, key: str, entry: Source) -> str:
    """How a file with assumptions, for which no delivery is ordered, becomes one without."""
    file = (project.raw / entry.file).relative_to(project.root).as_posix()
    return f"rett {file} etter en kilde, og kg register {key} --origin offisiell"


def _state(report: Report, key: str, before: dict[str, PublishedSource]) -> SourceState:
    entry = report.catalog.sources[key]
    snapshot = open_source(report.project, key, entry)
    provenance = (snapshot.provenance.vintage, snapshot.provenance.origin)
    live = report.catalog.live.get(key)
    if entry.delivery and not delivered(report.project, entry):
        return SourceState(key, ORDERED, *provenance, f"kg delivery template {entry.delivery}")
    if snapshot.provenance.origin == "estimat":
        return SourceState(key, ASSUMED, *provenance, _verified(report.project, key, entry))
    if live and not fulfilled(report.project, key, live):
        return SourceState(key, ASKED, *provenance, f"kg fetch {key}")
    if entry.delivery and (key not in before or before[key].origin == "estimat"):
        return SourceState(key, RECEIVED, *provenance)
    if before and key not in before:
        return SourceState(key, ADDED, *provenance)
    same = not before or before[key].sha256_cells == snapshot.sha256_cells
    return SourceState(key, SAME if same else NEW, *provenance)


def is_fresh(project: Project) -> bool:
    """Whether the last build was good and nothing has been touched since."""
    return any(build_stamp.is_untouched(project, name) for name in ("embedded", "quarto"))


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
    built = is_fresh(report.project)
    yield f"Bygget: {'ja, og ingenting er endret siden' if built else 'nei, noe er endret'}."
    false = report.claims.false if built else {}
    if built:
        yield f"Påstander som ikke holder: {len(false)}."
    before = edition_before(report)
    yield f"Neste: {_next(counts, built=built, false=len(false), is_first=before is None)}"


def _next(counts: Counter[str], *, built: bool, false: int, is_first: bool) -> str:
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
