"""Write a verdict into the ledger, after everything has been looked at that could make it false."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.status import is_fresh
from kunnskapsgrunnlag.signoff.content import Thing
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


def sign(
    review: Review, states: Sequence[State], verdict: Verdict, comment: str = ""
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
    for thing in (state.thing for state in states):
        seen = Seen(commit=commit, authors=review.authors(thing), values=thing.count)
        what = {"kind": thing.kind, "key": thing.key, "content": thing.content, "seen": seen}
        new.append(_entry(review, verdict, signer, comment, new, **what))
    _write(review, new, [state.thing for state in states])
    return new


def sign_release(review: Review, verdict: Verdict, comment: str = "") -> Entry:
    """Record that the edition as a whole may go out, or that it may not."""
    signer = check_may_sign(review, approves=verdict == "approved")
    open_ones = [state for state in review.states if not state.is_approved]
    if verdict == "approved" and open_ones:
        raise KgError(
            f"The edition cannot be signed: {len(open_ones)} of {len(review.states)} parts are not "
            f"approved, first «{open_ones[0].thing.key}». Run: kg review."
        )
    _check_comment(verdict, comment)
    seen = Seen(commit=review.git.head(), values=sum(s.thing.count for s in review.states))
    content = release_content(review.states)
    what = {"kind": "release", "key": RELEASE_KEY, "content": content, "seen": seen}
    entry = _entry(review, verdict, signer, comment, [], **what)
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
    if not is_fresh(review.project):
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
    verdict: Verdict,
    signer: tuple[str, str],
    comment: str,
    before: Sequence[Entry],
    **what: Any,
) -> Entry:
    """A line of the ledger, of now, or just after those of the same signature."""
    at = moment(datetime.now().astimezone(), [*review.ledger.entries, *before])
    key, (by, email) = review.catalog.edition.key, signer
    own: dict[str, Any] = {"edition": key, "verdict": verdict, "by": by, "email": email, "at": at}
    return Entry(**own, comment=comment.strip(), **what)


def _write(review: Review, new: Sequence[Entry], things: Sequence[Thing]) -> None:
    """All lines at once, and the contents only of what can lapse: what was approved."""
    approved = new[0].verdict == "approved"
    kept = [thing.kept for thing in things] if approved else []
    review.book.append(new, kept, review.project.build / "log" / "signoff.lock")
