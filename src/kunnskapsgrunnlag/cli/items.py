"""`kg items`, `kg trace` and `kg verify`: the numbers that have been computed."""

from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import out, table_of
from kunnskapsgrunnlag.publish.trace import trace_address, trace_item
from kunnskapsgrunnlag.report import open_report
from kunnskapsgrunnlag.store import verify as comparing
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import mix_words


def items() -> None:
    """List tabellene og figurene: nummer, tittel, opphav, årgang og tilstand."""
    report = open_report()
    table = table_of("Nr.", "Tittel", "Opphav", "Årgang", "Tilstand")
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


def trace(
    address: Annotated[
        str,
        typer.Argument(metavar="ADRESSE", help="figur-27/statlig_utbetalt/2020, eller tabell-30."),
    ],
) -> None:
    """Følg et tall til kildecellene, sjekksummene og påstandene, eller list en tabells adresser."""
    report = open_report()
    if "/" in address:
        trace_address(out, report, address)
    else:
        report.catalog.item(address)
        trace_item(out, report.store, address)


def verify(
    alle: Annotated[bool, typer.Option("--all", help="Vis også de som er like.")] = False,
) -> None:
    """Sammenlign hvert trykt tall med det som er beregnet."""
    comparisons = open_report().comparisons
    table = table_of("Adresse", "Trykt", "Beregnet", "Resultat")
    for c in comparisons:
        if alle or c.state != comparing.EQUAL:
            result = f"{c.state} {c.erratum}".strip()
            table.add_row(c.printed.address, c.printed.text, c.computed, result)
    if table.row_count:
        out.print(table)
    for state, count in comparing.summary(comparisons).items():
        out.print(f"{count:4d} {state}")
    out.print(f"{len(comparisons):4d} i alt")
    if any(c.state == comparing.UNEXPLAINED for c in comparisons):
        raise KgError("trykte tall er andre uten forklaring; de står over.")
