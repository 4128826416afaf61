"""`kg build` and `kg serve`."""

import sys
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.paths import find_project
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.pipeline import build as builder
from kunnskapsgrunnlag.pipeline import serve as server

EngineOption = Annotated[
    str, typer.Option(help="embedded eller quarto; auto er den som params.yaml sier.")
]


def build(
    engine: EngineOption = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", help="Ikke skriv oppsummeringen.")] = False,
    lagre: Annotated[
        str, typer.Option(help="Legg alt som er endret, inn i git med denne meldingen etterpå.")
    ] = "",
) -> None:
    """Bygg alt som er utdatert: tabeller, figurer, nettsted, PDF og kontroller."""
    project = find_project()
    git = Git(project.root)
    if lagre:
        git.identity()
    outcome = builder.build(project, out, engine=engine)
    _stop_if_failed(outcome)
    if not quiet:
        builder.summary(project, outcome, out)
    if lagre:
        git.ask("add", "--all")
        # The hook that builds would build once more.
        git.ask("commit", "--quiet", "--no-verify", "--allow-empty", "-m", lagre)
        out.print(f"Lagt inn i git: «{lagre}».")


def _stop_if_failed(outcome: builder.BuildOutcome) -> None:
    if not outcome.code:
        return
    for words in outcome.mistakes:
        err.print(words, style="red")
    err.print("Bygget stoppet. Det som var ferdig før feilen, er beholdt.")
    sys.exit(1)


def quarto(when: Annotated[str, typer.Argument(help="before eller after.")]) -> None:
    """Lag det som Quartos bok trenger før eller etter sidene. Quarto kjører denne (_quarto.yml)."""
    from kunnskapsgrunnlag.pipeline import quarto_hooks

    if when == "before":
        if outcome := quarto_hooks.before(find_project(), out):
            _stop_if_failed(outcome)
    elif when == "after":
        quarto_hooks.after()
    else:
        raise KgError(f"kg quarto {when}: skriv before eller after.")


def serve(
    port: Annotated[int, typer.Option(help="0 betyr en ledig port.")] = 8000,
    engine: EngineOption = "auto",
) -> None:
    """Vis nettstedet på denne maskinen, og bygg på nytt når en fil blir lagret."""
    server.serve(find_project(), port, engine, out.print)
