"""`kg review`: what awaits whom, what a reviewer needs to see, and the verdict."""

import os
import sys
import webbrowser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import err, out, table_of
from kunnskapsgrunnlag.cli.steps import Yes, is_asked
from kunnskapsgrunnlag.report import open_report
from kunnskapsgrunnlag.signoff import messages
from kunnskapsgrunnlag.signoff.changes_page import write_changes
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import VERDICTS, Verdict
from kunnskapsgrunnlag.signoff.sign import check_may_sign, sign, sign_release
from kunnskapsgrunnlag.signoff.state import RELEASE_KEY, State, is_independent


def review(
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="HVA…",
            help="kapittel-6, figur-27, en påstand, eller flere; utgave; tomt: det som venter.",
        ),
    ] = None,
    give_back: Annotated[
        bool, typer.Option("--returner", help="Send tilbake; krever --kommentar.")
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--trekk", help="Trekk tilbake det du har sagt.")
    ] = False,
    resolve: Annotated[
        bool, typer.Option("--avklar", help="Avklar en retur uten endring; krever --kommentar.")
    ] = False,
    comment: Annotated[
        str, typer.Option("--kommentar", help="Det som skal stå i protokollen.")
    ] = "",
    nettleser: Annotated[str, typer.Option(help="ja eller nei: åpne siden.")] = "ja",
    everything: Annotated[bool, typer.Option("--alt", help="Hver del for seg.")] = False,
    ja: Yes = False,
) -> None:
    """Vis hva som venter på hvem. Med et kapittel: vis hva som er endret, og godkjenn det."""
    if nettleser not in ("ja", "nei"):
        raise KgError(f"--nettleser {nettleser}: skriv ja eller nei.")
    review = Review(open_report())
    wanted = list(dict.fromkeys(keys or []))
    if RELEASE_KEY in wanted and len(wanted) > 1:
        raise KgError(f"«{RELEASE_KEY}» er hele utgaven: godkjenn den for seg, til slutt.")
    verdict = _verdict(give_back=give_back, withdraw=withdraw, resolve=resolve)
    if verdict and wanted:
        _sign(
            review,
            wanted,
            [] if wanted == [RELEASE_KEY] else _states(review, wanted),
            verdict,
            comment,
        )
    elif verdict or (comment and not wanted):
        raise KgError('skriv hva det gjelder: kg review figur-27 --returner --kommentar "…".')
    elif wanted:
        _look(review, wanted, comment, ja=ja, is_opened=nettleser == "ja")
    else:
        _say(messages.remarks(review), aside=True)
        if everything:
            _list(review)
        else:
            _say(messages.screen(review))


def _verdict(*, give_back: bool, withdraw: bool, resolve: bool) -> Verdict | None:
    given: list[tuple[bool, Verdict]] = [
        (give_back, "returned"),
        (withdraw, "withdrawn"),
        (resolve, "resolved"),
    ]
    verdicts = [verdict for asked, verdict in given if asked]
    if len(verdicts) > 1:
        raise KgError("skriv bare én av --returner, --trekk og --avklar.")
    return verdicts[0] if verdicts else None


def _list(review: Review) -> None:
    table = table_of("Hva", "Tilstand", "Venter på", "Merknad")
    for state in review.states:
        table.add_row(state.thing.key, state.name, state.waits_on, messages.short(state.comment))
    out.print(table)


def _states(review: Review, keys: Sequence[str]) -> list[State]:
    """The things by these names; none for the edition as a whole."""
    return [review.state(key) for key in keys if key != RELEASE_KEY]


def _look(review: Review, keys: Sequence[str], comment: str, *, ja: bool, is_opened: bool) -> None:
    """Show what is to be approved, what has changed in it, and ask; a chapter has all of itself."""
    _say(messages.remarks(review), aside=True)
    states: list[State] = []
    question = "Godkjenn hele utgaven?"
    if keys == [RELEASE_KEY]:
        _say(messages.release_lines(review))
    else:
        states = _shown(review, keys, is_opened=is_opened)
        if not states:
            _say([f"{', '.join(keys)}: ingenting å godkjenne for deg."])
            return
        question = f"Godkjenn {messages.parts_words(states)}?"
    if ja:
        _sign(review, keys, states, "approved", comment)
    elif not is_asked():
        _say([f"{question} Skriv kg review {' '.join(keys)} --ja."])
    else:
        check_may_sign(review, approves=True)
        verdict, comment = _answer(question, comment)
        if verdict == "returned":
            states = _states(review, keys)
        if verdict:
            _sign(review, keys, states, verdict, comment)
        else:
            _say(["Ingenting er signert."])


def _shown(review: Review, keys: Sequence[str], *, is_opened: bool) -> list[State]:
    """Show these, and all that is open in those that are chapters; what of it may be approved."""
    asked = _states(review, keys)
    inside = [state for state in review.states if state.thing.chapter in keys]
    every = {state.thing.key: state for state in [*asked, *inside]}.values()
    shown = [state for state in every if not state.is_approved] or asked
    _say(messages.looked_at(shown))
    page = write_changes(review, keys[0], shown)
    opened = " (åpnet i nettleseren)" if is_opened and _open(page) else ""
    _say([f"Siden med endringene: {page}{opened}"])
    for state in shown:
        if state.returned and not _is_open(review, state):
            _say([f"{state.thing.key} er returnert, og må vurderes for seg."])
        elif not state.thing.holds:
            _say([f"{state.thing.key} holder ikke, og kan ikke godkjennes. Rett setningen."])
    return [state for state in shown if _is_open(review, state)]


def _is_open(review: Review, state: State) -> bool:
    """Whether an approval by whoever sits here says something that has not been said."""
    people, me = review.people, review.me
    if state.returned and not people.same(me, (state.returned.by, state.returned.email)):
        return False
    own = any(people.same(me, (e.by, e.email)) for e in state.approvals)
    return state.thing.holds and not state.is_approved and not (own and not state.returned)


def _answer(question: str, comment: str) -> tuple[Verdict | None, str]:
    """What a person says: approve, send back, or nothing; and why."""
    answer = _asked(f"{question} [ja/nei/kommentar]")
    if answer.startswith("k"):
        comment = str(typer.prompt("Kommentar"))
        answer = _asked(f"{question} [ja/nei/returner]")
    if answer.startswith("r"):
        return "returned", comment
    return ("approved" if answer in ("ja", "j") else None), comment


def _asked(question: str) -> str:
    return str(typer.prompt(question)).strip().lower()


def _open(page: Path) -> bool:
    """Open a page where somebody sits and there is a screen."""
    is_seen = sys.platform in ("win32", "darwin") or os.environ.keys() & {
        "DISPLAY",
        "WAYLAND_DISPLAY",
    }
    return bool(is_seen) and is_asked() and webbrowser.open(page.resolve().as_uri())


def _sign(
    review: Review, keys: Sequence[str], states: Sequence[State], verdict: Verdict, comment: str
) -> None:
    if states:
        entries = sign(review, states, verdict, comment)
        what = messages.parts_words(states) if len(states) > len(keys) else ""
    else:
        entries, what = [sign_release(review, verdict, comment)], ""
    named = ", ".join(keys) + (f" ({what})" if what else "")
    message = f"{named}: {VERDICTS[verdict]} av {entries[0].by}"
    paths = (review.book.path, review.book.contents)
    review.git.commit(message, *(str(path) for path in paths if path.exists()))
    send = " De andre ser det når du har skrevet git push." if review.git.ask("remote") else ""
    _say([f"{message}. Lagt inn i git.{send}"])
    alone = [
        state
        for state, entry in zip(states, entries, strict=False)
        if verdict == "approved" and not is_independent(entry, review.people)
    ]
    if alone:
        _say([f"Mangler for {messages.parts_words(alone)}: én til, som ikke har endret det selv."])
    if not states:
        _say(messages.release_lines(Review(review.report, review.today)))


def _say(lines: Iterable[str], *, aside: bool = False) -> None:
    for line in lines:
        (err if aside else out).print(line, soft_wrap=True)
