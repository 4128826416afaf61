"""Numbers that cannot be right stop the build, until they are mended or a person accepts a cell."""

import datetime
from collections.abc import Iterable

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.periods import read_period
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.cells import accepted_cells, describe_cell
from kunnskapsgrunnlag.sources.provenance import Acceptance
from kunnskapsgrunnlag.sources.save import save_provenance
from kunnskapsgrunnlag.tidy import Read
from kunnskapsgrunnlag.tidy.plausible import Breach, find_breaches, unaccepted

# So many cells that a number was compared with are named.
NAMED = 2


def check_sources(catalog: Catalog, read: Read, keys: Iterable[str] | None = None) -> None:
    """Compare every tidy table, or some of them, with what its numbers must fit."""
    problems = []
    for key in catalog.sources if keys is None else keys:
        breaches = unaccepted(_breaches(catalog, key, read), accepted_cells(read(key)[0]))
        problems += [_explained(breaches, read)] if breaches else []
    if problems:
        raise KgError("\n".join(problems))


def resting_on(catalog: Catalog, key: str) -> list[str]:
    """A source, and those whose numbers are held against its own."""
    sources = catalog.sources.items()
    return [key, *(name for name, s in sources if any(check.source == key for check in s.checks))]


def accept_cell(catalog: Catalog, read: Read, key: str, at: str, reason: str) -> str:
    """Keep in the provenance that a person vouches for a number that does not fit."""
    snapshot = read(key)[0]
    cell = snapshot.cell(at)
    breach = next((b for b in _breaches(catalog, key, read) if b.cell == cell), None)
    if not reason.strip() or breach is None:
        wrong = f"cellen «{at}» stanser ikke bygget" if reason.strip() else "skriv hvorfor"
        raise KgError(f"{snapshot.name}: {wrong}. Ingenting er godtatt.")
    accepted = Acceptance(
        value=describe_cell(snapshot, cell).raw,
        check=breach.words,
        reason=reason.strip(),
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
    known = {**snapshot.provenance.accepted, at: accepted}
    save_provenance(snapshot.path, snapshot.provenance.model_copy(update={"accepted": known}))
    return f"{snapshot.name}: {at} er godtatt, selv om {breach.words}."


def _breaches(catalog: Catalog, key: str, read: Read) -> list[Breach]:
    source = catalog.source(key)
    snapshot, table = read(key)
    others = {check.source: read(check.source)[1] for check in source.checks if check.source}
    # The year that a table without years is of.
    period = read_period(snapshot.provenance.period)
    year = next(iter(period.years)) if period and len(period.years) == 1 else None
    return find_breaches(table, source, others, year)


def _explained(breaches: list[Breach], read: Read) -> str:
    """The first breach in a sentence: where, what, compared with what, what to do."""

    def place(cell: str) -> str:
        described = describe_cell(read(cell.partition(":")[0])[0], cell)
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
