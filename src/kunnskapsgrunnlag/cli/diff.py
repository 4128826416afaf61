"""`kg diff`: what is new since another edition, why, and how much."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from kunnskapsgrunnlag.cli.console import context, err, out

if TYPE_CHECKING:
    from kunnskapsgrunnlag.editions.diff import EditionDiff, News, NumberChange
    from kunnskapsgrunnlag.editions.diff_claims import ClaimChange
    from kunnskapsgrunnlag.editions.names import Names

# How many lines of a kind an item has before the rest is counted.
MOST = 6


def diff(
    old: Annotated[str, typer.Argument(help="Utgaven før; tomt: forrige utgave.")] = "",
    new: Annotated[str, typer.Argument(help="Utgaven nå; tomt: den som er bygget.")] = "",
    alle: Annotated[bool, typer.Option("--all", help="Vis alt, ikke bare de største.")] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Skriv alt som JSON.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Skriv alle tall som CSV.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Gi kode 1 hvis et tall er endret uten forklaring.")
    ] = False,
) -> None:
    """What is new since another edition: numbers, statements and items, with cause and size."""
    from kunnskapsgrunnlag.editions.names import Names
    from kunnskapsgrunnlag.editions.reading import diff_of
    from kunnskapsgrunnlag.publish.downloads import changes

    report = context()
    edition_diff, names = diff_of(report, old, new), Names(report.catalog)
    for path, content in (
        (json, changes.as_json(edition_diff)),
        (csv, changes.as_csv(edition_diff, names)),
    ):
        if path is not None:
            path.write_bytes(content)
    for line in _lines(edition_diff, names, MOST if not alle else sys.maxsize):
        out.print(line, highlight=False)
    if edition_diff.unexplained:
        err.print(
            f"{len(edition_diff.unexplained)} tall er endret uten forklaring. Før årsaken i "
            "data/endringer.yaml; docs/endringer.md viser hvordan.",
            style="red",
            highlight=False,
        )
        if strict:
            sys.exit(1)


def _lines(diff: EditionDiff, names: Names, most: int) -> Iterator[str | Table]:
    """All that is told, first in short, then item by item."""
    yield f"[bold]Fra {diff.old.key} til {diff.new.key}[/]"
    yield _summary(diff)
    for change in diff.items:
        lines = list(_item(diff, names, change.key, most))
        if lines:
            yield f"\n[bold]{escape(f'{change.item.label}: {change.item.title}')}[/]"
            yield from lines
    if diff.claims:
        yield "\n[bold]Påstander i teksten[/]"
        yield from _bounded([line for claim in diff.claims for line in _claim(claim)], most * 2)


def _summary(diff: EditionDiff) -> Table:
    from kunnskapsgrunnlag.editions.causes import WORDS
    from kunnskapsgrunnlag.editions.diff import ADDED, CHANGED, DROPPED, HIDDEN, SAME

    states, table = diff.states, Table("Tall", "Antall", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    table.add_row("uendret", str(states[SAME]))
    if states[HIDDEN]:
        table.add_row("endret, men likt etter avrunding", str(states[HIDDEN]))
    table.add_row("endret", str(states[CHANGED]))
    for cause, count in diff.causes.items():
        table.add_row(f"  {WORDS[cause]}", str(count))
    table.add_row("nye adresser", str(states[ADDED]))
    table.add_row("adresser som er borte", str(states[DROPPED]))
    return table


def _item(diff: EditionDiff, names: Names, key: str, most: int) -> Iterator[str]:
    """News and revisions of an item, largest first, and what else changed about it."""
    from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED

    change = next(item for item in diff.items if item.key == key)
    if change.state in (ADDED, DROPPED):
        yield f"  {'Ny' if change.state == ADDED else 'Borte'} i {diff.new.key}."
    if change.carried:
        yield f"  Tallene er fra {change.carried}."
    yield from (f"  {escape(words)}" for words in change.words)
    news = [n for n in diff.news if n.item == key]
    # What stands in the table comes before what only the text uses.
    news.sort(key=lambda n: (not names.is_shown(n.new.address), _largest(n)))
    yield from _bounded([_news(diff, names, n) for n in news], most)
    addresses = {n.new.address for n in news}
    revised = [n for n in diff.changed if n.item == key and n.address not in addresses]
    lines = [_number(diff, names, n) for n in sorted(revised, key=_largest)]
    yield from _bounded(lines, most)
    yield from (f"  Revisjoner: {r.words}" for r in diff.revisions if r.item == key)


def _largest(change: News | NumberChange) -> float:
    return -change.size.is_large if change.size else 0.0


def _news(diff: EditionDiff, names: Names, change: News) -> str:
    label = names.label(diff.new.items[change.item], change.new.address, year=False)
    size = f", {change.size.short}" if change.size else ""
    words = f"{label}: {change.old.text} ({change.before}) → {change.new.text} ({change.now}){size}"
    return f"  {escape(words)}"


def _number(diff: EditionDiff, names: Names, number: NumberChange) -> str:
    from kunnskapsgrunnlag.editions.causes import WORDS

    assert number.old and number.new  # changed numbers are in both editions
    label = names.label(diff.new.items[number.item], number.address)
    size = f", {number.size.words}" if number.size else ""
    why = f"{WORDS[number.cause]}{': ' if number.reason else ''}{number.reason}"
    return f"  {escape(f'{label}: {number.old.text} → {number.new.text}{size} [{why}]')}"


def _claim(claim: ClaimChange) -> Iterator[str]:
    from kunnskapsgrunnlag.editions.diff_claims import word_difference

    yield f"  {claim.state}  {escape(claim.name)}"
    if claim.old and claim.new and claim.old != claim.new:
        pieces = word_difference(claim.old, claim.new)
        marked = (w if a and b else f"[-{w}-]" if a else f"{{+{w}+}}" for a, b, w in pieces)
        yield f"      {escape(' '.join(marked))}"
    else:
        yield f"      {escape(claim.new or claim.old)}"
    if claim.old_because != claim.new_because and claim.new:
        because = f"{claim.old_because or '–'} → {claim.new_because}"
        yield f"      {escape(because)}"


def _bounded(lines: Sequence[str], most: int) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"  og {len(lines) - most} til (--all viser dem)"
