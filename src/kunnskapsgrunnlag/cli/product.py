"""`kg render` and `kg check`: the finished site and PDF."""

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.check import check_product
from kunnskapsgrunnlag.cli.build import EngineOption
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.publish.render import make_site, place_site, render_pdf
from kunnskapsgrunnlag.report import open_report


def render(engine: EngineOption = "auto") -> None:
    """Lag nettsted og PDF av tallene som er der."""
    report = open_report()
    used = render_pdf(report, engine)
    make_site(report, engine)
    place_site(report)
    out.print(f"Motor: {used}")


def check() -> None:
    """Finn hvert tall, hver tabell og hver figur igjen på sidene, i nedlastingene og i PDF-en."""
    errors = check_product(open_report())
    for error in errors:
        err.print(error, style="red")
    if errors:
        raise KgError(f"{len(errors)} feil i det ferdige; de står over.")
    out.print("Sidene, nedlastingene og PDF-en sier det samme som verdilageret.")
