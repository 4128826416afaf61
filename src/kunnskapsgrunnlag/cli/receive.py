"""`kg receive`: take in what somebody has sent."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.claim_results import ClaimResult
from kunnskapsgrunnlag.catalog.periods import named_years
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.cli.steps import Yes, built, confirmed, is_asked, take_step
from kunnskapsgrunnlag.editions.diff import ADDED, DROPPED, EditionDiff, NumberChange
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.intake.adjust import Renewal
from kunnskapsgrunnlag.intake.facts import OPTIONS, Question, facts_of, questions
from kunnskapsgrunnlag.intake.proposal import Accepted, Proposal, RefusedError, propose
from kunnskapsgrunnlag.intake.recognise import AmbiguityError, Arrival, recognise
from kunnskapsgrunnlag.report import Report, open_report

SHOWN = 3
# Source -> the file that has come, and what is known of it.
Arrivals = dict[str, tuple[Arrival, Mapping[str, str]]]
ORIGINS = {"estimat": "anslag", "leveranse": "levert", "trykt": "trykt", "offisiell": "offisiell"}


def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filene som er kommet.")],
    tabell: Annotated[
        str, typer.Option(help="Hvilken tabell filen er, som tabell-14, hvis det er tvil.")
    ] = "",
    periode: Annotated[str, typer.Option(help="Tiden tallene gjelder, som 2025.")] = "",
    uttrekksdato: Annotated[str, typer.Option(help="Dagen tallene ble hentet ut.")] = "",
    eier: Annotated[str, typer.Option(help="Den som eier tallene.")] = "",
    definisjon: Annotated[str, typer.Option(help="Hva tallene teller.")] = "",
    kontakt: Annotated[str, typer.Option(help="Kontoret eller rollen som kan svare.")] = "",
    lisens: Annotated[str, typer.Option(help="Hva tallene kan brukes til.")] = "",
    celle: Annotated[str, typer.Option(help="Cellen som --godta gjelder, som B12.")] = "",
    godta: Annotated[
        str, typer.Option(help="Hvorfor et tall er riktig selv om kontrollen stanser det.")
    ] = "",
    ja: Yes = False,
) -> None:
    """Ta imot en leveranse: kjenn den igjen, kontroller den, vis hva den endrer, og legg den inn.

    Ingenting blir endret før du har svart ja.
    """
    given = dict(period=periode, extracted=uttrekksdato, owner=eier, definition=definisjon)
    given |= dict(contact=kontakt, licence=lisens)
    report = open_report()
    Git(report.project.root).identity()
    if len(files) > 1 and (tabell or celle):
        raise KgError("--tabell og --celle gjelder én fil. Ta imot den filen for seg.")
    if bool(celle) != bool(godta.strip()):
        raise KgError("--celle og --godta hører sammen: cellen, og hvorfor tallet er riktig.")
    arrivals = _gathered(report, files, tabell, given, ja=ja)
    report = built(report, "ta imot filen etterpå")
    proposal = _tried(report, arrivals, Accepted(celle, godta) if celle else None, ja=ja)
    for line in _changes(report, proposal):
        out.print(line, soft_wrap=True)
    if proposal.mixed and not confirmed("Vise dem side om side, med hver sin tid?", ja, "ja"):
        out.print("Ingenting er endret. Ta imot alle filene sammen når de er kommet.")
        return
    if not confirmed("Ta imot?", ja):
        out.print("Ingenting er endret.")
        return
    take_step(report, proposal.step)
    if proposal.false or proposal.rewrites:
        out.print("Neste: kg claims --usanne viser setningene som må skrives om.")
    out.print("Angre: kg angre")


def _gathered(
    report: Report, files: Sequence[Path], wanted: str, given: Mapping[str, str], *, ja: bool
) -> Arrivals:
    """The files that can be read, with what is known of them; the others are told."""
    arrivals: Arrivals = {}
    refused: dict[Path, str] = {}
    for path in files:
        try:
            arrival = _recognised(report, path, wanted)
            facts = _answered(report, arrival, given, ja=ja)
        except KgError as problem:
            refused[path] = str(problem)
            continue
        if arrival.source in arrivals:
            first = arrivals[arrival.source][0].path.name
            raise KgError(f"{first} og {path.name} er samme tabell. Ta imot bare den som er rett.")
        arrivals[arrival.source] = arrival, facts
    if refused:
        _leave_out(refused, arrivals, ja=ja)
    return arrivals


def _tried(report: Report, arrivals: Arrivals, accepted: Accepted | None, *, ja: bool) -> Proposal:
    """What the files change; what nothing can be made of is left out, if a person says so."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    while True:
        out.print("Prøver tallene …")
        try:
            return propose(report, arrivals, today, accepted)
        except KgError as problem:
            words = _with_own_names(report, str(problem), arrivals)
            of = problem.sources if isinstance(problem, RefusedError) else set()
            refused = {
                arrival.path: words
                for source, (arrival, _) in arrivals.items()
                if source in of or arrival.path.name in words
            }
        left = {s: known for s, known in arrivals.items() if known[0].path not in refused}
        _leave_out(refused, left if refused else {}, ja=ja, words=words)
        arrivals = left


def _leave_out(refused: Mapping[Path, str], rest: Arrivals, *, ja: bool, words: str = "") -> None:
    """Tell what is wrong, and go on with the other files if the person who sits here says so.

    Raises:
        KgError: If there are no others, or the answer is no: nothing is left out in silence.
    """
    by_words: dict[str, list[str]] = {}
    for path, problem in refused.items():
        by_words.setdefault(problem, []).append(path.name)
    words = (
        "\n".join(
            problem if any(name in problem for name in names) else f"{listed(names)}: {problem}"
            for problem, names in by_words.items()
        )
        or words
    )
    if not rest:
        raise KgError(words)
    paths = [arrival.path for arrival, _ in rest.values()]
    left_out, others = (listed(path.name for path in some) for some in (refused, paths))
    if not ja and is_asked():
        err.print(words, style="red", soft_wrap=True)
        if confirmed(f"Ta imot {others} uten {left_out}?", ja):
            return
        raise KgError(f"Rett {left_out}, og ta imot alle sammen. Ingenting er endret.")
    command = " ".join(f'"{path}"' for path in paths)
    raise KgError(
        f"{words}\nIngenting er endret. Rett {left_out}, eller ta imot resten: kg receive {command}"
    )


def _recognised(report: Report, path: Path, wanted: str) -> Arrival:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise KgError(f"{path}: filen finnes ikke. Se på navnet og mappen.") from None
    except OSError:
        if path.is_dir():
            raise KgError(f"{path}: er en mappe. Skriv navnet på filen i den.") from None
        raise KgError(f"{path}: filen kan ikke leses. Lukk den der den er åpen.") from None
    if not content.strip():
        raise KgError(f"{path.name}: filen er tom. Be om den på nytt.")
    try:
        arrival = recognise(report.catalog, path, content, wanted)
    except AmbiguityError as doubt:
        if not is_asked():
            raise
        out.print(f"{path.name} kan være {listed(doubt.choices)}.")
        choice = typer.prompt("Hvilken er den?", default=doubt.choices[0])
        arrival = recognise(report.catalog, path, content, choice.strip().lower())
    name = str(report.catalog.sources[arrival.source].delivery)
    title = report.catalog.sources[arrival.source].title
    out.print(f"{path.name} er {name.replace('-', ' ')}: {title[0].lower()}{title[1:]}.")
    sheet = f"Ark «{arrival.table.sheet}», " if arrival.table.sheet else ""
    out.print(f"  {sheet}{len(arrival.rows)} rader, {len(arrival.table.rows[0])} kolonner.")
    for words in arrival.table.skipped:
        out.print(f"  Utelatt: {words}")
    for words in arrival.table.comments:
        out.print(f"  Ikke lest: {words}")
    return arrival


def _answered(
    report: Report, arrival: Arrival, given: Mapping[str, str], *, ja: bool
) -> dict[str, str]:
    """All that must be known of a delivery: from its file, the options, and whoever sits here."""
    facts = facts_of(arrival, given)
    for name, words in facts.items():
        out.print(f"  {OPTIONS[name].capitalize()}: {words}")
    for question in questions(report, arrival, facts):
        facts[question.name] = _answer(arrival, question, ja=ja)
    return facts


def _answer(arrival: Arrival, question: Question, *, ja: bool) -> str:
    # The time of the numbers is never taken for likely: a person says it, or the file.
    if ja and question.likely and question.name != "period":
        out.print(f"  {OPTIONS[question.name].capitalize()}: {question.likely}")
        return question.likely
    if ja or not is_asked():
        raise KgError(
            f"{arrival.path.name} sier ikke {OPTIONS[question.name]}. Skriv {question.option} "
            "etter kommandoen. Ingenting er endret."
        )
    answer: str = typer.prompt(question.words, default=question.likely or None)
    return answer.strip()


def _with_own_names(
    report: Report, words: str, arrivals: Mapping[str, tuple[Arrival, object]]
) -> str:
    """An error of a file that is not in its place yet, by its own name and with its own remedy."""
    for source, (arrival, _) in arrivals.items():
        name = f"{report.catalog.sources[source].delivery}{arrival.path.suffix.lower()}"
        words = words.replace(f"data/raw/leveranser/{name}", arrival.path.name)
        words = words.replace(f"kg register {source} ", f'kg receive "{arrival.path}" ')
    return words


def _changes(report: Report, proposal: Proposal) -> Iterator[str]:
    """What will change, in the words of the report team."""
    items = {key: report.catalog.items[key] for key in proposal.renewals}
    yield "Kontrollert, og ingenting er lagret ennå. Det vil endre"
    yield f"  {listed(item.label.lower() for item in items.values())}"
    yield from _numbers(report, proposal.diff)
    yield from _news(report, proposal.diff)
    for key, item in items.items():
        yield from _renewed(report, item, proposal.renewals[key])
    yield from false_lines(proposal.false)
    if count := len(proposal.rewrites):
        yield f"  Setninger som må skrives om ({count}):"
        yield from (f"    {line}" for line in proposal.rewrites)


def false_lines(false: Sequence[ClaimResult]) -> Iterator[str]:
    """The sentences that no longer hold, counted as they stand; a claim may be in several."""
    if count := sum(len(claim.places) for claim in false):
        yield f"  Setninger som ikke holder lenger ({count}):"
    for claim in false:
        yield from (f"    {place.file}:{place.line}: {place.sentence}" for place in claim.places)
        yield f"      {claim.because}"


def _renewed(report: Report, item: Item, renewal: Renewal) -> Iterator[str]:
    """What becomes of an item's subtitle, mark and notes."""
    after = renewal.of(item)
    if after.subtitle != item.subtitle:
        yield f"  {item.label}: undertittelen blir «{after.subtitle}»"
    if item.carried and not after.carried:
        yield f"  {item.label}: merket «Tall fra {item.carried.period}» blir borte"
    elif item.carried and after.carried:
        waits = f"; venter på {after.carried.waits}" if after.carried.waits else ""
        yield f"  {item.label}: merket «Tall fra {item.carried.period}» blir stående{waits}"
    if renewal.late:
        late = listed(_named(report, source) for source in renewal.late)
        yield f"  {item.label} får tall fra ulike tidsrom: nye mangler fra {late}"
    gone = named_years(item.subtitle) - named_years(after.subtitle)
    for note in (*item.notes, *(measure.formula for measure in item.measures.values())):
        if gone & named_years(note):
            yield f"  {item.label}: se om dette er rett ennå: «{note}»"


def _numbers(report: Report, diff: EditionDiff) -> Iterator[str]:
    names = Names(report.catalog)
    counts = [
        f"{count} {words}"
        for count, words in (
            (len(diff.changed), "tall blir andre"),
            (diff.states[ADDED], "kommer til"),
            (diff.states[DROPPED], "blir borte"),
        )
        if count
    ]
    yield f"  {', '.join(counts) or 'ingen tall blir andre'}"
    shown = [number for number in diff.changed if names.is_shown(number.address)]
    for number in sorted(shown, key=_size, reverse=True)[:SHOWN]:
        assert number.old and number.new  # a changed number is in both
        item = diff.new.items[number.item]
        origins = f"{ORIGINS[number.old.origin]} → {ORIGINS[number.new.origin]}"
        yield (
            f"    {item.label}, {names.label(item, number.address)}: {number.old.text} → "
            f"{number.new.text} ({origins})"
        )


def _news(report: Report, diff: EditionDiff) -> Iterator[str]:
    """The latest number before and now, of series that have become longer."""
    names = Names(report.catalog)
    known = {number.address for number in diff.changed}
    news = [n for n in diff.news if n.new.address not in known and names.is_shown(n.new.address)]
    for one in news[:SHOWN]:
        item = diff.new.items[one.item]
        yield (
            f"    {item.label}, {names.label(item, one.new.address, year=False)}: {one.old.text} "
            f"({one.before}) → {one.new.text} ({one.now})"
        )


def _named(report: Report, source: str) -> str:
    """A source as the team knows it, and how newer numbers of it are had."""
    entry = report.catalog.sources[source]
    if entry.delivery:
        return f"{entry.delivery.replace('-', ' ')} (kg due --brev {entry.delivery})"
    return f"{source} (kg fetch {source})" if source in report.catalog.live else source


def _size(number: NumberChange) -> float:
    return number.size.is_large if number.size else 0.0
