"""Write a verdict into the ledger, after everything has been looked at that could make it false."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.signoff.content import Kind, Thing
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import Entry, Seen, Verdict, lost_lines, moment
from kunnskapsgrunnlag.signoff.people import APPROVERS, Role
from kunnskapsgrunnlag.signoff.state import (
    RELEASE_KEY,
    RETURNED,
    State,
    may_settle,
    release_content,
)

LEDGER = "data/signoff/ledger.jsonl"
# What a build reads: all of it must be committed, so that the commit in the ledger is the content.
INPUTS = (
    "params.yaml", "dvc.yaml", "index.md", "_quarto.yml", "_quarto-pdf.yml", "chapters", "data",
    "editions", "src", "notebooks", "filters", "assets", ":(exclude)data/signoff",
)  # fmt: skip


def clock() -> datetime:
    """The time here, with its zone."""
    return datetime.now().astimezone()


def sign(
    review: Review,
    states: Sequence[State],
    verdict: Verdict,
    comment: str = "",
    now: Callable[[], datetime] = clock,
) -> list[Entry]:
    """Record a verdict on some things, all or none.

    Raises:
        KgError: If anything stands in the way, and what to do about it.
    """
    signer = check_may_sign(review, approves=verdict == "approved")
    for state in states:
        check_verdict(review, state, verdict, comment, signer)
    commit = review.git.head()
    new: list[Entry] = []
    for state in states:
        thing = state.thing
        seen = Seen(commit=commit, authors=review.authors(thing), values=thing.count)
        at = moment(now(), [*review.ledger.entries, *new])
        new.append(
            _entry(review, thing.kind, thing.key, verdict, signer, at, thing.content, comment, seen)
        )
    _write(review, new, [state.thing for state in states])
    return new


def sign_release(
    review: Review, verdict: Verdict, comment: str = "", now: Callable[[], datetime] = clock
) -> Entry:
    """Record that the edition as a whole may go out, or that it may not."""
    signer = check_may_sign(review, approves=verdict == "approved")
    open_ones = [state for state in review.states if not state.is_approved]
    if verdict == "approved" and open_ones:
        raise KgError(
            f"The edition cannot be signed: {len(open_ones)} of {len(review.states)} parts are not "
            f"approved, first «{open_ones[0].thing.key}». Run: kg review."
        )
    _check_comment(verdict, comment)
    at = moment(now(), review.ledger.entries)
    seen = Seen(commit=review.git.head(), values=sum(s.thing.count for s in review.states))
    content = release_content(review.states)
    entry = _entry(review, "release", RELEASE_KEY, verdict, signer, at, content, comment, seen)
    _write(review, [entry], [])
    return entry


def check_may_sign(review: Review, *, approves: bool) -> tuple[str, str]:
    """Name and address of whoever sits here, who may sign what the last build made."""
    name, email = review.git.identity()
    roles: tuple[Role, ...] = APPROVERS if approves else ()
    if not review.people.may(email, review.today, roles):
        asked = f" with a role of {' or '.join(APPROVERS)}" if roles else ""
        raise KgError(
            f"data/signoff/people.yaml has nobody with the address {email}{asked} on "
            f"{review.today}. Whoever may sign stands there, with dates."
        )
    check_ledger(review)
    if changed := review.git.dirty(INPUTS):
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise KgError(
            f"{changed[0]}{more}: not committed, so that nobody could find what was signed. "
            "Commit it, run kg build, and sign then."
        )
    if not review.is_fresh:
        raise KgError("The build is older than what it is made of. Run kg build, look, and sign.")
    return name, email


def check_ledger(review: Review) -> None:
    """The ledger has every line that git knows of."""
    text = review.book.text()
    if lost := lost_lines(review.git.text("HEAD", LEDGER).split("\n"), text):
        raise KgError(
            f"{LEDGER}: {len(lost)} lines of the last commit are gone or changed, first: "
            f"{lost[0][:120]}… A verdict is taken back with --withdraw. Run: git restore {LEDGER}."
        )
    if lost := lost_lines(review.git.removed(LEDGER), text):
        raise KgError(
            f"{LEDGER}: a commit has taken {len(lost)} lines out, first: {lost[0][:120]}… Find "
            f"them with git log -p -- {LEDGER} and put them back; the order is of no account."
        )


def check_verdict(
    review: Review, state: State, verdict: Verdict, comment: str, signer: tuple[str, str]
) -> None:
    """A verdict fits the thing and where it stands."""
    key = state.thing.key
    _check_comment(verdict, comment)
    if verdict == "approved" and not state.thing.holds:
        raise KgError(f"«{key}» does not hold: {state.thing.parts['grunn']}. Mend the sentence.")
    if verdict == "resolved":
        if state.name != RETURNED or state.returned is None:
            raise KgError(
                f"«{key}» is not returned, but «{state.name}»; there is nothing to settle."
            )
        if not may_settle(state.returned, *signer, review.people):
            raise KgError(
                f"«{key}»: an author cannot settle what {state.returned.by} returned. Change the "
                f"content, or ask {state.returned.by} or somebody else."
            )
    own = [e for e in review.entries if e.thing == (state.thing.kind, key)]
    if verdict == "withdrawn" and not any(review.people.same((e.by, e.email), signer) for e in own):
        raise KgError(f"«{key}»: you have said nothing of it in this edition; nothing to withdraw.")


def _check_comment(verdict: Verdict, comment: str) -> None:
    if verdict in ("returned", "resolved") and not comment.strip():
        raise KgError('Say why, so that others can act on it: add --comment "…".')


def _entry(
    review: Review,
    kind: Kind,
    key: str,
    verdict: Verdict,
    signer: tuple[str, str],
    at: str,
    content: str,
    comment: str,
    seen: Seen,
) -> Entry:
    return Entry(
        edition=review.catalog.edition.key,
        kind=kind,
        key=key,
        verdict=verdict,
        by=signer[0],
        email=signer[1],
        at=at,
        content=content,
        comment=comment.strip(),
        seen=seen,
    )


def _write(review: Review, new: Sequence[Entry], things: Sequence[Thing]) -> None:
    """All lines at once, and the contents only of what can lapse: what was approved."""
    approved = new[0].verdict == "approved"
    kept = [thing.kept for thing in things] if approved else []
    review.book.append(new, kept, review.project.build / "log" / "signoff.lock")


def checked_review(report: Report, today: date | None = None) -> Review:
    """The review of an edition whose ledger is whole, for `kg release` and others.

    Raises:
        KgError: If nothing is built, the ledger or the register has a mistake, or the ledger has
            lost lines that git knows.
    """
    review = Review(report, today)
    check_ledger(review)
    return review
