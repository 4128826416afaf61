"""Released editions: what each published, and its commit, from which it is built again.

    editions/2026/edition.json   what it is, its commit, and a hash of each file below
    editions/2026/values.csv     its numbers; items.json and claims.json: its items and statements

`kg release` writes it. An edition that was never released is not here, and is not compared with.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from pydantic import TypeAdapter

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.steps import Files
from kunnskapsgrunnlag.editions.published import (
    PublishedClaim,
    PublishedEdition,
    PublishedItem,
    PublishedValue,
    from_build,
)
from kunnskapsgrunnlag.report import Report

RECORD, VALUES, ITEMS, CLAIMS = "edition.json", "values.csv", "items.json", "claims.json"
FOLDER = "utgaver"
Run = Callable[[Sequence[str], Path], None]


@dataclass(frozen=True)
class Release:
    """A released edition."""

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
    path = project.editions / key / RECORD
    if not path.is_file():
        known = ", ".join(released_keys(project)) or "ingen"
        raise KgError(f"editions/{key}: utgaven {key} er ikke gitt ut herfra. Gitt ut: {known}.")
    return Release(**json.loads(path.read_text(encoding="utf-8")))


def read_released(project: Project, key: str) -> PublishedEdition:
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


def release_files(report: Report, commit: str) -> Files:
    """What is kept of the edition of this commit; nothing where it has been released already.

    Raises:
        KgError: If it has been released with another content.
    """
    edition = report.catalog.edition
    files = files_of(from_build(report))
    hashes = {name: sha256(content) for name, content in sorted(files.items())}
    if edition.key in released_keys(report.project):
        before = read_release(report.project, edition.key)
        if before.files != hashes:
            raise KgError(
                f"editions/{edition.key}: utgaven er gitt ut fra {before.commit[:12]} med et annet "
                "innhold. Det som er gitt ut, endres ikke: lag en ny utgave (kg edition new)."
            )
        return {}
    release = Release(edition.key, edition.title, edition.date, commit, hashes)
    # The record last: without it the edition is not released.
    files[RECORD] = json_bytes(asdict(release))
    folder = report.project.editions.relative_to(report.project.root).as_posix()
    return {f"{folder}/{edition.key}/{name}": content for name, content in files.items()}


def files_of(edition: PublishedEdition) -> dict[str, bytes]:
    """The edition as files: name -> bytes, the same for the same content."""
    items = {key: asdict(item) for key, item in edition.items.items()}
    claims = {name: asdict(claim) for name, claim in edition.claims.items()}
    return {
        VALUES: _csv(edition.values.values()),
        ITEMS: json_bytes(items),
        CLAIMS: json_bytes(claims),
    }


def _csv(values: Iterable[PublishedValue]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column.name for column in fields(PublishedValue)])
    for value in values:
        row = asdict(value) | {"sources": ";".join(value.sources)}
        writer.writerow(["" if cell is None else cell for cell in row.values()])
    return written.getvalue().encode("utf-8")


def read_files(folder: Path, key: str, title: str, date: str) -> PublishedEdition:
    with (folder / VALUES).open(encoding="utf-8", newline="") as file:
        rows = [
            row
            | {"value": row["value"] or None, "sources": [*filter(None, row["sources"].split(";"))]}
            for row in csv.DictReader(file)
        ]
    return PublishedEdition(
        key,
        title,
        date,
        {value.address: value for value in TypeAdapter(list[PublishedValue]).validate_python(rows)},
        TypeAdapter(dict[str, PublishedItem]).validate_json((folder / ITEMS).read_bytes()),
        TypeAdapter(dict[str, PublishedClaim]).validate_json((folder / CLAIMS).read_bytes()),
    )


def rebuild(project: Project, key: str, run: Run | None = None) -> Path:
    """Build a released edition with the code and the packages that it was released with.

    Installing its packages needs network. What is there already is used again.

    Raises:
        KgError: If no such edition was released, its commit is gone, or a step fails.
    """
    run = run or _run
    release = read_release(project, key)
    tree = project.build / FOLDER / key
    git = Git(project.root)
    git.ask("worktree", "prune")
    if not tree.is_dir():
        git.ask("worktree", "add", "--detach", str(tree), release.commit)
    programs = tree / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / ("python.exe" if os.name == "nt" else "python"))
    if not Path(python).exists():
        run([sys.executable, "-m", "venv", ".venv"], tree)
    install = [python, "-m", "pip", "install", "--quiet"]
    run([*install, "--require-hashes", "-r", "requirements/report.lock"], tree)
    run([*install, "--no-deps", "--no-build-isolation", "-e", "."], tree)
    run([python, "-m", "kunnskapsgrunnlag", "build"], tree)
    return tree


def _run(command: Sequence[str], folder: Path) -> None:
    # The worktree's own code and packages, and not those of the checkout that asks.
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KG_"))
    }
    done = subprocess.run(command, cwd=folder, env=own, check=False)
    if done.returncode:
        raise KgError(f"edition rebuild: {' '.join(command[1:4])} i {folder} stoppet. Se over.")
