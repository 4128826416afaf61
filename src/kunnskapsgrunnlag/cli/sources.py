"""`kg fetch`, `kg sources` and `kg due`: the verbs that look outwards."""

import contextlib
import datetime
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import check_known
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.cli.console import err, out, table_of
from kunnskapsgrunnlag.editions.letter import letter_of
from kunnskapsgrunnlag.editions.status import ASKED, ORDERED, due_words, source_states
from kunnskapsgrunnlag.fetch.dispatch import Connections, from_file
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.fetch.revisions import Change, Point, counts
from kunnskapsgrunnlag.fetch.update import Ask, Reason, Result, Updater
from kunnskapsgrunnlag.report import Report, open_report
from kunnskapsgrunnlag.sources.formats.template import csv_template, xlsx_template
from kunnskapsgrunnlag.sources.provenance import CAUSES, read_provenance

SHOWN = 8


def fetch(
    source: Annotated[
        list[str] | None, typer.Argument(metavar="KILDE…", help="Kilder; tomt: alle i bruk.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Spør og sammenlign, men lagre ingenting.")
    ] = False,
    since: Annotated[
        str, typer.Option(help="Bare kilder som eieren har oppdatert etter denne datoen.")
    ] = "",
    offline: Annotated[
        bool, typer.Option("--offline", help="Forklar hva som ville blitt hentet; bruk ikke nett.")
    ] = False,
    cause: Annotated[str, typer.Option(help="Hvorfor historien er endret.")] = "",
    reason: Annotated[str, typer.Option(help="Begrunnelsen, med egne ord.")] = "",
    fil: Annotated[Path | None, typer.Option(help="Les et uttrekk fra en fil i stedet.")] = None,
    spill: Annotated[
        Path | None, typer.Option(help="Ta opp spørsmål og svar i en mappe, til testene.")
    ] = None,
    godta_tomme: Annotated[
        str, typer.Option(help="Hvorfor en ny periode der alle tall er 0 eller mangler, er riktig.")
    ] = "",
) -> None:
    """Hent nye tall fra eierne; feiler noe, blir det som er lagret, liggende."""
    report = open_report()
    project, catalog = report.project, report.catalog
    keys = source or list(catalog.live)
    for key in keys:
        catalog.live_source(key)
    if offline:
        _explain(project, catalog, keys)
        return
    ask, today = _asking(cause, reason), datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    recorder = Recorder(spill, today, catalog.providers) if spill else None
    with (
        Connections(catalog.providers, recorder=recorder) as connections,
        out.status("Henter …") as status,
    ):

        def progress(words: str) -> None:
            status.update(f"Henter {escape(words)} …")
            if not out.is_terminal:
                out.print(f"Henter {words} …")

        retrieve = connections.retrieve if fil is None else from_file(fil, keys)
        updater = Updater(project, catalog, today, retrieve, ask, dry_run, godta_tomme)
        results = _unchanged(catalog, keys, connections, _day(since)) if since else []
        left = [key for key in keys if key not in {result.source for result in results}]
        results += updater.run(left, progress)
    _report(report, results, dry_run)
    if any(result.state in ("feilet", "venter på årsak") for result in results):
        sys.exit(1)


def _unchanged(
    catalog: Catalog, keys: Sequence[str], connections: Connections, limit: str
) -> list[Result]:
    """Sources that their owners have not updated since a day."""
    results = []
    for key in keys:
        # A failure is told when the source is fetched.
        with contextlib.suppress(KgError):
            day = connections.updated(key, catalog.live_source(key))[:10]
            if day and day < limit:
                results.append(Result(key, "ikke endret siden", f"oppdatert {day}, før {limit}"))
    return results


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise KgError(f"--since: ventet en dato som 2026-01-31, fant «{text}».") from None


def _asking(cause: str, reason: str) -> Ask:
    """Where the cause of changed history comes from: the options, or the person at the terminal."""
    if cause and cause not in CAUSES:
        raise KgError(f"--cause: «{cause}» er ingen årsak. Velg: {', '.join(CAUSES)}.")
    if bool(cause) != bool(reason.strip()):
        raise KgError("--cause og --reason hører sammen: årsaken, og hvorfor du mener det.")

    def ask(source: str, changes: list[Change]) -> Reason | None:
        if cause:
            return Reason(cause, reason)
        if not (sys.stdin.isatty() and out.is_terminal):
            return None
        _print_changes(source, changes)
        for key, words in CAUSES.items():
            out.print(f"  {key}: {words}")
        answer = typer.prompt("Årsak (tomt: vent)", default="", show_default=False).strip()
        if answer not in CAUSES:
            return None
        return Reason(answer, typer.prompt("Begrunnelse"))

    return ask


def _report(report: Report, results: Sequence[Result], dry: bool) -> None:
    """A line for each source, then what changed and what rests on it."""
    table = table_of("Kilde", "Utfall", "Kall", "Sekunder", "Merknad")
    for result in results:
        words = "" if result.state == "feilet" else result.words
        calls, seconds = str(result.requests or ""), f"{result.seconds:.1f}".replace(".", ",")
        table.add_row(result.source, result.state, calls, seconds, words)
    out.print(table)
    for result in results:
        if result.changes:
            _print_changes(result.source, result.changes)
            _print_touched(report, result)
        if result.state == "feilet":
            err.print(f"{result.source}: {result.words}", style="red")
    if dry:
        out.print("Ingenting er lagret (--dry-run).")


def _print_changes(source: str, changes: Sequence[Change]) -> None:
    words = ", ".join(f"{number} {kind}" for kind, number in counts(changes).items())
    out.print(f"{source}: {words}")
    for size, number in Counter(change.size for change in changes if change.size).items():
        out.print(f"  {number} revidert med {size}")
    for change in [c for c in changes if c.kind != "ny periode"][:SHOWN]:
        place = ", ".join(f"{name}={code}" for name, code in change.key)
        before, after = (_shown(point) for point in (change.old, change.new))
        out.print(f"  {place}: {before} → {after}")
    out.print(f"  Alle: build/fetch/{source}-endringer.csv")


def _shown(point: Point | None) -> str:
    if point is None:
        return "ingen"
    if point.value != point.value:
        return point.symbol or "tom"
    return nb(point.value, 0 if point.value == int(point.value) else 2)


def _print_touched(report: Report, result: Result) -> None:
    """The items and the places of the text that rest on the changed cells."""
    cells = set(result.cells)
    try:
        values, uses = report.store.values.values(), report.uses
    except KgError:
        out.print("  Hva det berører, kan sies etter neste kg build.")
        return
    touched = [value for value in values if not cells.isdisjoint(value.cells)]
    items = ", ".join(dict.fromkeys(value.item for value in touched))
    out.print(f"  Berører {len(touched)} tall i {items or 'ingen tabeller eller figurer'}")
    places = [(use, v.address) for v in touched for use in uses.get(v.address, ()) if use.file]
    for use, address in places[:SHOWN]:
        out.print(f"  {use.file}:{use.line}: {address}")
    if len(places) > SHOWN:
        out.print(f"  … og {len(places) - SHOWN} steder til i teksten")


def _explain(project: Project, catalog: Catalog, keys: Sequence[str]) -> None:
    """What would be fetched from where, and what is used until then."""
    for key in keys:
        entry = catalog.live_source(key)
        provider = catalog.providers[entry.provider]
        asked = f"tabell {entry.query.table}: {entry.query.text()}" if entry.query else "hele appen"
        path = project.raw / entry.file
        now = read_provenance(path, key).vintage if path.is_file() else "ingenting ennå"
        out.print(f"{key}: {provider.name}, {provider.url}")
        out.print(f"  spør om {asked}")
        out.print(f"  høyst {provider.calls} kall på {provider.seconds:g} sekunder")
        out.print(f"  i bruk nå: {now} (data/raw/{entry.file})")
    out.print("Et bygg bruker det som er i bruk nå, med årgangen synlig for leseren.")


def sources() -> None:
    """List kildene: eier, tabell, årgang, alder, opphav og hva som ventes."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    table = table_of("Kilde", "Eier", "Tabell", "Årgang", "Alder", "Opphav", "Neste ventede")
    for state in source_states(open_report()):
        vintage = state.vintage or state.state
        expected = state.next or due_words(state, today)
        age = _age(state.seen, today)
        row = (state.key, state.giver, state.table, vintage, age, state.origin, expected)
        table.add_row(*row)
    out.print(table)


def due(
    letter: Annotated[
        str,
        typer.Option(
            "--brev",
            metavar="KILDE",
            help="Lag brev og mal for en leveranse, som tabell-14, eller alle.",
        ),
    ] = "",
) -> None:
    """Vis når hver kilde kommer neste gang, det som er for sent, først; eller lag brev og mal."""
    report = open_report()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    if letter:
        _write_letters(report, letter)
        return
    states = [s for s in source_states(report) if s.due or s.state in (ASKED, ORDERED)]
    last = datetime.date.max
    states.sort(key=lambda s: (not s.is_late(today), s.due or last, s.giver, s.key))
    table = table_of("Når", "Kilde", "Hva som kommer", "Fra", "Gjør")
    for state in states:
        remedy = state.next or (f"kg fetch {state.key}" if state.key in report.catalog.live else "")
        comes = state.comes or report.catalog.title_of(state.key)
        table.add_row(due_words(state, today), state.key, comes, state.giver, remedy)
    out.print(table)
    out.print("Kommer noe på e-post: kg receive FIL")


def _write_letters(report: Report, name: str) -> None:
    """The letter that orders a delivery, and the templates that go with it."""
    known = {s.delivery: key for key, s in report.catalog.sources.items() if s.delivery}
    if name != "alle":
        check_known(name, known, "ingen leveranse heter")
    folder = report.project.build / "maler"
    folder.mkdir(parents=True, exist_ok=True)
    for delivery in known if name == "alle" else [name]:
        source = report.catalog.sources[known[delivery]]
        words = letter_of(report.catalog, known[delivery])
        book = xlsx_template(source, f"{delivery.replace('-', ' ').capitalize()}: {source.title}")
        (folder / f"{delivery}.csv").write_bytes(csv_template(source))
        (folder / f"{delivery}.xlsx").write_bytes(book)
        (folder / f"{delivery}.txt").write_text(words, encoding="utf-8", newline="\r\n")
        if name != "alle":
            out.print(words, soft_wrap=True)
        out.print(f"build/maler/{delivery}.txt (brevet), .xlsx og .csv (malen)")


def _age(seen: str, today: datetime.date) -> str:
    if not seen:
        return ""
    days = (today - datetime.date.fromisoformat(seen)).days
    if days < 60:
        return "1 dag" if days == 1 else f"{days} dager"
    return f"{days // 30} måneder" if days < 720 else f"{days // 365} år"
