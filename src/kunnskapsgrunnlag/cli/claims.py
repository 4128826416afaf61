"""`kg claims`: what the text claims, and whether it still holds; what a sentence could claim."""

import sys
from typing import Annotated

import typer

from kunnskapsgrunnlag.book.claim_results import ClaimResult
from kunnskapsgrunnlag.book.suggest import suggest
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.cli.console import err, out
from kunnskapsgrunnlag.report import open_report

BASES = {
    "statistikk": "",
    "anslag": " (bygger på anslag)",
    "tilpasset": " (ikke prøvd: lagt inn i anslagene)",
}
STATES = {True: "sann", False: "USANN", None: "KAN IKKE AVGJØRES"}
claims = typer.Typer(add_completion=False)


@claims.callback(invoke_without_command=True)
def overview(
    ctx: typer.Context,
    chapter: Annotated[
        str, typer.Option("--kapittel", help="Bare de som står her: kapittel-5.")
    ] = "",
    only_false: Annotated[bool, typer.Option("--usanne", help="Bare de som ikke holder.")] = False,
) -> None:
    """Vis påstandene i teksten: hva som prøves, og om det holder. Kode 1 hvis en ikke holder."""
    if ctx.invoked_subcommand:
        return
    report = open_report()
    results, rewrites = report.claims, report.book.rewrites
    shown = results.false if only_false else results.claims
    for claim in shown.values():
        if not chapter or any(chapter in place.file for place in claim.places):
            _print(claim)
    false = results.false
    for words in rewrites:
        out.print(f"Må skrives om: {words}", soft_wrap=True, markup=False)
    out.print(
        f"Påstander: {results.counted()}; {len(false)} holder ikke. "
        f"{len(rewrites)} steder ellers må skrives om."
    )
    if false or rewrites:
        err.print("En utgave kan ikke gis ut før disse er rettet.", style="red")
        sys.exit(1)


@claims.command("forslag")
def suggestions(
    place: Annotated[
        str, typer.Argument(metavar="FIL:LINJE", help="Fil og linje: chapters/kapittel-5.md:190.")
    ],
) -> None:
    """Foreslå uttrykk som holder for setningene på en linje."""
    report = open_report()
    for words, proposals in suggest(
        report.texts, lambda: Numbers(report.store, report.catalog), place
    ):
        out.print(words, style="bold")
        for expression, said in proposals:
            out.print(f'    sjekk="{expression}"')
            out.print(f"        {said}")
        if not proposals:
            out.print("    Ingen forslag: setningen viser ingen tall som en påstand kan bygge på.")


def _print(claim: ClaimResult) -> None:
    for place in claim.places:
        words = f"{place.file}:{place.line}: {place.sentence}"
        out.print(words)
    state = f"{STATES[claim.holds]}{BASES[claim.basis]}"
    out.print(f"    {state}: {claim.words}")
    out.print(f"    {claim.because}")
    if claim.turns:
        out.print(f"    Usann {claim.turns}")
