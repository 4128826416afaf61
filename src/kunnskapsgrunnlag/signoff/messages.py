"""What `kg review` says: the list of what awaits whom, and one thing with all a reviewer needs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.editions.status import is_fresh
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE
from kunnskapsgrunnlag.signoff.content import Thing, changes
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import Entry, Verdict
from kunnskapsgrunnlag.signoff.people import APPROVERS
from kunnskapsgrunnlag.signoff.state import BY_AUTHOR, RETURNED, STATES, WAITING, State

VERDICTS: dict[Verdict, str] = {
    "approved": "godkjent",
    "returned": "returnert",
    "withdrawn": "trukket tilbake",
    "resolved": "retur avklart",
}
Row = tuple[str, str, str, str, str]


def kind_of(thing: Thing) -> str:
    """`tabell`, `figur`, `kapittel` or `pastand`."""
    names = {"chapter": "kapittel", "claim": "pastand"}
    return names.get(thing.kind) or thing.key.partition("-")[0]


def rows(states: Iterable[State], *, every: bool) -> list[Row]:
    """What, kind, state, waits on whom, remark; claims of a chapter together unless `every`."""
    table: list[Row] = []
    grouped: Counter[tuple[str, str, str]] = Counter()
    for state in states:
        if state.thing.kind == "claim" and not every:
            grouped[state.thing.chapter, state.name, state.waits_on] += 1
        else:
            table.append(_row(state))
    for (chapter, name, waits), count in grouped.items():
        words = f"{count} påstand{'' if count == 1 else 'er'}"
        table.append((f"{chapter}: {words}", "pastand", name, waits, ""))
    return table


def _row(state: State) -> Row:
    comment = state.comment if len(state.comment) <= 100 else f"{state.comment[:97]}…"
    return state.thing.key, kind_of(state.thing), state.name, state.waits_on, comment


def counts(states: Sequence[State]) -> list[str]:
    totals = Counter(state.name for state in states)
    return [
        *(f"{totals[name]:4d} {name}" for name in STATES if totals[name]),
        f"{len(states):4d} i alt",
    ]


def is_mine(state: State, review: Review, name: str, email: str) -> bool:
    people = review.people
    known = people.called(email) or name
    if state.is_approved:
        return False
    if state.name == RETURNED and state.returned:
        return people.is_one_of(name, email, state.returned.seen.authors)
    if state.name == BY_AUTHOR and any(people.is_one_of(name, email, [f"{e.by} <{e.email}>"])
                                      for e in state.approvals):  # fmt: skip
        return False
    assigned = people.assigned(state.thing.key)
    if assigned and people.is_here(assigned, review.today):
        return assigned == known
    return people.may(email, review.today, APPROVERS)


def remarks(review: Review) -> list[str]:
    """What somebody who is about to sign should know of ledger, register and build."""
    lines = []
    if not review.people.people:
        lines.append("data/signoff/people.yaml er tom: alle med navn og e-post i git kan signere.")
    if review.ledger.cut:
        lines.append(f"Den siste linjen i ledger.jsonl er avbrutt og teller ikke: {review.ledger.cut[:60]}…")  # fmt: skip  # noqa: E501
    if not is_fresh(review.project):
        lines.append("Filer er endret etter siste bygg. Kjør kg build før du vurderer og signerer.")
    return lines


def release_lines(review: Review) -> list[str]:
    release = review.release
    signed = [f"Utgaven er godkjent av {e.by} {e.when:%d.%m.%Y}." for e in release.approvals]
    lacks = [f"Utgaven mangler: {words}." for words in release.lacks]
    return [*signed, *(lacks or ["Utgaven kan gis ut."])]


def card(review: Review, state: State, *, every: bool) -> list[str]:
    """One thing: state, content, what has changed, who wrote it, and all that was said of it."""
    thing = state.thing
    lines = [thing.label, f"Tilstand: {_state(state)}"]
    lines += [f"Merknad: {state.comment}"] if state.comment else []
    lines += _content(review, thing)
    dirty = review.git.dirty(("params.yaml", "src", "chapters", "index.md", "data/raw"))
    if dirty:
        lines.append(f"Ikke lagt inn i git: {', '.join(dirty[:3])}{' …' if dirty[3:] else ''}")
    else:
        wrote = [author.partition(" <")[0] for author in review.authors(thing)]
        lines.append(f"Endret av: {', '.join(dict.fromkeys(wrote)) or 'ingen'}")
    lines += changed(review, state, 1000 if every else 30)
    lines += _history([e for e in review.entries if e.thing == (thing.kind, thing.key)])
    page = page_of(review, thing)
    name = "Kontrollark" if thing.kind == "item" else "Side"
    return [*lines, f"{name}: {page.relative_to(review.project.root).as_posix()}"]


def _state(state: State) -> str:
    if not state.waits_on:
        return state.name
    return f"{'' if state.name == WAITING else state.name + ', '}venter på {state.waits_on}"


def _content(review: Review, thing: Thing) -> list[str]:
    if thing.kind == "claim":
        return claim_lines(review, thing)
    if thing.kind == "chapter":
        inside = [s for s in review.states if s.thing.chapter == thing.key and s.thing != thing]
        open_ones = sum(not s.is_approved for s in inside)
        return [f"Tabeller, figurer og påstander i kapitlet: {len(inside)}, {open_ones} ikke godkjent"]  # fmt: skip  # noqa: E501
    claims = review.report.claims.claims.items()
    resting = [
        f"{name}: {claim.words}"
        for name, claim in claims
        if claim.places and any(n.startswith(f"{thing.key}/") for n in claim.numbers)
    ]
    sources = [f"Kilde: {line}" for line in thing.parts["kilder"].splitlines()]
    return [
        f"Tall: {thing.count}",
        f"Opphav: {thing.parts['opphav']}",
        *sources,
        f"Påstander som hviler på tallene: {len(resting)}",
        *(f"  {claim}" for claim in resting),
    ]


def claim_lines(review: Review, claim: Thing) -> list[str]:
    """A claim's sentence beside what is tested of it, the verdict, and what would turn it."""
    parts, turns = claim.parts, review.report.claims.claims[claim.key].turns
    return [
        *(f"Setningen: {words}" for words in parts["setninger"].splitlines()),
        f"Prøvd: {parts['påstand']}",
        f"Dom: {parts['dom']}",
        f"Grunn: {parts['grunn']}",
        *([f"Usann {turns}"] if turns else []),
    ]


def parts_words(states: Sequence[State]) -> str:
    """`kapitlet, 2 tabeller, 1 figur og 14 påstander`."""
    names = {"tabell": "tabeller", "figur": "figurer", "pastand": "påstander"}
    found = Counter(kind_of(state.thing) for state in states)
    words = ["kapitlet"] if found.pop("kapittel", 0) else []
    one = {"pastand": "påstand"}
    words += [f"{n} {one.get(kind, kind) if n == 1 else names[kind]}" for kind, n in found.items()]
    return listed(words)


def changed(review: Review, state: State, most: int) -> list[str]:
    """What is another since the last approval, and who approved it when."""
    if state.earlier is None or state.is_approved:
        return []
    before = review.book.recall(state.earlier.content)
    head = f"Endret siden {state.earlier.by} godkjente {state.earlier.when:%d.%m.%Y}:"
    if before is None:
        return [head, "  det som ble godkjent, er ikke lagret her, og kan ikke sammenlignes"]
    lines = changes(before, state.thing.parts)
    more = [f"  … og {len(lines) - most} til (vis alt med --all)"] if len(lines) > most else []
    return [head, *(f"  {line}" for line in lines[:most]), *more]


def _history(entries: Sequence[Entry]) -> list[str]:
    lines = [
        f"  {e.when:%d.%m.%Y %H.%M} {VERDICTS[e.verdict]} av {e.by}"
        + (f": {e.comment}" if e.comment else "")
        for e in entries
    ]
    return ["Protokoll:", *lines] if lines else ["Protokoll: ingenting ennå"]


def page_of(review: Review, thing: Thing) -> Path:
    if thing.kind == "item":
        return review.project.site / "kontrollark" / f"{thing.key}.html"
    if thing.kind == "claim":
        return review.project.site / CLAIMS_PAGE
    return review.project.site / review.catalog.chapters[thing.key].html


def address_of(review: Review, thing: Thing) -> str:
    """The address of that page for a browser, at the claim if it is one."""
    at = f"#pastand-{thing.key}" if thing.kind == "claim" else ""
    return page_of(review, thing).resolve().as_uri() + at
