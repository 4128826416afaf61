"""`kg register` and `kg delivery`: what people say of files that came in, and what they fill in."""

from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.report import open_report
from kunnskapsgrunnlag.sources.formats.template import csv_template, xlsx_template
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.register import Submission, register_delivery, register_snapshot
from kunnskapsgrunnlag.tidy import reading
from kunnskapsgrunnlag.tidy.plausibility import accept_cell


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
    """Godta det som står i filen til en kilde nå. Grunnen blir stående i historien til kilden.

    Opplysningene om en leveranse trengs bare der filen ikke har dem selv.
    """
    report = open_report()
    project, catalog = report.project, report.catalog
    entry = catalog.source(source)
    if godta or celle:
        out.print(accept_cell(catalog, reading(project, catalog), source, celle, godta))
        return
    facts = dict(period=period, extracted=extracted, owner=owner, definition=definition)
    facts |= dict(contact=contact, licence=licence)
    facts = {name: words for name, words in facts.items() if words.strip()}
    snapshot = open_source(project, source, entry, facts)
    if delivered(project, entry):
        done = register_delivery(snapshot, Submission(reason, vintage, origin, cause))
    else:
        facts |= {"title": title} if title else {}
        date = facts.pop("extracted", "")
        vintage = vintage or (f"uttrekk {date}" if date else "")
        done = register_snapshot(snapshot, Submission(reason, vintage, origin, cause, facts))
    out.print(done)


delivery = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Leveranser: filer som ikke er offentlige."
)


@delivery.callback()
def _delivery() -> None:
    """Leveranser: filer som ikke er offentlige."""


@delivery.command()
def template(
    item: Annotated[str, typer.Argument(help="For eksempel tabell-14; tomt: alle.")] = "",
) -> None:
    """Lag malene som sendes til dem som leverer, som CSV og XLSX."""
    report = open_report()
    wanted = {s.delivery: s for s in report.catalog.sources.values() if s.delivery}
    if item and item not in wanted:
        raise KgError(f"ingen leveranse heter «{item}».{nearest(item, wanted)}")
    folder = report.project.build / "maler"
    folder.mkdir(parents=True, exist_ok=True)
    for name in [item] if item else wanted:
        entry = report.catalog.item(name)
        (folder / f"{name}.csv").write_bytes(csv_template(wanted[name]))
        book = xlsx_template(wanted[name], f"{entry.label}: {entry.title}")
        (folder / f"{name}.xlsx").write_bytes(book)
        out.print(f"build/maler/{name}.csv, build/maler/{name}.xlsx")
    out.print("Ferdig utfylt fil legges i data/raw/leveranser/ med samme navn.")
