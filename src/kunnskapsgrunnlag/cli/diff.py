"""`kg diff`: what is new since another edition, why, and how much."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from kunnskapsgrunnlag.cli.console import err, out, table_of
from kunnskapsgrunnlag.editions import diff as states
from kunnskapsgrunnlag.editions.causes import WORDS
from kunnskapsgrunnlag.editions.diff import EditionDiff, News, NumberChange
from kunnskapsgrunnlag.editions.diff_claims import ClaimChange, word_difference
from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED, ItemChange
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of
from kunnskapsgrunnlag.publish.downloads import changes
from kunnskapsgrunnlag.report import open_report

# How many lines of a kind an item has before the rest is counted.
MOST = 6


def diff(
    old: Annotated[
        str, typer.Argument(metavar="FØR", help="Utgaven før; tomt: forrige utgave.")
    ] = "",
    new: Annotated[
        str, typer.Argument(metavar="NÅ", help="Utgaven nå; tomt: den som er bygget.")
    ] = "",
    alle: Annotated[bool, typer.Option("--all", help="Vis alt, ikke bare de største.")] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Skriv alt som JSON.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Skriv alle tall som CSV.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Gi kode 1 hvis et tall er endret uten forklaring.")
    ] = False,
) -> None:
    """Vis hva som er nytt siden en annen utgave, hvorfor, og hvor mye."""
    report = open_report()
    edition_diff, names = diff_of(report, old, new), Names(report.catalog)
    if json:
        json.write_bytes(changes.as_json(edition_diff))
    if csv:
        csv.write_bytes(changes.as_csv(edition_diff, names))
    for line in _lines(edition_diff, names, MOST if not alle else sys.maxsize):
        out.print(line)
    if edition_diff.unexplained:
        err.print(
            f"{len(edition_diff.unexplained)} tall er endret uten forklaring. Før årsaken i "
            "data/endringer.yaml; docs/endringer.md viser hvordan.",
            style="red",
        )
        if strict:
            sys.exit(1)


def _lines(diff: EditionDiff, names: Names, most: int) -> Iterator[str | Text | Table]:
    """All that is told, first in short, then item by item."""
    yield Text(f"Fra {diff.old.key} til {diff.new.key}", "bold")
    yield _summary(diff)
    for change in diff.items:
        lines = list(_item(diff, names, change, most))
        if lines:
            yield Text(f"\n{change.item.label}: {change.item.title}", "bold")
            yield from lines
    if diff.claims:
        yield Text("\nPåstander i teksten", "bold")
        yield from _bounded([line for claim in diff.claims for line in _claim(claim)], most * 2)


def _summary(diff: EditionDiff) -> Table:
    counts, table = diff.states, table_of("Tall", "Antall")
    table.columns[1].justify = "right"
    table.add_row("uendret", str(counts[states.SAME]))
    if counts[states.HIDDEN]:
        table.add_row("endret, men likt etter avrunding", str(counts[states.HIDDEN]))
    table.add_row("endret", str(counts[states.CHANGED]))
    for cause, count in diff.causes.items():
        table.add_row(f"  {WORDS[cause]}", str(count))
    table.add_row("nye adresser", str(counts[states.ADDED]))
    table.add_row("adresser som er borte", str(counts[states.DROPPED]))
    return table


def _item(diff: EditionDiff, names: Names, change: ItemChange, most: int) -> Iterator[str]:
    """News and revisions of an item, largest first, and what else changed about it."""
    if change.state in (ADDED, DROPPED):
        yield f"  {'Ny' if change.state == ADDED else 'Borte'} i {diff.new.key}."
    if change.carried:
        yield f"  Tallene er fra {change.carried}."
    yield from (f"  {words}" for words in change.words)
    news = [n for n in diff.news if n.item == change.key]
    # What stands in the table comes before what only the text uses.
    news.sort(key=lambda n: (not names.is_shown(n.new.address), _largest(n)))
    yield from _bounded([_news(diff, names, n) for n in news], most)
    addresses = {n.new.address for n in news}
    revised = [n for n in diff.changed if n.item == change.key and n.address not in addresses]
    lines = [_number(diff, names, n) for n in sorted(revised, key=_largest)]
    yield from _bounded(lines, most)
    yield from (f"  Revisjoner: {r.words}" for r in diff.revisions if r.item == change.key)


def _largest(change: News | NumberChange) -> float:
    return -change.size.is_large if change.size else 0.0


def _news(diff: EditionDiff, names: Names, change: News) -> str:
    label = names.label(diff.new.items[change.item], change.new.address, year=False)
    size = f", {change.size.short}" if change.size else ""
    return (
        f"  {label}: {change.old.text} ({change.before}) → {change.new.text} ({change.now}){size}"
    )


def _number(diff: EditionDiff, names: Names, number: NumberChange) -> str:
    assert number.old and number.new  # changed numbers are in both editions
    label = names.label(diff.new.items[number.item], number.address)
    size = f", {number.size.words}" if number.size else ""
    why = f"{WORDS[number.cause]}{': ' if number.reason else ''}{number.reason}"
    return f"  {label}: {number.old.text} → {number.new.text}{size} [{why}]"


def _claim(claim: ClaimChange) -> Iterator[str]:
    yield f"  {claim.state}  {claim.name}"
    if claim.old and claim.new and claim.old != claim.new:
        pieces = word_difference(claim.old, claim.new)
        marked = (w if a and b else f"[-{w}-]" if a else f"{{+{w}+}}" for a, b, w in pieces)
        yield f"      {' '.join(marked)}"
    else:
        yield f"      {claim.new or claim.old}"
    if claim.old_because != claim.new_because and claim.new:
        yield f"      {claim.old_because or '–'} → {claim.new_because}"


def _bounded(lines: Sequence[str], most: int) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"  og {len(lines) - most} til (--all viser dem)"
