"""`kg review`: what awaits whom, what a reviewer needs to see, and the verdict."""

import webbrowser
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.cli.console import err, out, table_of
from kunnskapsgrunnlag.report import Report, open_report
from kunnskapsgrunnlag.signoff import messages
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import Verdict
from kunnskapsgrunnlag.signoff.sign import sign, sign_release
from kunnskapsgrunnlag.signoff.state import BY_AUTHOR, RELEASE_KEY, RETURNED, STATES

KINDS = ("tabell", "figur", "kapittel", "pastand")
# Of what has changed in a part of a chapter since it was approved: so many lines.
MOST_CHANGES = 5


def review(
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="HVA…",
            help="figur-27, kapittel-6 eller en påstand, én eller flere; utgave; tomt: listen.",
        ),
    ] = None,
    approve: Annotated[
        bool, typer.Option("--approve", help="Godkjenn; et kapittel med alt som står i det.")
    ] = False,
    give_back: Annotated[
        bool, typer.Option("--return", help="Returner; krever --comment.")
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Trekk tilbake det du har sagt.")
    ] = False,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Avklar en retur uten endring; krever --comment.")
    ] = False,
    comment: Annotated[str, typer.Option(help="Det som skal stå i protokollen.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ikke spør først.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Bare det som venter på deg.")] = False,
    state: Annotated[str, typer.Option(help="Bare denne tilstanden.")] = "",
    kind: Annotated[str, typer.Option(help="tabell, figur, kapittel eller pastand.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Hver påstand for seg, og alle endringer.")
    ] = False,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Åpne siden.")] = True,
) -> None:
    """Vis hva som venter på hvem, se på én ting, eller før en dom i protokollen."""
    review = Review(open_report())
    verdict = _verdict(approve=approve, give_back=give_back, withdraw=withdraw, resolve=resolve)
    wanted = list(dict.fromkeys(keys or []))
    if verdict == "approved" and len(wanted) == 1 and wanted[0] in review.catalog.chapters:
        _approve_chapter(review, wanted[0], comment, yes=yes)
    elif verdict:
        _sign(review, wanted, verdict, comment)
    elif comment:
        raise KgError("en kommentar følger en dom: --approve, --return, --withdraw, --resolve.")
    elif keys:
        for key in keys:
            _card(review, key, every=everything, show=show)
    else:
        _list(review, mine=mine, state=state, kind=kind, every=everything)


def _verdict(*, approve: bool, give_back: bool, withdraw: bool, resolve: bool) -> Verdict | None:
    given: list[tuple[bool, Verdict]] = [
        (approve, "approved"),
        (give_back, "returned"),
        (withdraw, "withdrawn"),
        (resolve, "resolved"),
    ]
    verdicts = [verdict for asked, verdict in given if asked]
    if len(verdicts) > 1:
        raise KgError("ventet én dom: --approve, --return, --withdraw eller --resolve.")
    return verdicts[0] if verdicts else None


def _list(review: Review, *, mine: bool, state: str, kind: str, every: bool) -> None:
    if kind and kind not in KINDS:
        raise KgError(f"--kind {kind}: det finnes ikke noe slikt slag.{nearest(kind, KINDS)}")
    if state and state not in STATES:
        raise KgError(f"--state {state}: det finnes ingen slik tilstand.{nearest(state, STATES)}")
    signer = review.git.identity() if mine else ("", "")
    chosen = [
        part
        for part in review.states
        if (not state or part.name == state)
        and (not kind or messages.kind_of(part.thing) == kind)
        and (not mine or messages.is_mine(part, review, *signer))
    ]
    _say(messages.remarks(review), aside=True)
    table = table_of("Hva", "Slag", "Tilstand", "Venter på", "Merknad")
    for row in messages.rows(chosen, every=every):
        table.add_row(*row)
    if chosen:
        out.print(table)
    _say([*messages.counts(chosen), *messages.release_lines(review)])


def _card(review: Review, key: str, *, every: bool, show: bool) -> None:
    _say(messages.remarks(review), aside=True)
    if key == RELEASE_KEY:
        _say(messages.release_lines(review))
        return
    state = review.state(key)
    _say(messages.card(review, state, every=every))
    if show:
        webbrowser.open(messages.address_of(review, state.thing))


def _sign(review: Review, keys: list[str], verdict: Verdict, comment: str) -> None:
    if not keys:
        raise KgError("skriv hva dommen gjelder: kg review figur-27 --approve.")
    if RELEASE_KEY not in keys:
        entries = sign(review, [review.state(key) for key in keys], verdict, comment)
    elif keys == [RELEASE_KEY]:
        entries = [sign_release(review, verdict, comment)]
    else:
        raise KgError(f"«{RELEASE_KEY}» er hele utgaven: signer den for seg, til slutt.")
    _say(f"{entry.key}: {messages.VERDICTS[verdict]} av {entry.by}." for entry in entries)
    _after(review, keys)


def _approve_chapter(review: Review, chapter: str, comment: str, *, yes: bool) -> None:
    """A chapter with its tables, figures and claims in one act, after what has changed is shown."""
    inside = [s for s in review.states if chapter in (s.thing.key, s.thing.chapter)]
    open_ones = [s for s in inside if not s.is_approved]
    waiting = [s for s in open_ones if s.name != RETURNED and s.thing.holds]
    for state in waiting:
        _say([f"{state.thing.key} ({state.name})"])
        if state.thing.kind == "claim":
            _say(f"    {line}" for line in messages.claim_lines(review, state.thing))
        _say(f"    {line}" for line in messages.changed(review, state, MOST_CHANGES))
    left = [s.thing.key for s in open_ones if s not in waiting]
    _say(f"{name}: usann eller returnert, må vurderes for seg." for name in left)
    if not waiting:
        _say([f"{chapter}: ingenting å godkjenne."])
        return
    parts = messages.parts_words(waiting)
    if not yes and not typer.confirm(f"Godkjenne {parts} i {chapter}?"):
        _say(["Ingenting er signert."])
        return
    entries = sign(review, waiting, "approved", comment)
    _say([f"{chapter}: {parts} godkjent av {entries[0].by}."])
    _after(review, [state.thing.key for state in waiting])


def _after(review: Review, keys: Sequence[str]) -> None:
    """Where things stand now, and that the ledger must be committed to count for others."""
    now = Review(Report(review.project, review.catalog), review.today)
    by_author = [s for s in now.states if s.thing.key in keys and s.name == BY_AUTHOR]
    if by_author:
        waits = by_author[0].waits_on
        _say([f"{len(by_author)} er foreløpig godkjent bare av forfatter: det trengs {waits}."])
    if RELEASE_KEY in keys:
        _say(messages.release_lines(now))
    _say(["Legg protokollen inn i git: git add data/signoff og git commit."])


def _say(lines: Iterable[str], *, aside: bool = False) -> None:
    for line in lines:
        (err if aside else out).print(line, soft_wrap=True)
