"""A snapshot: the bytes a provider gave, its provenance, and its two hashes.

The byte hash says whether the file is the one that was registered; the cell hash says whether its
content is. A new time stamp or line end changes the first alone.
"""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.paths import Project, name_in_checkout
from kunnskapsgrunnlag.catalog.query import Live
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.delivery import DeliveryTable, read_delivery
from kunnskapsgrunnlag.sources.formats.grid import letters
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from kunnskapsgrunnlag.sources.provenance import (
    CAUSES,
    OUR_CAUSES,
    Correction,
    Provenance,
    Registration,
    missing,
    provenance_path,
    read_provenance,
)
from kunnskapsgrunnlag.sources.receipt import Receipt


@dataclass(frozen=True)
class Snapshot:
    """A source's file as it lies on disk now, beside what its provenance says of it."""

    source: str
    path: Path
    provenance: Provenance
    content: bytes = field(repr=False)
    columns: dict[str, Column] | None = field(default=None, repr=False)
    sheet: str | None = None

    @property
    def name(self) -> str:
        """`data/raw/trykt/tabell-24.csv`: where the file is found in the checkout."""
        return name_in_checkout(self.path)

    @property
    def provenance_name(self) -> str:
        """`data/raw/trykt/tabell-24.csv.source.yaml`."""
        return f"{self.name}.source.yaml"

    @property
    def corrections(self) -> dict[str, Correction]:
        return {self.cell(at): c for at, c in self.provenance.corrections.items()}

    @property
    def bands(self) -> dict[str, list[float]]:
        """Of an estimate: the lowest and the highest number of a cell, by cell id."""
        return {self.cell(at): band for at, band in self.provenance.bands.items()}

    @cached_property
    def text(self) -> str:
        """The content as text; a byte order mark is no part of it."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = self.content[: problem.start].count(b"\n") + 1
            raise KgError(
                f"{self.name}, rad {line}: filen er ikke UTF-8 (byte {problem.start}). I Excel: "
                "Lagre som > CSV UTF-8."
            ) from None

    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as problem:
            raise KgError(
                f"{self.name}, linje {problem.lineno}: ikke JSON: {problem.msg}."
            ) from None

    @property
    def grid(self) -> list[list[str]]:
        return self.table.rows

    @cached_property
    def table(self) -> DeliveryTable:
        """The content as rows of cells that know their places in the file."""
        if self.columns is not None:
            return read_delivery(
                self.name, self.content, [*self.columns], columns=self.columns, sheet=self.sheet
            )
        rows = self._plain_rows()
        places = [[(r, c) for c in range(1, len(row) + 1)] for r, row in enumerate(rows, 1)]
        return DeliveryTable(rows, places)

    @cached_property
    def texts(self) -> dict[tuple[int, int], str]:
        return {
            place: text
            for row, places in zip(self.table.rows, self.table.places, strict=True)
            for text, place in zip(row, places, strict=True)
        }

    def _plain_rows(self) -> list[list[str]]:
        separator = ";" if ";" in self.text.partition("\n")[0] else ","
        rows = list(csv.reader(io.StringIO(self.text, newline=""), delimiter=separator))
        while rows and not any(cell.strip() for cell in rows[-1]):
            rows.pop()
        if not rows:
            raise KgError(f"{self.name}: filen er tom. Hent den tilbake med git.")
        return rows

    @cached_property
    def dataset(self) -> Dataset:
        return read_dataset(self.json(), self.name)

    def cell(self, at: str) -> str:
        return f"{self.source}:{at}"

    def cell_at(self, row: int, column: int) -> str:
        """The id of a cell in a grid, as a spreadsheet names it: C4 for row 4, third column."""
        return self.cell(f"{letters(column + 1)}{row}")

    @cached_property
    def sha256_bytes(self) -> str:
        return sha256(self.content)

    @cached_property
    def sha256_cells(self) -> str:
        """Hash of the content: codes, values and symbols, whatever the order of JSON's keys."""
        return sha256(_canonical(self).encode("utf-8"))

    @property
    def changed(self) -> bool:
        return self.sha256_cells != self.provenance.sha256_cells


def _canonical(snapshot: Snapshot) -> str:
    if snapshot.path.suffix == ".json":
        answer = snapshot.json()
        if not isinstance(answer, dict):
            raise KgError(f"{snapshot.name}: ventet et datasett i JSON-stat2, fant {answer!r:.40}.")
        parts = {k: answer.get(k) for k in ("id", "size", "dimension", "value", "status")}
        return json.dumps(parts, sort_keys=True, ensure_ascii=False)
    rows = snapshot.grid
    return "\n".join("\x1f".join(cell.strip() for cell in row) for row in rows)


def read_snapshot(
    source: str, path: Path, columns: dict[str, Column] | None = None, sheet: str | None = None
) -> Snapshot:
    if not path.is_file():
        raise KgError(missing(source, path))
    return Snapshot(source, path, read_provenance(path, source), path.read_bytes(), columns, sheet)


def last_seen(provenance: Provenance) -> str:
    """The last day on which the owner is known to have had this content."""
    return max(provenance.retrieved, provenance.confirmed, provenance.updated[:10])


def fulfilled(project: Project, key: str, entry: Live) -> bool:
    """Whether the snapshot is what the catalogue asks for: no older, and the same query."""
    path = project.raw / entry.file
    if not (path.is_file() and provenance_path(path).is_file()):
        return False
    provenance = read_provenance(path, key)
    # A snapshot that no fetch has made says in words of its own what was asked.
    own = bool(entry.columns and not provenance.retrieved)
    same = entry.query is None or own or provenance.query == entry.query.text()
    return same and last_seen(provenance) >= entry.wanted


def _sentence(entry: Registration) -> str:
    kind = f"{CAUSES[entry.cause]}: " if entry.cause else ""
    return f"{norwegian_date(entry.date)}: {kind}{entry.reason}"


# What a receipt says of a snapshot in the words of its provenance.
_SAID = ("title", "owner", "origin", "vintage", "period", "definition", "licence", "url")


def verify(snapshot: Snapshot, accepted: Iterable[str] = ()) -> Receipt:
    """Compare a snapshot with its registered hashes: the receipt that later stages depend on.

    A delivery that differs is a new delivery: it is used, and says so wherever it is listed. A
    provider's extract that differs was tampered with, since only a fetch may change it.

    Raises:
        KgError: If an extract of a provider is not the one that was registered.
    """
    provenance = snapshot.provenance
    if snapshot.changed and provenance.origin == "offisiell":
        raise KgError(
            f"{snapshot.name}: innholdet er ikke det som er registrert (ventet celler "
            f"{provenance.sha256_cells[:12]}…, fant {snapshot.sha256_cells[:12]}…). Hent "
            "filen tilbake med git, eller registrer det nye uttrekket: kg register "
            f'{snapshot.source} --reason "…".'
        )
    return Receipt(
        source=snapshot.source,
        **{name: getattr(provenance, name) for name in _SAID},
        file=snapshot.name,
        sha256_bytes=snapshot.sha256_bytes,
        sha256_cells=snapshot.sha256_cells,
        registered=not snapshot.changed,
        revised=snapshot.changed
        or any(entry.cause not in OUR_CAUSES for entry in provenance.history),
        history=tuple(_sentence(entry) for entry in provenance.history),
        accepted=tuple(accepted),
        left_out=tuple(snapshot.table.skipped) if snapshot.columns is not None else (),
        printed=tuple(snapshot.cell(at) for at in provenance.printed),
    )
