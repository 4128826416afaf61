"""`kg release`: the checklist, and the bundle when it holds."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from kunnskapsgrunnlag.console import context, err, out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunnskapsgrunnlag.release.checklist import Finding


def add_to(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(release)


def release(
    draft: Annotated[
        bool, typer.Option("--draft", help="Lag pakken selv om listen ikke holder, merket utkast.")
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Spør ikke etter kildesidene; bare for utkast.")
    ] = False,
) -> None:
    """Run the checklist and, when it holds, make the bundle that goes out."""
    from kunnskapsgrunnlag.editions.whole_site import compose
    from kunnskapsgrunnlag.release import bundle, gather
    from kunnskapsgrunnlag.release.reach import reached

    project, catalog = context()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    found = gather.findings(project, catalog, today, None if offline else reached)
    _print(found)
    errors = sum(each.weight == "feil" for each in found)
    if (errors or offline) and not draft:
        words = f"{errors} feil" if errors else "Kildesidene er ikke prøvd"
        err.print(f"{words}: utgaven gis ikke ut. kg release --draft lager et utkast.", style="red")
        sys.exit(1)
    made = bundle.Made(gather.commit(project), gather.engine_of(project), draft)
    files = bundle.files_of(project, catalog, compose(project, catalog), made)
    folder = bundle.write(project, catalog, files, found, draft=draft)
    size = sum(map(len, files.values())) / 1e6
    named = folder.relative_to(project.root).as_posix()
    out.print(f"{len(files)} filer, {size:.1f} MB: {named} og {named}.zip", highlight=False)


def _print(found: Sequence[Finding]) -> None:
    table = Table("", "Punkt", "Funn", "Hva dere gjør", box=None, pad_edge=False)
    for each in found:
        colour = "red" if each.weight == "feil" else "yellow"
        table.add_row(f"[{colour}]{each.weight}[/]", each.point, each.words, each.remedy)
    if table.row_count:
        out.print(table)
    errors = sum(each.weight == "feil" for each in found)
    out.print(f"{errors} feil, {len(found) - errors} advarsler.", highlight=False)
