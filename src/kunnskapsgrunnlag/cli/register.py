"""`kg register`: what people say of a file that they changed themselves."""

from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.report import open_report
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.register import Submission, register_snapshot
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

    Opplysningene trengs når tallene har fått en annen eier. En leveranse tas imot med kg receive.
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
    if path := delivered(project, entry):
        raise KgError(f"{path.name} er en leveranse. Ta imot filen slik den kom: kg receive FIL.")
    snapshot = open_source(project, source, entry)
    facts |= {"title": title} if title else {}
    date = facts.pop("extracted", "")
    vintage = vintage or (f"uttrekk {date}" if date else "")
    out.print(register_snapshot(snapshot, Submission(reason, vintage, origin, cause, facts)))
