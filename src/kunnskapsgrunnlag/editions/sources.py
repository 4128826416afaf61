"""What each source of an edition is, held against the edition before: new, the same, or missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.editions.published import PublishedSource
from kunnskapsgrunnlag.editions.released import read_released, released_before
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.overview import fulfilled

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Source

NEW, ADDED, ASKED, SAME = "nytt innhold", "ny kilde", "ber om nytt uttrekk", "som før"
ORDERED, RECEIVED, ASSUMED = "leveranse mangler", "leveranse mottatt", "anslag"


@dataclass(frozen=True)
class SourceState:
    """A source of the edition in work.

    Attributes:
        state: One of the states above.
        next: What brings it further, or "".
    """

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
