"""What goes out: site, PDF, data, snapshots, lock and ledger, with a hash of every file.

The bytes depend on the commit alone. What depends on machine and day, `MASKIN.json` and the
checklist, lies beside the zip's content, and is neither in it nor in the list of hashes.
"""

import datetime
import json
import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import json_bytes, write_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.publish.downloads.archive import zipped
from kunnskapsgrunnlag.publish.downloads.bundle import package_name, sums
from kunnskapsgrunnlag.release.checklist import Objection
from kunnskapsgrunnlag.release.earlier import SITE, with_list
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.provenance import provenance_path

SUMS, MACHINE, LIST, STATEMENT = "SHA256SUMS", "MASKIN.json", "sjekkliste.json", "LESMEG.md"
# What people wrote of this edition, and what was made and signed of it.
CONTENT_FILES = (
    *("dvc.lock", "data/signoff/ledger.jsonl", "data/endringer.yaml", "params.yaml", "index.md"),
    *("_quarto.yml", "_quarto-pdf.yml"),
)
CONTENT_FOLDERS = ("chapters", "assets/bib", "data/raw/leveranser")


@dataclass(frozen=True)
class Made:
    """How a bundle was made."""

    commit: str
    engine: str
    draft: bool


def files_of(
    report: Report,
    made: Made,
    earlier: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Every file of the bundle by its path, in a fixed order.

    Args:
        earlier: The sites of earlier editions, as `taken_over` gives them.
    """
    name = package_name(report.catalog.edition)
    files = {f"{name}.pdf": report.project.pdf.read_bytes()}
    for ending in ("xlsx", "zip"):
        files[f"{name}.{ending}"] = _download(report.project, f"{name}.{ending}").read_bytes()
    own_site = {
        path.relative_to(report.project.site).as_posix(): path.read_bytes()
        for path in sorted(report.project.site.rglob("*"))
        if path.is_file()
    }
    keys = sorted({name.split("/")[1] for name in earlier})
    site = with_list(own_site, keys, report.catalog.edition.printed) | dict(earlier)
    files |= {f"{SITE}/{name}": content for name, content in sorted(site.items())}
    files |= _sources(report)
    for own in _content_files(report.project.root):
        if (report.project.root / own).is_file():
            files[f"grunnlag/{own}"] = (report.project.root / own).read_bytes()
    files[STATEMENT] = statement(report, made).encode("utf-8")
    files[SUMS] = sums(dict(sorted(files.items()))).encode("utf-8")
    return files


def _content_files(root: Path) -> Iterator[str]:
    yield from CONTENT_FILES
    for folder in CONTENT_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            yield path.relative_to(root).as_posix()


def _download(project: Project, name: str) -> Path:
    """A file for readers, wherever the downloads keep it."""
    (path,) = sorted(project.downloads.rglob(name))
    return path


def _sources(report: Report) -> dict[str, bytes]:
    """The snapshots and deliveries that the numbers come from, with their provenance."""
    files = {}
    for key, entry in report.catalog.sources.items():
        path = open_source(report.project, key, entry).path
        for file in (path, provenance_path(path)):
            if file.is_file():
                files[f"grunnlag/data/raw/{file.relative_to(report.project.raw).as_posix()}"] = (
                    file.read_bytes()
                )
    return dict(sorted(files.items()))


def statement(report: Report, made: Made) -> str:
    """How anybody makes the same bytes again, in Norwegian."""
    edition = report.catalog.edition
    state = (
        "UTKAST. Pakken er laget uten at sjekklisten trenger å holde."
        if made.draft
        else "Gitt ut. Sjekklisten holdt da pakken ble laget."
    )
    lock = sha256((report.project.root / "requirements/report.lock").read_bytes())
    values = sha256(report.project.values.read_bytes())
    return f"""\
# {edition.title}, utgave {edition.key}

{state}

## Slik lages de samme filene på nytt

1. Hent prosjektet, og gå til innsjekking `{made.commit}`.
2. `make report`.
3. `kg release`, som her.
4. Sammenlign `{SUMS}` med den som ligger her.

Ingenting hentes fra nettet når rapporten bygges. Alle tall kommer fra filene i `grunnlag/data/raw`.

## Hva som kan være ulikt

Ingen av filene.
`{MACHINE}` sier hvilken maskin dette er bygget på, og `{LIST}` hva sjekklisten fant den dagen. \
De to ligger ved siden av, og er ikke med i zip-filen eller i `{SUMS}`.

## Sjekksummer

- Tallageret (`values.json`): `{values}`
- Pakkene som er brukt (`requirements/report.lock`): `{lock}`
- Program: kunnskapsgrunnlag {version("kunnskapsgrunnlag")}, motor {made.engine}
"""


def write(
    report: Report,
    files: Mapping[str, bytes],
    findings: Sequence[Objection],
    *,
    draft: bool,
) -> Path:
    """Write the bundle as a folder and as a zip; an earlier one of the same name gives way last."""
    name = package_name(report.catalog.edition) + ("-utkast" if draft else "")
    folder = report.project.build / "utgivelse" / name
    beside = folder.with_name(f"{name}.ny")
    shutil.rmtree(beside, ignore_errors=True)
    for path, content in files.items():
        write_bytes(beside / path, content)
    # What may differ from one machine or day to another, and makes no difference to the bundle.
    machine = {"python": platform.python_version(), "system": platform.system()}
    write_bytes(beside / MACHINE, json_bytes(machine))
    checked = json.dumps([asdict(found) for found in findings], ensure_ascii=False, indent=1)
    write_bytes(beside / LIST, f"{checked}\n".encode())
    # Whenever it is stopped, a bundle is whole or not there under its name.
    gone = folder.with_name(f"{name}.gammel")
    shutil.rmtree(gone, ignore_errors=True)
    if folder.is_dir():
        folder.rename(gone)
    beside.rename(folder)
    shutil.rmtree(gone, ignore_errors=True)
    day = datetime.date.fromisoformat(report.catalog.edition.date)
    inside = {f"{name}/{path}": content for path, content in sorted(files.items())}
    write_bytes(folder.with_name(f"{name}.zip"), zipped(inside, day))
    return folder
