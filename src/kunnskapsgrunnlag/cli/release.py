"""`kg release`: the checklist, and the bundle when it holds."""

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.cli.console import err, out, table_of
from kunnskapsgrunnlag.editions.released import released_before, write_release
from kunnskapsgrunnlag.publish.engines.quarto import engine_of
from kunnskapsgrunnlag.release import bundle, gather
from kunnskapsgrunnlag.release.checklist import Objection
from kunnskapsgrunnlag.release.earlier import taken_over
from kunnskapsgrunnlag.release.reach import reached
from kunnskapsgrunnlag.report import open_report


def release(
    draft: Annotated[
        bool, typer.Option("--draft", help="Lag pakken selv om listen ikke holder, merket utkast.")
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Spør ikke etter kildesidene; bare for utkast.")
    ] = False,
    earlier: Annotated[
        Path | None,
        typer.Option("--forrige", help="Pakken (zip) til utgaven før, som legges under utgaver/."),
    ] = None,
) -> None:
    """Gå gjennom sjekklisten, og lag pakken som gis ut når den holder."""
    report = open_report()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    objections = gather.findings(report, today, None if offline else reached)
    errors = _print(objections)
    if (errors or offline) and not draft:
        words = f"{errors} feil" if errors else "Kildesidene er ikke prøvd"
        err.print(f"{words}: utgaven gis ikke ut. kg release --draft lager et utkast.", style="red")
        sys.exit(1)
    key = report.catalog.edition.key
    before = released_before(report.project, key)
    if before and not earlier:
        err.print(f"Utgaven {before} er ikke med. Legg den til slik: kg release --forrige FIL.zip")
    made = bundle.Made(Git(report.project.root).head(), engine_of(report.project), draft)
    files = bundle.files_of(report, made, taken_over(earlier, key) if earlier else {})
    folder = bundle.write(report, files, objections, draft=draft)
    size = sum(map(len, files.values())) / 1e6
    named = folder.relative_to(report.project.root).as_posix()
    out.print(f"{len(files)} filer, {size:.1f} MB: {named} og {named}.zip")
    if not draft:
        record = write_release(report, made.commit).relative_to(report.project.root).as_posix()
        out.print(
            f"Det som er gitt ut, står i {record}. Legg det inn i git: git add {record}, og "
            f'git commit -m "Utgaven {key} er gitt ut"'
        )


def _print(objections: Sequence[Objection]) -> int:
    """Print the list; how many errors it has."""
    table = table_of("", "Punkt", "Funn", "Hva dere gjør")
    for objection in objections:
        weight = Text(objection.weight, "red" if objection.weight == "feil" else "yellow")
        table.add_row(weight, objection.point, objection.words, objection.remedy)
    if table.row_count:
        out.print(table)
    errors = sum(objection.weight == "feil" for objection in objections)
    out.print(f"{errors} feil, {len(objections) - errors} advarsler.")
    return errors
