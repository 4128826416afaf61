"""Where each thing stands: a function of contents, ledger, register and day alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.signoff.changes import changes, summary
from kunnskapsgrunnlag.signoff.content import Parts, Thing
from kunnskapsgrunnlag.signoff.ledger import Entry
from kunnskapsgrunnlag.signoff.people import APPROVERS, People, Role

APPROVED = "godkjent"
LAPSED = "bortfalt"
WAITING = "venter"
RETURNED = "returnert"
BY_AUTHOR = "godkjent bare av forfatter"
STATES = (WAITING, LAPSED, RETURNED, BY_AUTHOR, APPROVED)
RELEASE_KEY = "utgave"
# How many different people sign a release.
RELEASE_APPROVALS = 2
Recall = Callable[[str], Parts | None]


@dataclass(frozen=True)
class State:
    """Where a thing stands.

    Attributes:
        name: One of `STATES`.
        waits_on: Whom it awaits, in words; empty if it is approved.
        comment: What was said when it was returned, or what has changed since it was approved.
        earlier: The last approval of other content.
    """

    thing: Thing
    name: str
    waits_on: str = ""
    comment: str = ""
    approvals: tuple[Entry, ...] = ()
    returned: Entry | None = None
    earlier: Entry | None = None

    @property
    def is_approved(self) -> bool:
        """Whether somebody else than its authors has approved just this content."""
        return self.name == APPROVED

    @property
    def authors(self) -> set[str]:
        """The authors that the approvals found, `Name <email>`."""
        return {author for entry in self.approvals for author in entry.seen.authors}


def states(
    things: Sequence[Thing], entries: Iterable[Entry], people: People, today: date, recall: Recall
) -> list[State]:
    """Where every thing stands.

    Args:
        entries: The ledger's lines that count for this edition, oldest first.
        recall: Gives the content that was approved, by its hash.
    """
    by_thing: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_thing.setdefault(entry.thing, []).append(entry)
    return [
        state(thing, by_thing.get((thing.kind, thing.key), []), people, today, recall)
        for thing in things
    ]


def state(
    thing: Thing, entries: Sequence[Entry], people: People, today: date, recall: Recall
) -> State:
    standing = standing_of(entries, people)
    now = [entry for entry in standing if entry.content == thing.content]
    approvals = tuple(entry for entry in now if entry.verdict == "approved")
    returned = next((entry for entry in reversed(now) if entry.verdict == "returned"), None)
    earlier = [e for e in standing if e.verdict == "approved" and e.content != thing.content]
    last = earlier[-1] if earlier else None
    if returned:
        waits = _names(returned.seen.authors) or "forfatteren"
        comment = f"{returned.by}: {returned.comment}"
        return State(thing, RETURNED, waits, comment, approvals, returned, last)
    if any(is_independent(entry, people) for entry in approvals):
        return State(thing, APPROVED, "", "", approvals, None, last)
    if approvals:
        waits = f"en annen enn {', '.join(dict.fromkeys(entry.by for entry in approvals))}"
        return State(thing, BY_AUTHOR, waits, "", approvals, None, last)
    waits = awaited(thing.key, people, today, "kontrollør")
    if last is None:
        return State(thing, WAITING, waits)
    before = recall(last.content)
    comment = "innholdet er endret"
    if before is not None:
        comment = summary(changes(before, thing.parts))
    return State(thing, LAPSED, waits, comment, (), None, last)


def standing_of(entries: Sequence[Entry], people: People) -> list[Entry]:
    """The approvals and returns that nobody has taken back, oldest first.

    The last word of a person on a content counts. Who withdraws takes back all that she has said of
    the thing. A return is settled by its own author's later approval, or by somebody who did not
    write the content.
    """
    standing: list[Entry] = []
    for entry in entries:
        if not counts(entry, people):
            continue
        if entry.verdict == "resolved":
            standing = [e for e in standing if not _settles(entry, e, people)]
            continue
        everything, signer = entry.verdict == "withdrawn", (entry.by, entry.email)
        standing = [
            e
            for e in standing
            if not people.same((e.by, e.email), signer)
            or (e.content != entry.content and not everything)
        ]
        if not everything:
            standing.append(entry)
    return standing


def counts(entry: Entry, people: People) -> bool:
    """Whether whoever wrote a line was allowed to, on that day: who leaves later still was."""
    roles: tuple[Role, ...] = APPROVERS if entry.verdict == "approved" else ()
    return people.may(entry.email, entry.when.date(), roles)


def is_independent(entry: Entry, people: People) -> bool:
    """Whether an approval is by somebody who had no part in the change."""
    return not people.is_one_of(entry.by, entry.email, entry.seen.authors)


def _settles(entry: Entry, returned: Entry, people: People) -> bool:
    return (
        returned.verdict == "returned"
        and returned.content == entry.content
        and may_settle(returned, entry.by, entry.email, people)
    )


def may_settle(returned: Entry, name: str, email: str, people: People) -> bool:
    """Whether somebody may set a return aside: who made it, or who did not write the content."""
    own = people.same((name, email), (returned.by, returned.email))
    return own or not people.is_one_of(name, email, returned.seen.authors)


def awaited(key: str, people: People, today: date, role: Role) -> str:
    """Whom a thing waits for: who is expected to look at it, unless she has left."""
    name = people.assigned(key)
    if name and people.is_here(name, today):
        return name
    anybody = f"hvem som helst med rollen {role}"
    return f"{anybody} ({name} er sluttet)" if name else role


def _names(authors: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(author.partition(" <")[0] for author in sorted(authors)))


def release_content(states: Iterable[State]) -> str:
    """The hash that a release is signed with: over the content of every item, claim and chapter."""
    lines = sorted(f"{s.thing.kind} {s.thing.key} {s.thing.content}" for s in states)
    return sha256("\n".join(lines).encode("utf-8"))


def release_approvals(
    states: Sequence[State], entries: Iterable[Entry], people: People
) -> tuple[Entry, ...]:
    """The signatures of the release that count for the present content, oldest first."""
    return tuple(e for e in _on_release(states, entries, people) if e.verdict == "approved")


def _on_release(states: Sequence[State], entries: Iterable[Entry], people: People) -> list[Entry]:
    own = [entry for entry in entries if entry.thing == ("release", RELEASE_KEY)]
    content = release_content(states)
    return [entry for entry in standing_of(own, people) if entry.content == content]


def release_lacks(
    states: Sequence[State], entries: Sequence[Entry], people: People
) -> tuple[str, ...]:
    """What a release still waits for, in words; empty if it may go out.

    Two different people sign. For each part at least one of them is not among its authors, and at
    least one is godkjenner, if there is a register.
    """
    open_ones = [part for part in states if not part.is_approved]
    lacks = [f"{len(open_ones)} av {len(states)} deler er ikke godkjent"] if open_ones else []
    returns = [e for e in _on_release(states, entries, people) if e.verdict == "returned"]
    lacks += [f"utgaven er returnert av {entry.by}: {entry.comment}" for entry in returns]
    signed = release_approvals(states, entries, people)
    if len(signed) < RELEASE_APPROVALS:
        return (*lacks, f"{len(signed)} av {RELEASE_APPROVALS} har godkjent utgaven")
    own = [
        part
        for part in states
        if all(people.is_one_of(e.by, e.email, sorted(part.authors)) for e in signed)
    ]
    if own:
        lacks.append(f"alle som har godkjent utgaven, har selv skrevet {own[0].thing.label}")
    if not any(people.may(e.email, e.when.date(), ("godkjenner",)) for e in signed):
        lacks.append("ingen av dem som har godkjent utgaven, har rollen godkjenner")
    return tuple(lacks)
