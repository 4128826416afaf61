"""Which table of the catalogue a file is: by what it says, its headings, its rows and its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.yaml_errors import check_known
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.sources.formats.delivery import DeliveryTable
from kunnskapsgrunnlag.sources.formats.grid import HeadingError
from kunnskapsgrunnlag.sources.locate import UNKNOWN
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.delivery import tidy
from kunnskapsgrunnlag.tidy.table import CELL

# The largest count that is hidden in everything that is committed or published.
SMALL = 3


@dataclass(frozen=True)
class Arrival:
    """A file, and the table that it is.

    Attributes:
        source: The key of the source that it is read for.
        rows: Its tidy table.
    """

    path: Path
    content: bytes
    source: str
    table: DeliveryTable
    rows: pd.DataFrame

    @property
    def facts(self) -> dict[str, str]:
        return self.table.facts


class AmbiguityError(KgError):
    """A file that may be several tables.

    Attributes:
        choices: Their names, as `--tabell` takes them.
    """

    def __init__(self, name: str, choices: list[str]) -> None:
        super().__init__(
            f"{name}: filen kan være {listed(choices[:-1])} eller {choices[-1]}. Si hvilken med "
            f"--tabell {choices[0]}."
        )
        self.choices = choices


def recognise(catalog: Catalog, path: Path, content: bytes, wanted: str = "") -> Arrival:
    """The table that a file is.

    Args:
        wanted: The table that somebody says it is, as `tabell-14`; "" for any.

    Raises:
        AmbiguityError: If it may be several, and nothing tells which.
        KgError: If it is none, or has a mistake: of the table that it is nearest to.
    """
    by_name = {s.delivery: key for key, s in catalog.sources.items() if s.delivery}
    if wanted:
        check_known(wanted, by_name, "--tabell: ingen leveranse heter")
    tried = {
        name: _tried(catalog.sources[key], key, path, content)
        for name, key in by_name.items()
        if wanted in ("", name)
    }
    fits = {name: one for name, one in tried.items() if isinstance(one, Arrival)}
    declared = {name for name, fit in fits.items() if _plain(fit.facts.get("table", "")) == name}
    fits = {name: fit for name, fit in fits.items() if name in declared} or fits
    named = [name for name in fits if _is_named(name, path)]
    if len(fits) == 1 or len(named) == 1:
        (name,) = fits if len(fits) == 1 else named
        stated = _plain(fits[name].facts.get("table", ""))
        if not wanted and stated in by_name and stated != name:
            raise KgError(
                f"{path.name}: filen sier at den er {stated}, men overskriftene er de i {name}. "
                f"Rett «Tabell» i filen, eller skriv --tabell {name}."
            )
        return fits[name]
    if fits:
        raise AmbiguityError(path.name, [*fits])
    raise _mistake(path, {n: p for n, p in tried.items() if isinstance(p, KgError)})


def _tried(entry: Source, key: str, path: Path, content: bytes) -> Arrival | KgError:
    """The file read as a table of this source, or what speaks against it."""
    try:
        snapshot = Snapshot(key, Path(path.name), UNKNOWN, content, entry.columns, entry.sheet)
        rows = tidy(snapshot, entry)
        _refuse_small_counts(path.name, entry, rows)
    except KgError as problem:
        return problem
    return Arrival(path, content, key, snapshot.table, rows)


def _refuse_small_counts(name: str, entry: Source, rows: pd.DataFrame) -> None:
    """What would show one to three persons or households is never taken in."""
    for column in (entry.columns or {}).values():
        is_count = column.role == "measure" and column.unit not in ("kr", "prosent")
        if not is_count or column.rounded_to is not None:
            continue
        small = rows[(rows[column.name] > 0) & (rows[column.name] <= SMALL)]
        for cell in small[f"{column.name}{CELL}"][:1]:
            raise KgError(
                f"{name}, celle {cell.partition(':')[2]}: tallet er fra 1 til {SMALL}, og kan vise "
                "enkeltpersoner. Be om en fil der slike tall er skjult med «:»."
            )


def _mistake(path: Path, known: Mapping[str, KgError]) -> KgError:
    """The one mistake to tell: that of the file itself, or of the table that it is nearest to."""
    if len({str(problem) for problem in known.values()}) == 1:
        return next(iter(known.values()))
    headed = {name: p for name, p in known.items() if not isinstance(p, HeadingError)}
    near = [name for name in headed or known if _is_named(name, path)] or [*(headed or known)]
    nearest = max(near, key=lambda name: getattr(known[name], "matched", 0))
    if headed and len(near) == 1:
        return known[nearest]
    if headed:
        # Headings of a small table may stand in a larger one: the larger is meant.
        return KgError(f"{known[nearest]} (Lest som {nearest}; med --tabell sier du hvilken.)")
    return KgError(
        f"Ingen av leveransene har disse overskriftene. Nærmest er {nearest}. {known[nearest]} "
        f"Malen lages med kg due --brev {nearest}."
    )


def _is_named(name: str, path: Path) -> bool:
    """Whether a file's name says the table: «Tabell 14, endelig.xlsx»."""
    kind, _, number = name.partition("-")
    return re.search(rf"(?i){kind}[ _-]*0*{number}(?!\d)", path.stem) is not None


def _plain(words: str) -> str:
    """`Tabell 14` as the catalogue's name of it."""
    return re.sub(r"[\s_]+", "-", words.strip().lower())
