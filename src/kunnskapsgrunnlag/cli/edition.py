"""`kg edition`: where the edition stands, the next one, and the way back."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import context, err, out
from kunnskapsgrunnlag.report import Report

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Catalog
    from kunnskapsgrunnlag.editions.plan import ItemPlan

edition = typer.Typer(
    invoke_without_command=True, help="Utgaver: hvor en står, den neste, og veien tilbake."
)


@edition.callback()
def status(call: typer.Context) -> None:
    """Vis hvor utgaven i arbeid står, og hva som kommer nå."""
    if call.invoked_subcommand:
        return
    from kunnskapsgrunnlag.editions.status import standing

    report = context()
    for line in standing(report):
        out.print(line, highlight=False, markup=False)


@edition.command()
def new(
    key: Annotated[str, typer.Argument(help="Årstallet på den nye utgaven, for eksempel 2027.")],
    data_year: Annotated[
        int, typer.Option(help="Året tallene skal gjelde; året før utgaven om det ikke står noe.")
    ] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Vis planen, men endre ingenting.")
    ] = False,
) -> None:
    """Begynn på neste utgave: flytt årene, og vis planen."""
    from kunnskapsgrunnlag.editions.next_edition import EditionStep, begin, plan_items
    from kunnskapsgrunnlag.editions.released import released_keys

    report = context()
    _refuse_stale(report.project)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    released = report.catalog.edition.key in released_keys(report.project)
    step = EditionStep(key, data_year or (int(key) - 1 if key.isdigit() else 0), today, released)
    if dry_run:
        _print_items(report.catalog, plan_items(report, step.data_year))
        out.print("Ingenting er endret.", highlight=False)
        return
    plans = begin(report, step)
    out.print(
        f"Utgaven i arbeid er {key}, med tall for {step.data_year} der de finnes."
        + (
            ""
            if released
            else f" {report.catalog.edition.key} er aldri gitt ut, og regnes ikke med."
        ),
        highlight=False,
    )
    _print_items(report.catalog, plans)
    report = context()
    _print_sources(report)
    out.print("Neste: kg build, så kg fetch. kg edition sier hvor dere står.", highlight=False)


@edition.command()
def plan() -> None:
    """Vis hva som er videreført, og hva som mangler fra hver kilde."""
    report = context()
    _print_carried(report.catalog)
    _print_sources(report)


@edition.command()
def undo(
    yes: Annotated[bool, typer.Option("--yes", help="Gjør det uten å spørre.")] = False,
) -> None:
    """Angre `kg edition new` i denne mappen, så lenge det ikke er lagt inn i git."""
    from kunnskapsgrunnlag.editions.next_edition import check_undo
    from kunnskapsgrunnlag.editions.next_edition import undo as take_back

    report = context()
    key = check_undo(report)
    begun = report.catalog.edition.key
    question = f"Gå tilbake fra {begun} til {key}? Kapitler og leveranser blir stående"
    if not yes and not typer.confirm(question):
        out.print("Ingenting er endret.")
        sys.exit(1)
    kept = take_back(report)
    out.print(
        f"{key} er igjen utgaven i arbeid. Katalogen for {begun} ligger i {kept.name}.",
        highlight=False,
    )


@edition.command()
def rebuild(
    key: Annotated[str, typer.Argument(help="En utgave som er gitt ut, for eksempel 2026.")],
) -> None:
    """Bygg en utgitt utgave på nytt, med koden og pakkene fra den gang."""
    from kunnskapsgrunnlag.editions.released import rebuild as build_again

    report = context()
    tree = build_again(report.project, key).relative_to(report.project.root).as_posix()
    out.print(f"Utgaven {key} ligger i {tree}/build.", highlight=False)


def _refuse_stale(project: Project) -> None:
    """What is planned from must be what the files say."""
    from kunnskapsgrunnlag.editions.status import is_fresh

    if not is_fresh(project):
        raise KgError(
            "edition new: noe er endret siden siste vellykkede bygg, og planen lages av det som er "
            "bygget. Kjør kg build, og så denne igjen."
        )


def _print_items(catalog: Catalog, plans: list[ItemPlan]) -> None:
    table = Table("Nr.", "Plan", "Hvorfor", "Venter på", box=None, pad_edge=False)
    for item_plan in plans:
        table.add_row(
            catalog.items[item_plan.key].label, item_plan.state, item_plan.words, item_plan.waits
        )
    out.print(table)
    counts = Counter(item_plan.state for item_plan in plans)
    out.print(", ".join(f"{count} {state}" for state, count in counts.items()), highlight=False)


def _print_carried(catalog: Catalog) -> None:
    table = Table("Nr.", "Tall fra", "Videreført fra", "Venter på", box=None, pad_edge=False)
    for item in catalog.items.values():
        if item.carried:
            carried = item.carried
            source = f"{carried.edition}-utgaven" if carried.edition else "aldri gitt ut"
            table.add_row(item.label, carried.period, source, carried.waits)
    out.print(table if table.row_count else "Ingen tabeller eller figurer er videreført.")


def _print_sources(report: Report) -> None:
    from kunnskapsgrunnlag.editions.status import SAME, source_states

    table = Table("Kilde", "Tilstand", "Årgang", "Opphav", "Neste", box=None, pad_edge=False)
    states = source_states(report)
    for source in states:
        if source.state != SAME:
            table.add_row(source.key, source.state, source.vintage, source.origin, source.next)
    out.print(table)
    same = sum(source.state == SAME for source in states)
    out.print(f"{same} kilder er som i forrige utgave.", highlight=False)
    if any(source.next.startswith("kg delivery") for source in states):
        err.print("Bestill leveransene: kg delivery template lager malene som sendes.")
