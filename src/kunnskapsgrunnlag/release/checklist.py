"""What must hold before an edition goes out: each point looks at one thing and says what it found.

An error stops a release; a warning is for people to weigh.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.catalog.periods import named_years
from kunnskapsgrunnlag.catalog.schema import Carried, Edition, Item
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.status import ORDERED, RECEIVED, SourceState, due_words
from kunnskapsgrunnlag.signoff.gather import ReleaseApproval
from kunnskapsgrunnlag.signoff.state import State
from kunnskapsgrunnlag.store.carried_forward import still_old
from kunnskapsgrunnlag.store.item_results import ItemResult

Weight = Literal["feil", "advarsel"]
SHOWN = 6


@dataclass(frozen=True)
class Objection:
    """Something that does not hold.

    Attributes:
        remedy: What to do about it; "" where the words say it.
    """

    point: str
    words: str
    remedy: str = ""
    weight: Weight = "feil"


def uncommitted(dirty: Sequence[str]) -> list[Objection]:
    """What goes out must be what the committed files say."""
    words = f"{len(dirty)} filer er ikke lagt inn i git: {_some(dirty)}"
    return [Objection("Alt ligger i git", words, 'kg build --lagre "…"')] if dirty else []


def estimates(
    items: Mapping[str, Item],
    results: Mapping[str, ItemResult],
    states: Iterable[SourceState] = (),
) -> list[Objection]:
    """No estimate is published: each that is, by its source.

    Args:
        states: The edition's sources, which know what takes an estimate away.
    """
    remedies = {state.key: state.next for state in states}
    resting: dict[str, list[str]] = {}
    for key, item in items.items():
        # A source that only checks makes no estimate of an item.
        if not results[key].is_estimate:
            continue
        for name, source in results[key].sources.items():
            if source.origin == "estimat":
                resting.setdefault(name, []).append(item.label)
    return [
        Objection("Ingen anslag", f"{name}: {_some(named)}", remedies.get(name, ""))
        for name, named in resting.items()
    ]


def imprint(edition: Edition) -> list[Objection]:
    """Readers are told whom to write to, where the site lies and when the next edition comes."""
    named = {
        "contact": "adressen som lesere kan skrive til",
        "address": "adressen der rapporten ligger",
        "isbn": "ISBN-nummeret",
        "next_edition": "når neste utgave kommer",
        "access_statement": "lenken til tilgjengelighetserklæringen i uustatus.no",
        "organisation": "eierens organisasjonsnummer, som datakataloger spør etter,",
    }
    return [
        Objection("Utgaven har kontakt, adresse og ISBN", f"{words} mangler", f"params.yaml: {key}")
        for key, words in named.items()
        if not getattr(edition, key)
    ]


def claims(results: ClaimResults) -> list[Objection]:
    return [
        Objection(
            "Påstandene holder",
            f"{place.file}:{place.line}: «{place.sentence}» {claim.because}",
            "skriv setningen om, og uttrykket i sjekk med den",
        )
        for claim in results.false.values()
        for place in claim.places
    ]


def rewrites(sentences: Sequence[str]) -> list[Objection]:
    """No sentence goes out that the numbers have moved on from."""
    remedy = "skriv setningen om, eller rett året i den"
    return [Objection("Teksten følger tallene", words, remedy) for words in sentences]


def other_years(results: ClaimResults) -> list[Objection]:
    """Sentences whose «siste» or «første» is not the table's last or first year."""
    return [
        Objection("Årstallene følger tabellene", words, weight="advarsel")
        for words in results.other_years
    ]


def unexplained(diff: EditionDiff | None) -> list[Objection]:
    named = [change.address for change in diff.unexplained] if diff else []
    words = f"{len(named)} tall er endret uten forklaring: {_some(named)}"
    remedy = "data/endringer.yaml; se kg diff"
    return [Objection("Endringer er forklart", words, remedy)] if named else []


def alt_texts(items: Mapping[str, Item], results: Mapping[str, ItemResult]) -> list[Objection]:
    """Every drawing has a text of its own, which says more than the title."""
    point, objections = "Alle figurer har alt-tekst", []
    for key, item in items.items():
        alt = results[key].alt.strip()
        if not alt:
            objections.append(Objection(point, f"{item.label} mangler den"))
        elif alt.rstrip(".").casefold() in (item.title.casefold(), item.subtitle.casefold()):
            objections.append(Objection(point, f"{item.label}: alt-teksten gjentar tittelen"))
    return objections


def signatures(states: Iterable[State], release: ReleaseApproval) -> list[Objection]:
    """Every part is approved by somebody else than its authors, and the edition by two."""
    open_ones = [state for state in states if not state.is_approved]
    kinds = {"item": "tabeller og figurer", "claim": "påstander", "chapter": "kapitler"}
    objections = []
    for kind, words in kinds.items():
        named = [state.thing.key for state in open_ones if state.thing.kind == kind]
        if named:
            description = f"{len(named)} {words} er ikke godkjent: {_some(named)}"
            objections.append(Objection("Alt er godkjent", description, "kg review"))
    return objections + [
        Objection("Utgaven er godkjent av to", lack, "kg review utgave")
        for lack in release.lacks
        if "deler er ikke godkjent" not in lack
    ]


def comments(states: Iterable[State]) -> list[Objection]:
    return [
        Objection(
            "Ubesvarte kommentarer", f"{state.thing.label}: {state.comment}", weight="advarsel"
        )
        for state in states
        if state.returned is not None
    ]


def product(errors: Sequence[str]) -> list[Objection]:
    """The finished pages, downloads and PDF say what the value store says."""
    return [Objection("Det ferdige er kontrollert", words) for words in errors]


def layout(gaps: Sequence[str]) -> list[Objection]:
    """The PDF's pages are filled."""
    return [Objection("Sidene i PDF-en er fylt", words, weight="advarsel") for words in gaps]


def pages(reached: Mapping[str, str], *, tried: bool) -> list[Objection]:
    """The source pages that readers are sent to are there.

    Args:
        reached: Address -> what was wrong, "" where nothing was.
        tried: Whether anybody asked; without network nobody can.
    """
    point = "Kildesidene finnes"
    if not tried:
        return [
            Objection(point, "ikke prøvd (--offline)", "kg release med nett", weight="advarsel")
        ]
    return [Objection(point, f"{url}: {wrong}") for url, wrong in reached.items() if wrong]


def vintages(states: Iterable[SourceState], today: datetime.date) -> list[Objection]:
    """Sources for which a newer content should be out."""
    return [
        Objection(
            "Gammel årgang",
            f"{state.key}: {state.vintage}, {due_words(state, today)}",
            state.next,
            weight="advarsel",
        )
        for state in states
        if state.is_late(today) and state.state != ORDERED
    ]


def carried(
    items: Mapping[str, Item],
    results: Mapping[str, ItemResult],
    states: Iterable[SourceState] = (),
) -> list[Objection]:
    """What stands from an earlier edition, with its year in plain view.

    Args:
        states: The edition's sources: a delivery that has come is nothing to wait for.
    """
    come = {state.key for state in states if state.state == RECEIVED}

    def words(item: Item, mark: Carried) -> str:
        waits = f"; venter på {mark.waits}" if mark.waits else ""
        return f"{item.label}: tall fra {mark.period}{waits}"

    def remedy(key: str, item: Item) -> str:
        if come.isdisjoint(item.inputs.values()) or still_old(item, results[key]):
            return ""
        return f"leveransen er kommet: slett eller rett «carried» under {key} i params.yaml"

    return [
        Objection("Videreført", words(item, item.carried), remedy(key, item), weight="advarsel")
        for key, item in items.items()
        if item.carried
    ]


def renewed_but_carried(
    items: Mapping[str, Item], results: Mapping[str, ItemResult], diff: EditionDiff | None
) -> list[Objection]:
    """What says that its numbers stand from an earlier edition has some of that time.

    An item with several sources keeps its mark until the last of them is of another time.
    """
    changed = {number.item for number in diff.changed} if diff else set()
    return [
        Objection(
            "Videreført er videreført",
            f"{item.label} er merket med tall fra {item.carried.period}, men har nye tall",
            f"slett «carried» under {key} i params.yaml, og rett undertittelen",
        )
        for key, item in items.items()
        if item.carried and key in changed and _is_renewed(item.carried, results[key])
        if not still_old(item, results[key])
    ]


def _is_renewed(mark: Carried, result: ItemResult) -> bool:
    """Whether something was delivered, or is newer than the mark; an owner's revision is not."""
    last = max(named_years(mark.period), default=0)
    return any(
        source.origin == "leveranse" or max(result.periods.get(name) or [0]) > last
        for name, source in result.sources.items()
    )


def lines(objections: Sequence[Objection], *, every: bool) -> Iterator[str]:
    """The list as people read it: each point with what was found, and what to do about it.

    Args:
        every: Whether all that was found is shown, however much it is.
    """
    points: dict[tuple[str, str], list[Objection]] = {}
    for objection in objections:
        points.setdefault((objection.weight, objection.point), []).append(objection)
    counts = Counter(weight for weight, _ in points)
    yield f"Før utgaven kan gis ut: {counts['feil'] or 'ingen'} punkter må ordnes."
    for number, ((_, point), own) in enumerate(points.items(), 1):
        if number == counts["feil"] + 1:
            yield "Dette kan stå, men se på det først:"
        yield f"{number}. {point}" + (f" ({len(own)})" if len(own) > 1 else "")
        shown = own if every else own[:SHOWN]
        remedies = {one.remedy for one in own}
        for one in shown:
            own_remedy = f". Gjør: {one.remedy}" if one.remedy and len(remedies) > 1 else ""
            yield f"   {one.words}{own_remedy}"
        if len(own) > len(shown):
            yield f"   … og {len(own) - len(shown)} til (kg release --alt)"
        if len(remedies) == 1 and (remedy := remedies.pop()):
            yield f"   Gjør: {remedy}"


def _some(named: Sequence[str]) -> str:
    more = f" og {len(named) - SHOWN} til" if len(named) > SHOWN else ""
    return ", ".join(named[:SHOWN]) + more
