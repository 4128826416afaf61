"""A checkout of an earlier edition: its own content, and everything else as it is here today.

An edition is a set of files that lie over what all editions share. Laid out in a folder of its own
under `build/`, it is built by the same code as the edition in work.
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

from kunnskapsgrunnlag.editions.archive import (
    CONTENT_FILES,
    CONTENT_FOLDERS,
    archived_files,
    check_snapshots,
    read_archived,
)
from kunnskapsgrunnlag.paths import Project

SHARED_FILES = ("dvc.yaml", ".dvcignore")
SHARED_FOLDERS = ("assets", "data", "editions", "filters", "notebooks", "src")
PASSING = ("__pycache__", "*.pyc", "*.egg-info", ".ipynb_checkpoints")
# The folder is no git checkout, and DVC is told so.
DVC_CONFIG = """[core]
    analytics = false
    check_update = false
    autostage = false
    no_scm = true
"""


def workspace(project: Project, key: str) -> Project:
    """Where an archived edition is laid out."""
    return Project(project.build / "editions" / key)


def lay_out(project: Project, key: str, target: Path | None = None) -> Project:
    """Lay an archived edition out, or bring what is there up to date.

    A file that has not changed keeps its time, so that only what changed is built anew.

    Raises:
        KgError: If there is no such edition, or it is not the archived one.
    """
    read_archived(project, key)
    check_snapshots(project, key)
    root = target or workspace(project, key).root
    wanted = dict(_shared(project.root)) | archived_files(project, key)
    for name, source in wanted.items():
        _copy(source, root / name)
    _remove_strangers(root, set(wanted))
    config = root / ".dvc" / "config"
    if not config.is_file():
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_bytes(DVC_CONFIG.encode("utf-8"))
    return Project(root)


def _shared(root: Path) -> Iterator[tuple[str, Path]]:
    """What every edition has: name below the root, and the file."""
    for name in SHARED_FILES:
        yield name, root / name
    for folder in SHARED_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not _is_passing(path) and not _is_own(name):
                yield name, path


def _is_passing(path: Path) -> bool:
    return any(Path(part).match(pattern) for part in path.parts for pattern in PASSING)


def _is_own(name: str) -> bool:
    """Whether it belongs to the edition in work, and not to all."""
    return name in CONTENT_FILES or any(name.startswith(f"{f}/") for f in CONTENT_FOLDERS)


def _copy(source: Path, target: Path) -> None:
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _remove_strangers(root: Path, wanted: set[str]) -> None:
    """What an earlier layout left and nobody has any more must not be built from."""
    for folder in (*SHARED_FOLDERS, *CONTENT_FOLDERS):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.relative_to(root).as_posix() not in wanted:
                path.unlink()
