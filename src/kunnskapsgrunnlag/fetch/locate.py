"""Which file a source is read from: its snapshot, or the delivery that has come in its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.provenance import (
    WAITING,
    Provenance,
    provenance_path,
    read_provenance,
)
from kunnskapsgrunnlag.fetch.snapshot import Snapshot, read_snapshot
from kunnskapsgrunnlag.hashes import sha256
from kunnskapsgrunnlag.mistakes import nearest
from kunnskapsgrunnlag.paths import name_in_checkout

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Source
    from kunnskapsgrunnlag.paths import Project

# How the title of a stand-in ends.
ESTIMATED = " (anslag)"
# Text as Excel saves it goes by several endings; what stands in the file decides how it is read.
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


def delivered(project: Project, entry: Source) -> Path | None:
    """The delivery that lies in place for a source, if there is one.

    Raises:
        KgError: If there are two: nobody can tell which one is meant.
    """
    if entry.delivery is None:
        return None
    found = [project.deliveries / f"{entry.delivery}{ending}" for ending in ENDINGS]
    found = [path for path in found if path.is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise KgError(f"leveranser: expected one delivery, found {names}. Remove one of them.")
    return found[0] if found else None


def refuse_strangers(project: Project, entries: Iterable[Source]) -> None:
    """A file among the deliveries that no table is read from would be left out unsaid.

    Raises:
        KgError: If there is one: what it is called, and what it should be called.
    """
    known = {entry.delivery for entry in entries if entry.delivery}
    for path in sorted(project.deliveries.glob("*")):
        own = path.name.endswith((".source.yaml", WAITING)) or path.name == "LESMEG.md"
        # Excel and other programs keep a hidden file beside one that is open.
        if own or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        if path.stem in known and path.suffix in ENDINGS:
            continue
        advice = (
            f"Save it as {' or '.join(ENDINGS)}"
            if path.stem in known
            else f"Give it the name of its template.{nearest(path.stem.lower(), known)}"
        )
        raise KgError(
            f"{name_in_checkout(path)}: no table is read from a file of this name. {advice}"
        )


def source_path(project: Project, entry: Source) -> Path:
    """The file that a source is read from now."""
    return delivered(project, entry) or project.raw / entry.file


def open_source(project: Project, key: str, entry: Source) -> Snapshot:
    """The snapshot that a source is read from now.

    A delivery that nobody has registered yet needs no provenance file: it says itself that it is
    a delivery and not registered, until `kg register` gives it its provenance.

    Raises:
        KgError: If a file or its provenance is missing or not complete.
    """
    path = delivered(project, entry)
    if path is None or provenance_path(path).is_file():
        return read_snapshot(key, path or project.raw / entry.file, entry.columns, entry.sheet)
    stand_in = read_provenance(project.raw / entry.file)
    provenance = Provenance(
        # What has been delivered is no estimate, and its title must not say so.
        title=stand_in.title.removesuffix(ESTIMATED),
        owner="Levert til Velferdsetaten",
        origin="leveranse",
        vintage=f"leveranse {path.name}, ikke registrert",
        licence=stand_in.licence,
        sha256_bytes="",
        sha256_cells="",
    )
    return Snapshot(key, path, provenance, path.read_bytes(), entry.columns, entry.sheet)


def delivery_hash(project: Project, entry: Source) -> str:
    """A hash of the delivery in place, with its provenance; empty if there is none."""
    path = delivered(project, entry)
    if path is None:
        return ""
    beside = provenance_path(path)
    held = (
        path.name.encode() + path.read_bytes() + (beside.read_bytes() if beside.is_file() else b"")
    )
    return sha256(held)[:16]
