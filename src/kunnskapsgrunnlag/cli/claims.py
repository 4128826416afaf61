"""`kg claims`: what the text claims, and whether it still holds; what a sentence could claim."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kunnskapsgrunnlag.cli.console import context, err, out

if TYPE_CHECKING:
    from kunnskapsgrunnlag.book.claim_results import ClaimResult

BASES = {
    "statistikk": "",
    "anslag": " (bygger på anslag)",
    "tilpasset": " (ikke prøvd: lagt inn i anslagene)",
}
STATES = {True: "sann", False: "USANN", None: "KAN IKKE AVGJØRES"}
claims = typer.Typer(help="Påstandene i teksten: hva som prøves, og om det holder.")


@claims.callback(invoke_without_command=True)
def overview(
    ctx: typer.Context,
    chapter: Annotated[
        str, typer.Option("--kapittel", help="Bare de som står her: kapittel-5.")
    ] = "",
    only_false: Annotated[bool, typer.Option("--usanne", help="Bare de som ikke holder.")] = False,
) -> None:
    """List the claims of the text with state, numbers and place; exit 1 if one does not hold."""
    if ctx.invoked_subcommand:
        return
    results = context().claims
    shown = results.false if only_false else results.claims
    for claim in shown.values():
        if not chapter or any(chapter in place.file for place in claim.places):
            _print(claim)
    false = results.false
    out.print(f"Påstander: {results.counted()}; {len(false)} holder ikke.", highlight=False)
    if false:
        err.print("En utgave kan ikke gis ut før disse er rettet.", style="red")
        sys.exit(1)


@claims.command("forslag")
def suggestions(
    place: Annotated[str, typer.Argument(help="Fil og linje: chapters/kapittel-5.md:190.")],
) -> None:
    """Propose expressions that hold for the sentences of a line."""
    from kunnskapsgrunnlag.book.suggest import suggest
    from kunnskapsgrunnlag.claims.numbers import Numbers

    report = context()
    for words, proposals in suggest(
        report.texts, lambda: Numbers(report.store, report.catalog), place
    ):
        out.print(words, highlight=False, markup=False, style="bold")
        for expression, said in proposals:
            out.print(f'    sjekk="{expression}"', highlight=False, markup=False)
            out.print(f"        {said}", highlight=False, markup=False)
        if not proposals:
            out.print("    Ingen forslag: setningen viser ingen tall som en påstand kan bygge på.")


def _print(claim: ClaimResult) -> None:
    for place in claim.places:
        words = f"{place.file}:{place.line}: {place.sentence}"
        out.print(words, highlight=False, markup=False)
    state = f"{STATES[claim.holds]}{BASES[claim.basis]}"
    out.print(f"    {state}: {claim.words}", highlight=False, markup=False)
    out.print(f"    {claim.because}", highlight=False, markup=False)
    if claim.turns:
        out.print(f"    Usann {claim.turns}", highlight=False, markup=False)
