"""`kg` alone: where one stands, and the next step."""

import datetime

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.editions.status import is_fresh, standing
from kunnskapsgrunnlag.report import Report, open_report
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.messages import is_mine


def start() -> None:
    """Say where one stands, and what comes next."""
    report = open_report()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for line in standing(report, today, *_approvals(report)):
        out.print(line, soft_wrap=True)
    out.print("Alle kommandoene: kg --help")


def _approvals(report: Report) -> tuple[str, int]:
    """How many parts are approved, and in how many chapters whoever sits here can approve some.

    Nothing where the build does not tell.
    """
    if not is_fresh(report.project):
        return "", 0
    try:
        review = Review(report)
        states = review.states
    except KgError:
        return "", 0
    approved = sum(state.is_approved for state in states)
    mine = {state.thing.chapter for state in states if is_mine(state, review)}
    return f"{approved} av {len(states)} deler (kg review)", len(mine)
