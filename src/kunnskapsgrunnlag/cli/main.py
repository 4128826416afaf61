"""The `kg` command line: one verb per thing that a person wants to do or know."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.table import Table

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli import claims, diff, edition, new, release, review, sources, words
from kunnskapsgrunnlag.cli.console import context, err, out
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import mix_words

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kunnskapsgrunnlag: fra frosne kilder til HTML og PDF.",
)
sources.add_to(app)
for verb in (diff.diff, release.release, review.review):
    app.command()(verb)
app.command("ord")(words.word)
app.command("ny")(new.new)
app.add_typer(edition.edition, name="edition")
app.add_typer(claims.claims, name="claims")
EngineOption = Annotated[str, typer.Option(help="auto, quarto eller embedded.")]


def main() -> None:
    """Run the command line; a mistake of the user's is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # Windows' consoles default to a code page without all of our letters.
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        app()
    except KgError as problem:
        err.print(f"kg: {problem}", style="red", markup=False, highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("kg: avbrutt. Det som var ferdig, er beholdt.")
        sys.exit(130)


@app.command()
def build(engine: EngineOption = "auto", quiet: bool = False) -> None:
    """Build everything that is out of date: tables, figures, site, PDF and checks."""
    from kunnskapsgrunnlag.base.paths import find_project
    from kunnskapsgrunnlag.pipeline import build as builder

    project = find_project()
    outcome = builder.build(project, out, engine=engine)
    if outcome.code:
        failed = [job for job in outcome.jobs if job.code]
        for job in failed:
            err.print(f"{job.name}: {job.message}", style="red", markup=False, highlight=False)
        if not failed:
            err.print(
                outcome.log.read_text(encoding="utf-8", errors="replace")[-4000:],
                markup=False,
                highlight=False,
            )
        err.print("Bygget stoppet. Det som var ferdig før feilen, er beholdt.")
        sys.exit(1)
    if not quiet:
        builder.summary(project, outcome, out)


@app.command()
def items() -> None:
    """List all items: number, title, origin, vintage and state."""
    report = context()
    table = Table("Nr.", "Tittel", "Opphav", "Årgang", "Tilstand", box=None, pad_edge=False)
    for key, item in report.catalog.numbered.items():
        path = report.project.item(key) / f"{key}.json"
        if not path.is_file():
            table.add_row(item.label, item.title, "", "", "ikke bygget")
        else:
            result = ItemResult.read(path)
            vintages = dict.fromkeys(s.vintage for s in result.sources.values())
            words = "; ".join(vintages) if len(vintages) < 4 else f"{len(vintages)} årganger"
            origin = mix_words(item, result.values) or result.origin
            table.add_row(item.label, item.title, origin, words, "beregnet")
    out.print(table)


@app.command()
def verify(
    alle: Annotated[bool, typer.Option("--all", help="Vis også de som er like.")] = False,
) -> None:
    """Compare every printed number with what the project computes."""
    from kunnskapsgrunnlag.store import verify as comparing

    report = context()
    comparisons = report.comparisons
    table = Table("Adresse", "Trykt", "Beregnet", "Resultat", box=None, pad_edge=False)
    for comparison in comparisons:
        if alle or comparison.state != comparing.EQUAL:
            table.add_row(
                comparison.printed.address,
                comparison.printed.text,
                comparison.computed,
                f"{comparison.state} {comparison.erratum}".strip(),
            )
    if table.row_count:
        out.print(table)
    for state, count in comparing.summary(comparisons).items():
        out.print(f"{count:4d} {state}", highlight=False)
    out.print(f"{len(comparisons):4d} i alt", highlight=False)
    if any(comparison.state == comparing.UNEXPLAINED for comparison in comparisons):
        raise KgError("Printed numbers differ without explanation; they are named above.")


@app.command()
def render(engine: EngineOption = "auto") -> None:
    """Render the site and the PDF from the numbers that are there, with a given engine."""
    from kunnskapsgrunnlag.publish.render import render_pdf, render_site

    report = context()
    used = render_site(report, engine)
    render_pdf(report, engine)
    out.print(f"Motor: {used}", highlight=False)


@app.command()
def trace(address: str) -> None:
    """Trace a number to its source cells, hashes and claims; or list an item's addresses."""
    from kunnskapsgrunnlag.publish.trace import trace_address, trace_item

    report = context()
    if "/" not in address:
        report.catalog.item(address)
        trace_item(out, report.store, address)
        return
    trace_address(out, report, address)


@app.command()
def check() -> None:
    """Find every number and item again in the finished pages, downloads and PDF."""
    from kunnskapsgrunnlag.check import check_product

    report = context()
    errors = check_product(report)
    for error in errors:
        err.print(error, style="red", markup=False, highlight=False)
    if errors:
        raise KgError(f"{len(errors)} errors in the finished product; they are named above.")
    out.print("Sidene, nedlastingene og PDF-en sier det samme som verdilageret.")


@app.command()
def register(
    source: str,
    reason: Annotated[str, typer.Option(help="Hvorfor innholdet er et annet.")] = "",
    vintage: Annotated[str, typer.Option(help="Årgangen som vises leserne.")] = "",
    origin: Annotated[str, typer.Option(help="offisiell, leveranse, trykt eller estimat.")] = "",
    cause: Annotated[
        str,
        typer.Option(help="Årsaken, for eksempel revidert-av-eier; tomt: vi har endret det selv."),
    ] = "",
    title: Annotated[str, typer.Option(help="Det leserne skal kalle tallene.")] = "",
    period: Annotated[str, typer.Option(help="Tidsrommet tallene gjelder, som 2025.")] = "",
    extracted: Annotated[str, typer.Option(help="Dagen tallene ble hentet ut.")] = "",
    owner: Annotated[str, typer.Option(help="Den som eier tallene.")] = "",
    definition: Annotated[str, typer.Option(help="Hva tallene teller.")] = "",
    contact: Annotated[str, typer.Option(help="Kontoret eller rollen som kan svare.")] = "",
    licence: Annotated[str, typer.Option(help="Hva tallene kan brukes til.")] = "",
    godta: Annotated[
        str, typer.Option(help="Hvorfor et tall er riktig selv om kontrollen stanser det.")
    ] = "",
    celle: Annotated[str, typer.Option(help="Cellen som --godta gjelder, som F812.")] = "",
) -> None:
    """Accept the present content of a source's file: new hashes, the reason kept in its history.

    Opplysningene om en leveranse trengs bare der filen ikke har dem selv.
    """
    from kunnskapsgrunnlag.sources.locate import delivered, open_source
    from kunnskapsgrunnlag.sources.register import Submission, register_delivery, register_snapshot

    report = context()
    entry = report.catalog.source(source)
    if godta or celle:
        from kunnskapsgrunnlag.tidy import reading
        from kunnskapsgrunnlag.tidy.plausibility import accept_cell

        done = accept_cell(
            report.catalog, reading(report.project, report.catalog), source, celle, godta
        )
        out.print(done, highlight=False, markup=False)
        return
    given = {
        "period": period,
        "extracted": extracted,
        "owner": owner,
        "definition": definition,
        "contact": contact,
        "licence": licence,
    }
    facts = {name: words for name, words in given.items() if words.strip()}
    snapshot = open_source(report.project, source, entry, facts)
    if delivered(report.project, entry):
        done = register_delivery(snapshot, Submission(reason, vintage, origin, cause))
    else:
        facts |= {"title": title} if title else {}
        date = facts.pop("extracted", "")
        vintage = vintage or (f"uttrekk {date}" if date else "")
        done = register_snapshot(snapshot, Submission(reason, vintage, origin, cause, facts))
    out.print(done, highlight=False)


deliveries = typer.Typer(no_args_is_help=True, help="Leveranser: filer som ikke er offentlige.")
app.add_typer(deliveries, name="delivery")


@deliveries.command()
def template(
    item: Annotated[str, typer.Argument(help="For eksempel tabell-14; tomt: alle.")] = "",
) -> None:
    """Write the templates to send to whoever delivers: CSV and XLSX."""
    from kunnskapsgrunnlag.base.yaml_errors import nearest
    from kunnskapsgrunnlag.sources.formats.template import csv_template, xlsx_template

    report = context()
    wanted = {s.delivery: s for s in report.catalog.sources.values() if s.delivery}
    if item and item not in wanted:
        raise KgError(f"Nothing is delivered as «{item}».{nearest(item, wanted)}")
    folder = report.project.build / "maler"
    folder.mkdir(parents=True, exist_ok=True)
    for name in [item] if item else wanted:
        title = f"{report.catalog.item(name).label}: {report.catalog.item(name).title}"
        (folder / f"{name}.csv").write_bytes(csv_template(wanted[name]))
        (folder / f"{name}.xlsx").write_bytes(xlsx_template(wanted[name], title))
        out.print(f"build/maler/{name}.csv, build/maler/{name}.xlsx", highlight=False)
    out.print("Ferdig utfylt fil legges i data/raw/leveranser/ med samme navn.", highlight=False)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="0 betyr en ledig port.")] = 8000,
    engine: EngineOption = "auto",
) -> None:
    """Show the site on this machine and build anew whenever a file is saved."""
    from kunnskapsgrunnlag.base.paths import find_project
    from kunnskapsgrunnlag.pipeline.serve import serve as serving

    serving(find_project(), port, engine, lambda words: out.print(words, highlight=False))


@app.command()
def doctor() -> None:
    """Say what is installed, which engine will be used, what is missing and how to get it."""
    from kunnskapsgrunnlag.pipeline.doctor import diagnose

    bad = False
    for diagnosis in diagnose():
        bad = bad or diagnosis.state == "feil"
        colour = {"ok": "green", "valgfri": "yellow", "feil": "red"}[diagnosis.state]
        out.print(
            f"[{colour}]{diagnosis.state:8}[/] {diagnosis.name}: {diagnosis.words}", highlight=False
        )
    if bad:
        sys.exit(1)


@app.command()
def stage(name: str, key: Annotated[str, typer.Argument()] = "") -> None:
    """Run one stage of dvc.yaml (what DVC calls; `kg build` is for people)."""
    from kunnskapsgrunnlag.pipeline.stage_client import stage_main

    sys.exit(stage_main([name, key]))


@app.command()
def version() -> None:
    """Print the version."""
    out.print(__version__, highlight=False)
