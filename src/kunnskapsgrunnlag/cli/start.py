"""`kg` alone: where one stands, and the next step."""

import datetime

from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.editions.status import standing
from kunnskapsgrunnlag.report import open_report


def start() -> None:
    """Say where one stands, and what comes next."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for line in standing(open_report(), today):
        out.print(line, soft_wrap=True)
    out.print("Alle kommandoene: kg --help")
