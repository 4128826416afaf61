"""`kg claims`: what the text claims, and whether it still holds."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.cli.console import context, err, out

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.book.claim_results import ClaimResult, ClaimResults

BASES = {
    "statistikk": "",
    "anslag": " (bygger på anslag)",
    "tilpasset": " (ikke prøvd: lagt inn i anslagene)",
}
STATES = {True: "sann", False: "USANN", None: "KAN IKKE AVGJØRES"}


def claims(
    changed: Annotated[
        bool, typer.Option("--changed", help="Bare de som er endret siden sist de ble godtatt.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Godta dagens tilstand som den å sammenligne med.")
    ] = False,
) -> None:
    """List the claims of the text with state, numbers and place; exit 1 if one does not hold."""
    report = context()
    results = report.claims
    if accept:
        _accept(report.project, results)
        return
    names = list(results.claims)
    if changed:
        names = results.changed(_accepted(report.project))
        if not names:
            out.print("Ingen påstander er endret.")
    placed = [name for name in names if results.claims[name].places]
    unplaced = [name for name in names if not results.claims[name].places]
    for name in placed:
        _print(name, results.claims[name])
    if unplaced:
        out.print("Ikke i teksten: det 2022-utgaven sa, prøvd mot tallene.", style="bold")
    for name in unplaced:
        _print(name, results.claims[name])
    false = results.false
    out.print(f"Påstander: {results.counted()}; {len(false)} holder ikke.", highlight=False)
    if false:
        err.print("En utgave kan ikke gis ut før disse er rettet.", style="red")
        sys.exit(1)


def _print(name: str, claim: ClaimResult) -> None:
    state = f"{STATES[claim.holds]}{BASES[claim.basis]}"
    out.print(f"{state}  {name}: {claim.words}", highlight=False, markup=False)
    out.print(f"    {claim.because}", highlight=False, markup=False)
    for place in claim.places:
        words = f"{place.file}:{place.line}: {place.sentence}"
        out.print(f"    {words}", highlight=False, markup=False)


def _accept(project: Project, results: ClaimResults) -> None:
    """Keep verdicts and numbers in git, so that the next data show what they changed."""
    kept = {
        name: {"holds": claim.holds, "because": claim.because}
        for name, claim in results.claims.items()
    }
    project.accepted_claims.parent.mkdir(parents=True, exist_ok=True)
    project.accepted_claims.write_bytes(json_bytes({"claims": kept}))
    out.print(f"{len(kept)} påstander godtatt: {project.accepted_claims.name}", highlight=False)


def _accepted(project: Project) -> dict[str, tuple[bool | None, str]]:
    path = project.accepted_claims
    if not path.is_file():
        return {}
    claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
    return {name: (claim["holds"], claim["because"]) for name, claim in claims.items()}
