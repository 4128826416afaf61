"""Released editions: what each published, and the commit that it was made from.

    editions/2026/edition.json   what it is, its commit, and a hash of each file below
    editions/2026/values.csv     its numbers; items.json and claims.json: its items and statements

`kg release` writes it. An edition that was never released is not here, and is not compared with.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import json_bytes, write_bytes
from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.editions.published_files import files_of, read_files
from kunnskapsgrunnlag.report import Report

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project

RECORD = "edition.json"


@dataclass(frozen=True)
class Release:
    """A released edition.

    Attributes:
        commit: What it was built from.
        files: Name -> hash of what it published.
    """

    key: str
    title: str
    date: str
    commit: str
    files: dict[str, str]


def released_keys(project: Project) -> list[str]:
    """The released editions, oldest first."""
    return sorted(path.parent.name for path in project.editions.glob(f"*/{RECORD}"))


def released_before(project: Project, key: str) -> str | None:
    """The newest edition that was released before this one; None if none was."""
    return max((known for known in released_keys(project) if known < key), default=None)


def read_release(project: Project, key: str) -> Release:
    """What a released edition is.

    Raises:
        KgError: If no such edition was released; names those that were.
    """
    path = project.editions / key / RECORD
    if not path.is_file():
        known = ", ".join(released_keys(project)) or "ingen"
        raise KgError(f"editions/{key}: utgaven {key} er ikke gitt ut herfra. Gitt ut: {known}.")
    return Release(**json.loads(path.read_text(encoding="utf-8")))


def read_released(project: Project, key: str) -> PublishedEdition:
    """What a released edition published.

    Raises:
        KgError: If there is no such edition, or a file of it is not the released one.
    """
    release = read_release(project, key)
    for name, digest in release.files.items():
        path = project.editions / key / name
        if not path.is_file() or sha256(path.read_bytes()) != digest:
            actual = "et annet innhold" if path.is_file() else "ingen fil"
            raise KgError(
                f"editions/{key}/{name}: ventet fila som ble gitt ut ({digest[:12]}), fant "
                f"{actual}. Hent den tilbake: git restore editions/{key}"
            )
    return read_files(project.editions / key, release.key, release.title, release.date)


def write_release(report: Report, commit: str) -> Path:
    """Write what the edition that is built now publishes.

    Raises:
        KgError: If the edition has been released with another content.
    """
    edition = report.catalog.edition
    files = files_of(from_build(report))
    hashes = {name: sha256(content) for name, content in sorted(files.items())}
    target = report.project.editions / edition.key
    if edition.key in released_keys(report.project):
        before = read_release(report.project, edition.key)
        if before.files != hashes:
            raise KgError(
                f"editions/{edition.key}: utgaven er gitt ut fra {before.commit[:12]} med et annet "
                "innhold. Det som er gitt ut, endres ikke: lag en ny utgave (kg edition new)."
            )
        return target
    for name, content in files.items():
        write_bytes(target / name, content)
    release = Release(edition.key, edition.title, edition.date, commit, hashes)
    # The record last: without it the edition is not released.
    write_bytes(target / RECORD, json_bytes(asdict(release)))
    return target
