"""`kg doctor`: what is installed, and what is not."""

import sys

from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.pipeline.doctor import diagnose

COLOURS = {"ok": "green", "valgfri": "yellow", "feil": "red"}


def doctor() -> None:
    """Si hva som er installert, hvilken motor som brukes, hva som mangler og hvor det fås."""
    diagnoses = list(diagnose())
    for diagnosis in diagnoses:
        out.print(f"{diagnosis.state:8}", style=COLOURS[diagnosis.state], end=" ")
        out.print(f"{diagnosis.name}: {diagnosis.words}")
    if any(diagnosis.state == "feil" for diagnosis in diagnoses):
        sys.exit(1)
