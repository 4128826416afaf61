"""Write a verdict into the ledger, after everything has been looked at that could make it false."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.status import is_fresh
from kunnskapsgrunnlag.signoff.content import Thing
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import LEDGER, Entry, Seen, Verdict, lost_lines, moment
from kunnskapsgrunnlag.signoff.people import APPROVERS, Role
from kunnskapsgrunnlag.signoff.state import (
    RELEASE_KEY,
    RETURNED,
    State,
    may_settle,
    release_content,
)

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
        seen = Seen(commit=commit, authors=review.authors(thing))
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
            f"utgaven kan ikke signeres: {len(open_ones)} av {len(review.states)} deler er ikke "
            f"godkjent, først «{open_ones[0].thing.key}». kg review viser dem."
        )
    _check_comment(verdict, comment)
    seen = Seen(commit=review.git.head())
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
        asked = f" og rollen {' eller '.join(APPROVERS)}" if roles else ""
        raise KgError(
            f"data/signoff/people.yaml har ingen med adressen {email}{asked} den {review.today}. "
            "Den som skal signere, må stå der, med datoer."
        )
    review.git.check_history()
    if review.git.ask("rev-parse", "--quiet", "--verify", "MERGE_HEAD", missing=""):
        raise KgError("en fletting er ikke fullført. Skriv git commit, og signer så.")
    check_ledger(review)
    if changed := review.git.dirty(INPUTS):
        more = f" og {len(changed) - 1} til" if len(changed) > 1 else ""
        raise KgError(
            f"{changed[0]}{more} er ikke lagt inn i git, så ingen kunne finne igjen det som ble "
            "signert. Legg inn, kjør kg build, og signer så."
        )
    if not is_fresh(review.project):
        raise KgError("noe er endret siden siste bygg. Kjør kg build, se på det, og signer så.")
    return name, email


def check_ledger(review: Review) -> None:
    """The ledger has every line that git knows of."""
    text = review.book.text()
    if lost := lost_lines(review.git.text("HEAD", LEDGER).split("\n"), text):
        raise KgError(
            f"{LEDGER}: {len(lost)} linjer fra siste innsjekking er borte eller endret, først "
            f"{lost[0][:120]}… Kjør git restore {LEDGER}; en dom trekkes tilbake med --trekk."
        )
    if lost := lost_lines(review.git.removed(LEDGER), text):
        raise KgError(
            f"{LEDGER}: en innsjekking har tatt ut {len(lost)} linjer, først {lost[0][:120]}… Finn "
            f"dem med git log -p -- {LEDGER}, og sett dem inn igjen; rekkefølgen er likegyldig."
        )


def check_verdict(
    review: Review, state: State, verdict: Verdict, comment: str, signer: tuple[str, str]
) -> None:
    key = state.thing.key
    _check_comment(verdict, comment)
    if verdict == "approved" and not state.thing.holds:
        raise KgError(f"«{key}» holder ikke: {state.thing.parts['grunn']}. Rett setningen.")
    if verdict == "resolved":
        if state.name != RETURNED or state.returned is None:
            raise KgError(f"«{key}» er ikke returnert, men «{state.name}»: ingenting å avklare.")
        if not may_settle(state.returned, *signer, review.people):
            raise KgError(
                f"«{key}»: en forfatter kan ikke avklare det {state.returned.by} har returnert. "
                f"Endre innholdet, eller spør {state.returned.by} eller en annen."
            )
    own = [e for e in review.entries if e.thing == (state.thing.kind, key)]
    if verdict == "withdrawn" and not any(review.people.same((e.by, e.email), signer) for e in own):
        raise KgError(f"«{key}»: du har ikke sagt noe om den i denne utgaven å trekke tilbake.")


def _check_comment(verdict: Verdict, comment: str) -> None:
    if verdict in ("returned", "resolved") and not comment.strip():
        raise KgError('skriv hvorfor, så andre kan gjøre noe med det: --kommentar "…".')


def _entry(
    review: Review,
    verdict: Verdict,
    signer: tuple[str, str],
    comment: str,
    before: Sequence[Entry],
    **what: Any,
) -> Entry:
    """A line of the ledger, of now, or just after those of the same signature."""
    at = moment(datetime.now().astimezone(), [*review.ledger, *before])
    key, (by, email) = review.catalog.edition.key, signer
    own: dict[str, Any] = {"edition": key, "verdict": verdict, "by": by, "email": email, "at": at}
    return Entry(**own, comment=comment.strip(), **what)


def _write(review: Review, new: Sequence[Entry], things: Sequence[Thing]) -> None:
    """All lines at once, and the contents only of what can lapse: what was approved."""
    kept = things if new[0].verdict == "approved" else []
    review.book.append(new, kept, review.project.build / "log" / "signoff.lock")
