"""`kg` alone: where one stands, and the next step."""

import datetime

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.editions.status import is_fresh, standing
from kunnskapsgrunnlag.report import Report, open_report
from kunnskapsgrunnlag.signoff.gather import Review


def start() -> None:
    """Say where one stands, and what comes next."""
    report = open_report()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for line in standing(report, today, _approvals(report)):
        out.print(line, soft_wrap=True)
    out.print("Alle kommandoene: kg --help")


def _approvals(report: Report) -> str:
    """How many parts of the edition are approved; "" where the build does not tell."""
    if not is_fresh(report.project):
        return ""
    try:
        states = Review(report).states
    except KgError:
        return ""
    open_ones = [state for state in states if not state.is_approved]
    chapters = len({state.thing.chapter for state in open_ones})
    waits = f"; {chapters} {'kapittel' if chapters == 1 else 'kapitler'} venter (kg review)"
    return f"{len(states) - len(open_ones)} av {len(states)} deler{waits if chapters else ''}"
