"""The archive: earlier editions whole, each with what it published and all it is built from.

    editions/2022/edition.json   what it is, and a hash of every file below
    editions/2022/published/     its numbers, items and claims
    editions/2022/content/       catalogue, chapters and bibliography, where they lie in a checkout

Snapshots are not copied: they lie in `data/raw`, a later edition gives its own another name, and
`edition.json` names the content of each.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.editions.published import PublishedEdition, files_of, from_build, read_files
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.mistakes import nearest

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog
    from kunnskapsgrunnlag.paths import Project

MANIFEST, PUBLISHED, CONTENT = "edition.json", "published", "content"
# What belongs to one edition alone. All else in a checkout is shared: code, assets, snapshots.
CONTENT_FILES = ("params.yaml", "index.md", "_quarto.yml", "_quarto-pdf.yml", "data/claims.json")
CONTENT_FOLDERS = ("chapters", "assets/bib")


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
        if not path.is_file() or _sha256(path.read_bytes()) != digest:
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


def write_archive(project: Project, catalog: Catalog) -> Path:
    """Put the edition that is built now into the archive.

    All is written beside and takes its place at once: a killed run leaves the archive as it was.

    Raises:
        KgError: If something has not been built, or another content is archived under this key.
    """
    key = catalog.edition.key
    files = {f"{PUBLISHED}/{n}": b for n, b in files_of(from_build(project, catalog)).items()}
    for name in content_files(project.root):
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
        "files": {name: _sha256(content) for name, content in sorted(files.items())},
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


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
