"""`kg edition`: where the edition stands, the next one, and released ones built again."""

import datetime
from collections import Counter
from typing import Annotated

import typer

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.cli.console import out, table_of
from kunnskapsgrunnlag.cli.steps import built, take_step
from kunnskapsgrunnlag.editions import next_edition
from kunnskapsgrunnlag.editions.next_edition import EditionStep
from kunnskapsgrunnlag.editions.plan import ItemPlan
from kunnskapsgrunnlag.editions.released import rebuild as build_again
from kunnskapsgrunnlag.editions.released import released_keys
from kunnskapsgrunnlag.editions.status import ORDERED, SAME, UNUSED, source_states
from kunnskapsgrunnlag.report import Report, open_report

edition = typer.Typer(no_args_is_help=True, add_completion=False)


@edition.callback()
def _edition() -> None:
    """Begynn på den neste utgaven, se planen, eller bygg en utgitt på nytt."""


@edition.command()
def new(
    key: Annotated[
        str, typer.Argument(metavar="ÅR", help="Årstallet på den nye utgaven, for eksempel 2027.")
    ],
    data_year: Annotated[
        int, typer.Option(help="Året tallene skal gjelde; året før utgaven om det ikke står noe.")
    ] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Vis planen, men endre ingenting.")
    ] = False,
) -> None:
    """Begynn på neste utgave: flytt årene, og vis planen."""
    # What is planned from must be what the files say.
    report = built(open_report(), "begynn på utgaven etterpå")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    released = report.catalog.edition.key in released_keys(report.project)
    step = EditionStep(key, data_year or (int(key) - 1 if key.isdigit() else 0), today, released)
    if dry_run:
        _print_items(report.catalog, next_edition.plan_items(report, step.data_year))
        out.print("Ingenting er endret.")
        return
    plans, files = next_edition.begin(report, step)
    take_step(report, files)
    before = (
        "" if released else f" {report.catalog.edition.key} er aldri gitt ut, og regnes ikke med."
    )
    out.print(f"Utgaven i arbeid er {key}, med tall for {step.data_year} der de finnes.{before}")
    _print_items(report.catalog, plans)
    _print_sources(open_report())
    out.print("Neste: kg fetch. kg sier hvor dere står. Angre: kg angre")


@edition.command()
def plan() -> None:
    """Vis hva som er videreført, og hva som mangler fra hver kilde."""
    report = open_report()
    _print_carried(report.catalog)
    _print_sources(report)


@edition.command()
def rebuild(
    key: Annotated[
        str, typer.Argument(metavar="ÅR", help="En utgave som er gitt ut, for eksempel 2026.")
    ],
) -> None:
    """Bygg en utgitt utgave på nytt, med koden og pakkene fra den gang."""
    report = open_report()
    tree = build_again(report.project, key).relative_to(report.project.root).as_posix()
    out.print(f"Utgaven {key} ligger i {tree}/build.")


def _print_items(catalog: Catalog, plans: list[ItemPlan]) -> None:
    table = table_of("Nr.", "Plan", "Hvorfor", "Venter på")
    for one in plans:
        table.add_row(catalog.items[one.key].label, one.state, one.words, one.waits)
    out.print(table)
    counts = Counter(one.state for one in plans)
    out.print(", ".join(f"{count} {state}" for state, count in counts.items()))


def _print_carried(catalog: Catalog) -> None:
    table = table_of("Nr.", "Tall fra", "Videreført fra", "Venter på")
    for item in catalog.items.values():
        if carried := item.carried:
            source = f"{carried.edition}-utgaven" if carried.edition else "aldri gitt ut"
            table.add_row(item.label, carried.period, source, carried.waits)
    out.print(table if table.row_count else "Ingen tabeller eller figurer er videreført.")


def _print_sources(report: Report) -> None:
    table = table_of("Kilde", "Tilstand", "Årgang", "Opphav", "Neste")
    states = source_states(report)
    for source in states:
        if source.state not in (SAME, UNUSED):
            table.add_row(source.key, source.state, source.vintage, source.origin, source.next)
    out.print(table)
    same = sum(source.state == SAME for source in states)
    out.print(f"{same} kilder er som i forrige utgave.")
    if any(source.state == ORDERED for source in states):
        out.print("Bestill leveransene: kg due --brev alle lager brevene og malene.")
