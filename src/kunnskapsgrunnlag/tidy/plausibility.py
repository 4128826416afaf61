"""Numbers that cannot be right stop the build, until they are mended or a person accepts a cell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.periods import read_period
from kunnskapsgrunnlag.sources.cells import accepted_cells, describe_cell
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.provenance import Acceptance
from kunnskapsgrunnlag.sources.receipt import read_receipt
from kunnskapsgrunnlag.sources.save import save_provenance
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.plausible import Breach, find_breaches, unaccepted

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Catalog
    from kunnskapsgrunnlag.sources.snapshot import Snapshot

# So many cells that a number was held against are named.
NAMED = 2


def check_sources(project: Project, catalog: Catalog) -> None:
    """Hold every tidy table against what its numbers must fit.

    Raises:
        KgError: A sentence for each source with a number that does not fit.
    """

    @cache
    def table(key: str) -> pd.DataFrame:
        return pd.read_parquet(project.tidy(key))

    problems = []
    for key, source in catalog.sources.items():
        others = {check.source: table(check.source) for check in source.checks if check.source}
        receipt = read_receipt(project.receipt(key))
        breaches = find_breaches(table(key), source, others, _year(receipt.period))
        if breaches:
            left = unaccepted(breaches, accepted_cells(open_source(project, key, source)))
            problems += [explained(project, catalog, left)] if left else []
    if problems:
        raise KgError("\n".join(problems))


def explained(project: Project, catalog: Catalog, breaches: list[Breach]) -> str:
    """The first breach in a sentence: where, what, what it was held against, what to do."""

    def place(cell: str) -> str:
        key = cell.partition(":")[0]
        described = describe_cell(open_source(project, key, catalog.source(key)), cell)
        return f"{described.file}, {described.place}"

    first = breaches[0]
    key, _, at = first.cell.partition(":")
    elsewhere = [cell for cell in first.against if not _same_row(cell, first.cell)]
    against = "; ".join(place(cell) for cell in elsewhere[:NAMED])
    more = f" Det er {len(breaches) - 1} til." if len(breaches) > 1 else ""
    return (
        f"{place(first.cell)}: {first.words}{f' (holdt mot {against})' if against else ''}. Rett "
        f"filen. Er tallet riktig likevel, skriver du kg register {key} --celle {at} "
        f'--godta "hvorfor".{more}'
    )


def _same_row(one: str, other: str) -> bool:
    """Whether two cells of a table lie in one row: `k:F12` and `k:N12`."""
    (source, _, at), (its, _, place) = one.partition(":"), other.partition(":")
    is_grid = not at.startswith("i")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return is_grid and source == its and at.lstrip(letters) == place.lstrip(letters)


def accept_cell(snapshot: Snapshot, breaches: Iterable[Breach], at: str, reason: str) -> str:
    """Keep in the provenance that a person vouches for a number that does not fit.

    Raises:
        KgError: If the reason is empty, or nothing is wrong with the cell.
    """
    breach = next((each for each in breaches if each.cell == snapshot.cell(at)), None)
    if not reason.strip() or breach is None:
        wrong = f"cellen «{at}» stanser ikke bygget" if reason.strip() else "skriv hvorfor"
        raise KgError(f"{snapshot.name}: {wrong}. Ingenting er godtatt.")
    accepted = Acceptance(
        value=describe_cell(snapshot, breach.cell).raw,
        check=breach.words,
        reason=reason.strip(),
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
    provenance = snapshot.provenance
    known = {**provenance.accepted, at: accepted}
    save_provenance(snapshot.path, provenance.model_copy(update={"accepted": known}))
    return f"{snapshot.name}: {at} er godtatt, selv om {breach.words}."


def breaches_of(project: Project, catalog: Catalog, key: str) -> list[Breach]:
    """What does not fit in a source as its file is now, before any build."""

    def table(name: str) -> pd.DataFrame:
        entry = catalog.source(name)
        return reader(entry.reader)(open_source(project, name, entry), entry)

    source = catalog.source(key)
    others = {check.source: table(check.source) for check in source.checks if check.source}
    period = open_source(project, key, source).provenance.period
    return find_breaches(table(key), source, others, _year(period))


def _year(period: str) -> int | None:
    """The year that a table without years is of."""
    named = read_period(period)
    return next(iter(named.years)) if named and len(named.years) == 1 else None
