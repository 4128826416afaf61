"""`kg build` and `kg serve`."""

import sys
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.paths import find_project
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.pipeline import build as builder
from kunnskapsgrunnlag.pipeline import serve as server

EngineOption = Annotated[str, typer.Option(help="auto, quarto eller embedded.")]


def build(
    engine: EngineOption = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", help="Ikke skriv oppsummeringen.")] = False,
) -> None:
    """Bygg alt som er utdatert: tabeller, figurer, nettsted, PDF og kontroller."""
    project = find_project()
    outcome = builder.build(project, out, engine=engine)
    if outcome.code:
        failed = [job for job in outcome.jobs if job.code]
        for job in failed:
            err.print(f"{job.name}: {job.message}", style="red")
        if not failed:
            log = outcome.log.read_text(encoding="utf-8", errors="replace")
            err.print(builder.dvc_words(log), style="red")
        err.print("Bygget stoppet. Det som var ferdig før feilen, er beholdt.")
        sys.exit(1)
    if not quiet:
        builder.summary(project, outcome, out)


def serve(
    port: Annotated[int, typer.Option(help="0 betyr en ledig port.")] = 8000,
    engine: EngineOption = "auto",
) -> None:
    """Vis nettstedet på denne maskinen, og bygg på nytt når en fil blir lagret."""
    server.serve(find_project(), port, engine, out.print)
