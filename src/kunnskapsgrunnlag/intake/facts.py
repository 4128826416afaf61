"""What must be known of a delivery: what its file says, and the likeliest answer to the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.periods import Period, read_period
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.intake.recognise import Arrival
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.formats.facts import FACTS, REQUIRED, check_facts
from kunnskapsgrunnlag.sources.locate import UNKNOWN, delivered, open_source, source_path
from kunnskapsgrunnlag.sources.provenance import Cause, Provenance, Registration, read_provenance
from kunnskapsgrunnlag.sources.snapshot import Snapshot

QUESTIONS = {
    "period": "Hvilken tid gjelder tallene?",
    "owner": "Hvem eier tallene?",
    "definition": "Hva teller de, og hvem er med?",
    "contact": "Hvilket kontor eller hvilken rolle kan svare?",
    "licence": "Hva kan de brukes til (lisens)?",
}
# The option of `kg receive` that answers.
OPTIONS = {"period": "periode", "extracted": "uttrekksdato", "owner": "eier"} | {
    "definition": "definisjon",
    "contact": "kontakt",
    "licence": "lisens",
}


@dataclass(frozen=True)
class Question:
    """Something that neither file nor options say.

    Attributes:
        likely: The likeliest answer, or "".
    """

    name: str
    words: str
    likely: str

    @property
    def option(self) -> str:
        return f"--{OPTIONS[self.name]}"


def facts_of(arrival: Arrival, given: Mapping[str, str]) -> dict[str, str]:
    """What the file and the options say.

    Raises:
        KgError: If they say different things, or the file another period than its rows have.
    """
    facts = {name: words for name, words in arrival.facts.items() if name in OPTIONS}
    for name, words in given.items():
        if words and facts.setdefault(name, words) != words:
            raise KgError(
                f"{arrival.path.name}: filen sier «{facts[name]}» om {FACTS[name][0].lower()}, og "
                f"--{OPTIONS[name]} «{words}». Rett en av dem."
            )
    if "year" in arrival.rows.columns:
        rows = Period(frozenset(int(year) for year in arrival.rows["year"]))
        stated = read_period(facts.setdefault("period", str(rows)))
        if stated and stated.years <= rows.years:
            # «2025» of a table that goes back to 2015: its rows say it all.
            facts["period"] = str(rows)
        elif stated is None or not rows.years <= stated.years:
            raise KgError(
                f"{arrival.path.name}: perioden er «{facts['period']}», men radene gjelder "
                f"{rows}. Rett perioden."
            )
    return facts


def questions(report: Report, arrival: Arrival, facts: Mapping[str, str]) -> list[Question]:
    """What remains to be asked, each with its likeliest answer."""
    likely = _likely(report, arrival.source)
    return [
        Question(name, QUESTIONS[name], likely.get(name, ""))
        for name in REQUIRED
        if not facts.get(name, "").strip()
    ]


def _likely(report: Report, source: str) -> dict[str, str]:
    """Answers as they were last time, or those of another delivery of the same office."""
    catalog = report.catalog
    entry = catalog.sources[source]
    before = [source, *(k for k, other in catalog.sources.items() if other.awaits == entry.awaits)]
    answers = {"period": str(catalog.edition.data_year)} | _giver(catalog, entry)
    for key in before:
        path = delivered(report.project, catalog.sources[key])
        if path is not None:
            known = open_source(report.project, key, catalog.sources[key]).provenance
            own = {"owner": known.owner, "licence": known.licence, "contact": known.contact}
            return answers | own | ({"definition": known.definition} if key == source else {})
    return answers


def _giver(catalog: Catalog, entry: Source) -> dict[str, str]:
    """Owner and licence by whom the catalogue awaits the numbers from."""
    first = entry.awaits.partition(",")[0].lower()
    provider = catalog.providers.get(first)
    if provider:
        return {"owner": provider.name, "licence": provider.licence.partition(" (")[0]}
    return {"owner": catalog.edition.owner} if first.startswith("kommunen") else {}


def check_period(report: Report, arrival: Arrival, facts: Mapping[str, str]) -> Period:
    """The period of a delivery.

    Raises:
        KgError: If it lies after the edition, or before the numbers that are there.
    """
    check_facts(arrival.path.name, facts, "Svar på spørsmålene, eller skriv dem som valg.")
    period = read_period(facts["period"])
    assert period is not None  # checked with the facts
    last, edition = max(period.years), int(report.catalog.edition.key)
    if last > edition:
        raise KgError(
            f"{arrival.path.name}: perioden «{facts['period']}» er etter utgaven for {edition}. "
            "Rett perioden."
        )
    now = report.project.receipt(arrival.source)
    present = read_period(report.receipts[arrival.source].period) if now.is_file() else None
    if present and last < max(present.years):
        raise KgError(
            f"{arrival.path.name}: perioden «{facts['period']}» er eldre enn den tabellen har nå "
            f"({report.receipts[arrival.source].period}). Er det rett fil?"
        )
    return period


def provenance_of(
    report: Report, arrival: Arrival, facts: Mapping[str, str], today: date
) -> Provenance:
    """What a delivery is, in the words of the answers alone, with its hashes and history."""
    entry = report.catalog.sources[arrival.source]
    path = source_path(report.project, entry)
    before = read_provenance(path, arrival.source) if delivered(report.project, entry) else None
    snapshot = Snapshot(
        arrival.source, arrival.path, UNKNOWN, arrival.content, entry.columns, entry.sheet
    )
    extracted = facts.get("extracted", "")
    known: dict[str, Any] = {name: facts[name] for name in REQUIRED}
    event = Registration(
        date=today.isoformat(),
        reason=f"levert av {facts['owner']}",
        sha256_cells=snapshot.sha256_cells,
        cause=cause_of(facts, before, snapshot.sha256_cells),
    )
    return Provenance(
        title=f"{entry.title}, {facts['period']}",
        origin="leveranse",
        vintage=f"uttrekk {extracted}" if extracted else f"mottatt {norwegian_date(today)}",
        sha256_bytes=snapshot.sha256_bytes,
        sha256_cells=snapshot.sha256_cells,
        history=[*(before.history if before else ()), event],
        **known,
    )


def cause_of(facts: Mapping[str, str], before: Provenance | None, cells: str) -> Cause | None:
    """Other numbers of the same period as the delivery before are their owner's revision."""
    if before is None or before.sha256_cells == cells:
        return None
    return "revidert-av-eier" if before.period == facts["period"] else "ny-periode"


def check_new(report: Report, arrival: Arrival, facts: Mapping[str, str]) -> None:
    """Refuse a file that has been taken in already, with the same answers."""
    entry = report.catalog.sources[arrival.source]
    place = delivered(report.project, entry)
    if place is None or place.read_bytes() != arrival.content:
        return
    before = read_provenance(place, arrival.source)
    if all(getattr(before, name) == facts[name] for name in REQUIRED):
        raise KgError(
            f"{arrival.path.name} er alt tatt imot, med de samme svarene. Ingenting er endret."
        )


def message_of(report: Report, taken: Mapping[str, str]) -> str:
    """`Tabell 13 og tabell 14 for 2025 mottatt`.

    Args:
        taken: Source -> period.
    """
    by_period: dict[str, list[str]] = {}
    for source, period in taken.items():
        name = report.catalog.sources[source].delivery or source
        by_period.setdefault(period, []).append(name.replace("-", " "))
    words = listed(f"{listed(names)} for {period}" for period, names in by_period.items())
    return f"{words[0].upper()}{words[1:]} mottatt"
