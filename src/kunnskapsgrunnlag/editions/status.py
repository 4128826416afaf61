"""Where an edition and its sources stand, what each of them waits for, and what comes next."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.dates import MONTHS, norwegian_date
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.editions.published import PublishedSource
from kunnskapsgrunnlag.editions.released import read_released, released_before, released_keys
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.provenance import Provenance, provenance_path, read_provenance
from kunnskapsgrunnlag.sources.snapshot import fulfilled, last_seen

NEW, ADDED, ASKED, SAME = "nytt innhold", "ny kilde", "ber om nytt uttrekk", "som før"
ORDERED, RECEIVED, ASSUMED = "leveranse mangler", "leveranse mottatt", "anslag"
UNUSED = "ikke i bruk"


@dataclass(frozen=True)
class SourceState:
    """A source of the edition in work.

    Attributes:
        next: What the team does about it; "" for nothing.
        giver: Who has newer numbers.
        seen: The last day on which the owner is known to have had this content (ISO), or "".
        due: The first day on which the next content is expected; None if nobody has said.
        comes: What comes then, in words.
    """

    key: str
    state: str
    vintage: str
    origin: str
    next: str = ""
    giver: str = ""
    table: str = ""
    seen: str = ""
    due: datetime.date | None = None
    comes: str = ""

    def is_late(self, today: datetime.date) -> bool:
        return self.state == ASKED or (self.due is not None and self.due <= today)


def source_states(report: Report) -> list[SourceState]:
    """Every source of the catalogue, against the released edition before if there is one.

    What can be fetched and is no source yet comes last.
    """
    previous = released_before(report.project, report.catalog.edition.key)
    items = read_released(report.project, previous).items.values() if previous else ()
    before = {key: source for item in items for key, source in item.sources.items()}
    catalog = report.catalog
    unused = [
        SourceState(
            key,
            UNUSED,
            "",
            "",
            next=f"kg fetch {key}",
            giver=catalog.providers[live.provider].name,
            table=live.query.table if live.query else "",
        )
        for key, live in (catalog.live | catalog.available).items()
        if key not in catalog.sources
    ]
    return [*(_state(report, key, before) for key in catalog.sources), *unused]


def _state(report: Report, key: str, before: dict[str, PublishedSource]) -> SourceState:
    project, catalog = report.project, report.catalog
    entry, live = catalog.sources[key], catalog.live.get(key)
    provenance = _provenance(project, key, entry)
    waits = bool(entry.delivery) and not delivered(project, entry)
    seen = last_seen(provenance)
    if waits:
        state, remedy = ORDERED, f"kg due --brev {entry.delivery}"
    elif provenance.origin == "estimat":
        state, remedy = ASSUMED, _verified(project, key, entry)
    elif live and not fulfilled(project, key, live):
        state, remedy = ASKED, f"kg fetch {key}"
    else:
        state, remedy = _settled(key, entry, provenance, before), ""
    due, comes = _next_due(catalog, key, entry, "" if waits else seen)
    return SourceState(
        key,
        state,
        provenance.vintage,
        provenance.origin,
        remedy,
        entry.awaits if waits else provenance.owner,
        live.query.table if live and live.query else (live.title if live else ""),
        seen,
        due,
        comes,
    )


def _provenance(project: Project, key: str, entry: Source) -> Provenance:
    """What is registered of a source; a delivery that nobody has received is read itself."""
    path = delivered(project, entry) or project.raw / entry.file
    if provenance_path(path).is_file():
        return read_provenance(path, key)
    return open_source(project, key, entry).provenance


def _settled(
    key: str, entry: Source, provenance: Provenance, before: dict[str, PublishedSource]
) -> str:
    if entry.delivery and (key not in before or before[key].origin == "estimat"):
        return RECEIVED
    if before and key not in before:
        return ADDED
    is_same = not before or before[key].sha256_cells == provenance.sha256_cells
    return SAME if is_same else NEW


def _verified(project: Project, key: str, entry: Source) -> str:
    """How a file with assumptions, for which no delivery is ordered, becomes one without."""
    file = (project.raw / entry.file).relative_to(project.root).as_posix()
    return f"rett {file} etter en kilde, og kg register {key} --origin offisiell"


def _next_due(
    catalog: Catalog, key: str, entry: Source, seen: str
) -> tuple[datetime.date | None, str]:
    """When the next content is expected, by what the catalogue declares, and what it is."""
    live = catalog.live.get(key)
    months = {f"{month:02}-01": "" for month in live.months} if live else {}
    days = months | entry.due
    if not seen and not entry.delivery:
        return None, ""
    # A delivery that has never come is expected in the year of the edition.
    since = datetime.date.fromisoformat(seen or f"{int(catalog.edition.key) - 1}-12-31")
    expected = [
        (datetime.date.fromisoformat(f"{since.year + later}-{day}"), words)
        for later in (0, 1)
        for day, words in days.items()
    ]
    # What was seen within a month that stands for itself is what came in it.
    coming = [
        (day, words)
        for day, words in expected
        if day > since and (words or (day.year, day.month) > (since.year, since.month))
    ]
    return min(coming, default=(None, ""), key=lambda pair: str(pair[0]))


def due_words(state: SourceState, today: datetime.date) -> str:
    """`desember 2026`, `15. juni 2027`, `for sent: desember 2026`, `ikke avtalt`."""
    if state.state == ASKED and state.due is None:
        return "nå"
    if state.due is None:
        return "ikke avtalt" if state.state == ORDERED else ""
    is_day = bool(state.comes) or state.state == ORDERED
    month = f"{MONTHS[state.due.month - 1]} {state.due.year}"
    when = norwegian_date(state.due) if is_day else month
    return f"for sent: {when}" if state.is_late(today) else when


def is_fresh(project: Project) -> bool:
    """Whether the last build was good and nothing has been touched since."""
    return any(build_stamp.is_untouched(project, name) for name in ("embedded", "quarto"))


def standing(
    report: Report, today: datetime.date, approvals: str = "", to_approve: int = 0
) -> Iterator[str]:
    """A line for each thing one wants to know; the last says what to do next.

    Args:
        approvals: How many parts of the edition are approved, in words; "" if that is not known.
        to_approve: How many chapters whoever sits here can approve something in.
    """
    edition, items = report.catalog.edition, report.catalog.items.values()
    released = listed(released_keys(report.project) or ["ingen"])
    yield f"{edition.title}, utgaven for {edition.key}, med tall for {edition.data_year}."
    yield f"  Gitt ut:         {released}"
    built = is_fresh(report.project)
    fresh = "ja, og ingenting er endret siden" if built else "nei, noe er endret"
    yield f"  Bygget:          {fresh}"
    claims = report.claims.false.values() if report.project.claims.is_file() else ()
    false = sum(len(claim.places) for claim in claims)
    states = source_states(report)
    counts = Counter(source.state for source in states)
    late = sum(state.is_late(today) for state in states)
    carried = sum(item.carried is not None for item in items)
    mine = [
        (late, "kilde", "kilder", "kan hentes eller etterlyses"),
        (false, "setning", "setninger", "holder ikke"),
        (counts[ASSUMED], "fil", "filer", "med anslag må få en kilde"),
        (to_approve, "kapittel", "kapitler", "å godkjenne"),
    ]
    yield f"  Venter på deg:   {_counted(mine)}"
    yield f"  Venter på andre: {_awaited(report.catalog, states)}"
    yield f"  Videreført:      {carried} av {len(items)} tabeller og figurer"
    if approvals:
        yield f"  Godkjent:        {approvals}"
    step = _next(counts, built=built, false=false, late=late, to_approve=to_approve)
    yield f"  Neste:           {step}"


def _counted(things: Iterable[tuple[int, str, str, str]]) -> str:
    present = [
        f"{count} {one if count == 1 else many} {words}"
        for count, one, many, words in things
        if count
    ]
    return listed(present) if present else "ingenting"


def _awaited(catalog: Catalog, states: Iterable[SourceState]) -> str:
    """Whom deliveries are awaited from, and how many."""
    waiting = Counter(state.giver for state in states if state.state == ORDERED)
    return "; ".join(f"{giver} ({count})" for giver, count in waiting.items()) or "ingen"


def _next(counts: Counter[str], *, built: bool, false: int, late: int, to_approve: int) -> str:
    if not built:
        return "kg build"
    if false:
        return "kg claims --usanne viser setningene; skriv dem om, og kg build"
    if late or counts[ORDERED]:
        return (
            "kg due viser hva som kan hentes eller etterlyses; kg receive FIL tar imot det som kom"
        )
    if counts[ASSUMED]:
        return "kg edition plan viser filene med anslag, og hva som må til for at de blir tall"
    if to_approve:
        return "kg review viser hva som er endret, og hva du kan godkjenne"
    return "kg diff viser hva som er nytt, kg review hva som skal godkjennes, og kg release gir ut"
