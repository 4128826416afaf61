"""Whether anything has been touched since the last good build: the quick answer to «nothing».

DVC takes two seconds to find that all stages are up to date. It trusts size and time
of change of each file, and so does this; whatever differs is left to DVC to judge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kunnskapsgrunnlag.base.paths import Project

WATCHED = ("data", "editions", "src", "notebooks", "chapters", "filters", "assets", "build")
FILES = ("params.yaml", "dvc.yaml", "dvc.lock", "index.md", "_quarto.yml", "_quarto-pdf.yml")
STAMP = "stamp"
# Made by looking and not by building.
PASSING = {
    *("log", "cache", "maler", STAMP, "utgaver", "utgivelse", "godkjenning", "stavekontroll.json"),
}
# Signing what was built makes no build old.
SIGNED = ("data", "signoff")


def signature(project: Project, engine: str) -> str:
    """A hash over name, size and time of change of everything that a build reads or makes."""
    return _hash_of(project, engine, FILES, WATCHED)


def inputs(project: Project) -> str:
    """The same hash over what a build reads and people write: not what is made, nor DVC's lock."""
    files = [name for name in FILES if name != "dvc.lock"]
    return _hash_of(project, "", files, [name for name in WATCHED if name != "build"])


def _hash_of(project: Project, first: str, files: Iterable[str], folders: Iterable[str]) -> str:
    seen = hashlib.sha256(first.encode())
    paths = [project.root / name for name in files]
    for folder in folders:
        paths += sorted((project.root / folder).rglob("*"))
    for path in paths:
        parts = path.relative_to(project.root).parts
        passing = parts[0] == "build" and len(parts) > 1 and parts[1] in PASSING
        passing = passing or parts[:2] == SIGNED
        if passing or "__pycache__" in parts or not path.is_file():
            continue
        stat = path.stat()
        seen.update(f"{'/'.join(parts)}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def is_untouched(project: Project, engine: str) -> bool:
    """Whether all is as the last good build with this engine left it."""
    stamp = project.build / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == signature(project, engine)


def leave(project: Project, engine: str) -> None:
    """Remember how a good build left everything."""
    (project.build / STAMP).write_text(signature(project, engine), encoding="utf-8")
