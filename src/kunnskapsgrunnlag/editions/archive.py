"""The archive: earlier editions whole, each with what it published and all it is built from.

    editions/2022/edition.json   what it is, and a hash of every file below
    editions/2022/published/     its numbers, items and claims
    editions/2022/content/       catalogue, chapters and bibliography, where they lie in a checkout

Deliveries, printed tables, rates and estimates are copied, for a later edition may have others
under the same name. What is fetched is not: a later edition gives its snapshots other names, and
`edition.json` holds the hash of each.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.editions.published_files import files_of, read_files
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.locate import open_source
from kunnskapsgrunnlag.fetch.provenance import provenance_path
from kunnskapsgrunnlag.hashes import sha256
from kunnskapsgrunnlag.mistakes import nearest

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog
    from kunnskapsgrunnlag.paths import Project

MANIFEST, PUBLISHED, CONTENT = "edition.json", "published", "content"
# What belongs to one edition alone. All else in a checkout is shared: code, assets, snapshots.
CONTENT_FILES = ("params.yaml", "index.md", "_quarto.yml", "_quarto-pdf.yml", "data/claims.json")
CONTENT_FOLDERS = ("chapters", "assets/bib", "data/raw/leveranser")


def archived_keys(project: Project) -> list[str]:
    """The editions in the archive, oldest first."""
    return sorted(path.parent.name for path in project.editions.glob(f"*/{MANIFEST}"))


def read_manifest(project: Project, key: str) -> dict[str, Any]:
    """What an archived edition is.

    Raises:
        KgError: If there is no such edition; names those that there are.
    """
    path = project.editions / key / MANIFEST
    if not path.is_file():
        known = archived_keys(project)
        there = nearest(key, known) if known else " The archive is empty."
        raise KgError(f"editions/{key}: there is no archived edition «{key}».{there}")
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def read_archived(project: Project, key: str) -> PublishedEdition:
    """What an archived edition published.

    Raises:
        KgError: If there is no such edition, or a file of it is not the archived one.
    """
    held = read_manifest(project, key)
    folder = project.editions / key
    for name, digest in held["files"].items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()) != digest:
            found = "another content" if path.is_file() else "nothing"
            raise KgError(
                f"editions/{key}/{name}: expected the archived file ({digest[:12]}), found "
                f"{found}. An archived edition is never changed: restore it with git."
            )
    return read_files(folder / PUBLISHED, held["key"], held["title"], held["date"])


def content_files(root: Path) -> Iterator[str]:
    """The files that belong to the edition alone, as names below a checkout's root."""
    for name in CONTENT_FILES:
        if (root / name).is_file():
            yield name
    for folder in CONTENT_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix()


def archived_files(project: Project, key: str) -> dict[str, Path]:
    """The archived content of an edition: where a file lies in a checkout, and where it is kept."""
    content = project.editions / key / CONTENT
    return {
        path.relative_to(content).as_posix(): path
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def source_files(project: Project, catalog: Catalog) -> list[str]:
    """The files of all sources that are not fetched, with their provenance."""
    named = []
    for key, entry in catalog.sources.items():
        if key in catalog.live:
            continue
        path = open_source(project, key, entry).path
        for each in (path, provenance_path(path)):
            if each.is_file():
                named.append(each.relative_to(project.root).as_posix())
    return named


def check_snapshots(project: Project, key: str) -> None:
    """What an archived edition fetched still lies where it was.

    Raises:
        KgError: If a snapshot is another one.
    """
    kept = archived_files(project, key)
    for source in read_manifest(project, key)["sources"].values():
        name = f"data/raw/{source['file'].removeprefix('data/raw/')}"
        path = project.root / name
        if name not in kept and not (
            path.is_file() and sha256(path.read_bytes()) == source["sha256_bytes"]
        ):
            found = "another content" if path.is_file() else "nothing"
            raise KgError(
                f"{name}: expected the snapshot of the {key} edition "
                f"({source['sha256_bytes'][:12]}), found {found}. A snapshot is never changed: "
                "restore it with git."
            )


def write_archive(project: Project, catalog: Catalog) -> Path:
    """Put the edition that is built now into the archive.

    All is written beside and takes its place at once: a killed run leaves the archive as it was.

    Raises:
        KgError: If something has not been built, or another content is archived under this key.
    """
    key = catalog.edition.key
    files = {f"{PUBLISHED}/{n}": b for n, b in files_of(from_build(project, catalog)).items()}
    for name in sorted({*content_files(project.root), *source_files(project, catalog)}):
        files[f"{CONTENT}/{name}"] = (project.root / name).read_bytes()
    target = project.editions / key
    manifest = _manifest(project, catalog, files)
    if target.is_dir():
        if read_manifest(project, key)["files"] == manifest["files"]:
            return target
        raise KgError(
            f"editions/{key}: expected no archive of {key}, or the same content, found another. "
            f"If the archived one is the right one, there is nothing to do; if not, remove "
            f"editions/{key} in a commit that says why, and try again."
        )
    beside = target.with_name(f"{key}.ny")
    shutil.rmtree(beside, ignore_errors=True)
    for name, content in files.items():
        write_bytes(beside / name, content)
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_bytes(beside / MANIFEST, text.encode("utf-8"))
    beside.rename(target)
    return target


def _manifest(project: Project, catalog: Catalog, files: dict[str, bytes]) -> dict[str, Any]:
    edition = catalog.edition
    receipts = {
        source: json.loads(project.receipt(source).read_text(encoding="utf-8"))
        for source in catalog.sources
    }
    names = ("file", "sha256_bytes", "sha256_cells", "origin", "vintage")
    return {
        "key": edition.key,
        "title": edition.title,
        "date": edition.date,
        "data_year": edition.data_year,
        "files": {name: sha256(content) for name, content in sorted(files.items())},
        "sources": {
            source: {name: receipt[name] for name in names} for source, receipt in receipts.items()
        },
    }


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.ny")
    waiting.write_bytes(content)
    waiting.replace(path)
