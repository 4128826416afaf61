"""What `kg review` says in the terminal: what awaits whom, and what is to be signed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.editions.status import is_fresh
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.people import APPROVERS
from kunnskapsgrunnlag.signoff.state import BY_AUTHOR, LAPSED, RELEASE_KEY, RETURNED, WAITING, State

WRITER = "den som skriver teksten"
# Of the parts of a chapter that have lapsed, or were returned: so many are told why.
MOST = 3


def screen(review: Review) -> Iterator[str]:
    """What awaits whom, a line for each chapter with the command that comes next."""
    order = list(review.catalog.chapters)
    open_ones = [state for state in review.states if not state.is_approved]
    open_ones.sort(key=lambda state: order.index(state.thing.chapter))
    total, approved = len(review.states), len(review.states) - len(open_ones)
    yield f"Utgave {review.catalog.edition.key}: {approved} av {total} deler er godkjent."
    waiting: dict[str, dict[str, list[State]]] = {}
    for state in open_ones:
        whom = state.waits_on if state.thing.holds else WRITER
        waiting.setdefault(whom, {}).setdefault(state.thing.chapter, []).append(state)
    mine = ""
    for whom, chapters in waiting.items():
        own = [s for states in chapters.values() for s in states if is_mine(s, review)]
        mine = mine or (command(own[0]) if own else "")
        yield f"Venter på {whom}{' (du kan ta det)' if own else ''}:"
        width = max(len(command(states[0])) for states in chapters.values())
        for chapter, states in chapters.items():
            label = "" if chapter == "forside" else f"{review.catalog.chapters[chapter].title}: "
            yield f"  {command(states[0]):{width}}  {label}{parts_words(states)}"
            yield from (f"      {words}" for words in _reasons(review, states))
    yield from (line for line in release_lines(review) if "deler er ikke godkjent" not in line)
    if mine or (not open_ones and review.release.lacks):
        yield f"Neste for deg: {mine or f'kg review {RELEASE_KEY}'}"


def command(state: State) -> str:
    """What somebody types to go on with a thing."""
    return f"kg review {state.thing.chapter}" if state.thing.holds else "kg claims --usanne"


def _reasons(review: Review, states: Sequence[State]) -> Iterator[str]:
    """Why some of these are no longer approved, or were sent back; claims after the rest."""
    told = [s for s in states if s.name in (LAPSED, RETURNED)]
    told.sort(key=lambda state: state.thing.kind == "claim")
    causes = Counter(review.cause(state) for state in told if state.name == LAPSED)
    for cause, parts in causes.items():
        yield cause if parts == len(states) else f"{parts} av {len(states)} {cause}"
    for state in told[:MOST]:
        yield f"{state.thing.key}: {short(state.comment)}"
    if len(told) > MOST:
        yield f"… og {len(told) - MOST} til"


def short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:117]}…"


def is_mine(state: State, review: Review) -> bool:
    """Whether whoever sits here can go on with a thing."""
    people, (name, email) = review.people, review.me
    if state.is_approved or not state.thing.holds:
        return False
    if state.name == RETURNED and state.returned:
        return people.is_one_of(name, email, state.returned.seen.authors)
    if state.name == BY_AUTHOR and any(
        people.same((name, email), (e.by, e.email)) for e in state.approvals
    ):
        return False
    assigned = people.assigned(state.thing.key)
    if assigned and people.is_here(assigned, review.today):
        return assigned == (people.called(email) or name)
    return people.may(email, review.today, APPROVERS)


def remarks(review: Review) -> list[str]:
    """What somebody who is about to sign should know of ledger, register and build."""
    lines = []
    if not review.people.people:
        lines.append("data/signoff/people.yaml er tom: alle med navn og e-post i git kan signere.")
    if not is_fresh(review.project):
        lines.append("Filer er endret etter siste bygg. Kjør kg build før du vurderer og signerer.")
    return lines


def release_lines(review: Review) -> list[str]:
    release = review.release
    signed = [f"Utgaven er godkjent av {e.by} {e.when:%d.%m.%Y}." for e in release.approvals]
    lacks = [f"Utgaven mangler: {words}." for words in release.lacks]
    return [*signed, *(lacks or ["Utgaven kan gis ut."])]


def looked_at(states: Sequence[State]) -> Iterator[str]:
    """Where some things stand, in short: a line each, claims counted by their state."""
    claims = Counter(state.name for state in states if state.thing.kind == "claim")
    alone = sum(claims.values()) == len(states)
    for state in states:
        if alone or state.thing.kind != "claim":
            comment = f": {short(state.comment)}" if state.comment else ""
            yield f"{state.thing.label}: {standing_of(state)}{comment}"
    if claims and not alone:
        words = [f"{count} {name}" for name, count in claims.items()]
        yield f"Påstander: {', '.join(words)}"


def standing_of(state: State) -> str:
    """`venter på kontrollør`, `bortfalt, venter på kontrollør`, `godkjent`."""
    named = [] if state.name == WAITING else [state.name]
    return ", ".join(named + ([f"venter på {state.waits_on}"] if state.waits_on else []))


def parts_words(states: Sequence[State]) -> str:
    """`kapitlet, 2 tabeller, 1 figur og 14 påstander`."""
    names = {"tabell": "tabeller", "figur": "figurer", "påstand": "påstander"}
    counted = Counter(kind_of(state) for state in states)
    words = ["kapitlet"] if counted.pop("kapittel", 0) else []
    words += [f"{n} {kind if n == 1 else names[kind]}" for kind, n in counted.items()]
    return listed(words)


def kind_of(state: State) -> str:
    """`tabell`, `figur`, `kapittel` or `påstand`."""
    names = {"chapter": "kapittel", "claim": "påstand"}
    return names.get(state.thing.kind) or state.thing.key.partition("-")[0]
