"""`kg release`: the checklist, and the bundle when it holds."""

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.steps import LOCK_FILE as LOCK
from kunnskapsgrunnlag.base.steps import Step, take
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.cli.steps import built
from kunnskapsgrunnlag.editions.released import release_files, released_before
from kunnskapsgrunnlag.publish.engines.quarto import engine_of
from kunnskapsgrunnlag.release import bundle, gather
from kunnskapsgrunnlag.release.checklist import lines
from kunnskapsgrunnlag.release.earlier import taken_over
from kunnskapsgrunnlag.release.reach import reached
from kunnskapsgrunnlag.report import open_report


def release(
    draft: Annotated[
        bool, typer.Option("--draft", help="Lag pakken selv om listen ikke holder, merket utkast.")
    ] = False,
    everything: Annotated[bool, typer.Option("--alt", help="Vis alt listen fant.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Spør ikke etter kildesidene; bare for utkast.")
    ] = False,
    earlier: Annotated[
        Path | None,
        typer.Option("--forrige", help="Pakken (zip) til utgaven før, som legges under utgaver/."),
    ] = None,
) -> None:
    """Bygg, gå gjennom sjekklisten, og lag pakken som gis ut når den holder."""
    report = built(open_report(), "kjør kg release igjen")
    git, key = Git(report.project.root), report.catalog.edition.key
    if git.dirty() == [LOCK]:
        git.ask("commit", "--quiet", "--no-verify", "-m", f"Utgaven {key} er bygget", "--", LOCK)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    objections = gather.findings(report, today, None if offline else reached)
    for line in lines(objections, every=everything):
        out.print(line, soft_wrap=True)
    errors = any(objection.weight == "feil" for objection in objections)
    if (errors or offline) and not draft:
        words = "Punktene over må ordnes" if errors else "Kildesidene er ikke prøvd"
        err.print(f"{words}: utgaven gis ikke ut. kg release --draft lager et utkast.", style="red")
        sys.exit(1)
    before = released_before(report.project, key)
    if before and not earlier:
        err.print(f"Utgaven {before} er ikke med. Legg den til slik: kg release --forrige FIL.zip")
    made = bundle.Made(git.head(), engine_of(report.project), draft)
    files = bundle.files_of(report, made, taken_over(earlier, key) if earlier else {})
    folder = bundle.write(report, files, objections, draft=draft)
    size = sum(map(len, files.values())) / 1e6
    named = folder.relative_to(report.project.root).as_posix()
    out.print(f"{len(files)} filer, {size:.1f} MB: {named} og {named}.zip")
    if not draft and (record := release_files(report, made.commit)):
        step = Step(f"Utgaven {key} er gitt ut", record)
        take(report.project.root, step, lambda: True)
        out.print(f"Det som er gitt ut, står i editions/{key}. Lagt inn i git: «{step.message}».")
