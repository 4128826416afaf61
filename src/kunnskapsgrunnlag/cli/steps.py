"""`kg angre`, and how a step is taken: written, built, committed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.steps import Step, Taken, last_step, reversed_step, take
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.editions.status import is_fresh
from kunnskapsgrunnlag.pipeline import build as builder
from kunnskapsgrunnlag.report import Report, open_report

Yes = Annotated[bool, typer.Option("--ja", help="Svar ja, og bruk svarene i klammer.")]


def undo(
    again: Annotated[bool, typer.Option("--igjen", help="Gjør det som ble angret, igjen.")] = False,
    ja: Yes = False,
) -> None:
    """Angre det siste kg receive eller kg edition new gjorde her. Ingenting går tapt."""
    report = open_report()
    root = report.project.root
    taken = last_step(root, again=again)
    if taken is None:
        out.print(
            "Det er ikke angret noe her som kan gjøres igjen."
            if again
            else "Det er ingenting å angre: alt er angret, eller verken kg receive eller kg "
            "edition new er kjørt her."
        )
        return
    step = _reversed(root, taken)
    out.print(f"{step.message}. Det endrer:" if step.files else f"{step.message}.")
    for name, content in step.files.items():
        kept = "blir som før" if (root / name).exists() else "settes inn"
        becomes = "tas bort" if content is None else kept
        out.print(f"  {name} {becomes}")
    if not confirmed("Gjøre det igjen?" if again else "Angre?", ja):
        out.print("Ingenting er endret.")
        return
    take_step(report, step)
    out.print("Angre: kg angre" if again else "Gjøre det igjen: kg angre --igjen")


def _reversed(root: Path, taken: Taken) -> Step:
    subject = taken.message
    if subject.startswith("Angret: "):
        return reversed_step(root, taken, f"Igjen: {subject.removeprefix('Angret: ')}")
    return reversed_step(root, taken, f"Angret: {subject.removeprefix('Igjen: ')}")


def is_asked() -> bool:
    return sys.stdin.isatty()


def confirmed(question: str, ja: bool, likely: str | None = None) -> bool:
    """Whether the person who sits here says yes; what changes files has no likely answer."""
    if ja:
        return True
    if not is_asked():
        raise KgError(f"{question} Skriv --ja for å svare ja. Ingenting er endret.")
    answer: str = typer.prompt(f"{question} (ja/nei)", default=likely)
    return answer.strip().lower() in ("ja", "j")


def built(report: Report, then: str) -> Report:
    """The report as it is built; built first if something has been touched.

    Args:
        then: What to do once what stops the build is put right.

    Raises:
        KgError: If it cannot be built.
    """
    if is_fresh(report.project):
        return report
    out.print("Noe er endret siden siste bygg. Bygger først …")
    outcome = builder.build(report.project, out)
    if outcome.code:
        stopped = "\n".join(outcome.mistakes)
        raise KgError(f"{stopped}\nBygget stoppet. Rett det, og {then}.")
    return open_report()


def take_step(report: Report, step: Step) -> None:
    """Write, build and commit; a build that the text stops is told, and the step stands."""

    def build() -> bool:
        out.print("Lagret. Bygger …")
        outcome = builder.build(report.project, out)
        if outcome.code:
            for words in outcome.mistakes:
                err.print(words, style="red", soft_wrap=True)
            err.print("Bygget stoppet, og nettstedet står som før til dette er rettet.")
        return outcome.code == 0

    take(report.project.root, step, build)
    out.print(f"Lagt inn i git: «{step.message}».")
