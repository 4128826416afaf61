"""Where downloads meet the disk: files are written, listed with their sizes, and copied."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import NBSP, nb
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog, Edition
from kunnskapsgrunnlag.publish.downloads.bundle import bundle, package_name
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.datapackage import Descriptor
from kunnskapsgrunnlag.publish.downloads.numbers_json import data_path, item_numbers
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.publish.downloads.workbook import workbook
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.standing import Standing

# The folder of the site with what belongs to the whole report.
WHOLE = "nedlastinger"
LIST = "downloads.json"
Downloads = dict[str, list["Download"]]


@dataclass(frozen=True)
class Download:
    """A file that readers can take: its path in the site and its size in bytes."""

    path: str
    size: int

    @property
    def words(self) -> str:
        """`CSV, 2 kB`."""
        return f"{self.path.rpartition('.')[2].upper()}, {size_words(self.size)}"


def size_words(size: int) -> str:
    """`341 byte`, `2 kB`, `1,4 MB`: thousands and not 1024, as the units mean."""
    if size < 1000:
        return f"{nb(size)}{NBSP}byte"
    # What would round up to 1 000 kB is a megabyte.
    if size < 999_500:
        return f"{nb(size / 1000)}{NBSP}kB"
    return f"{nb(size / 1_000_000, 1)}{NBSP}MB"


def whole_pdf(edition: Edition) -> str:
    """Where the site has the PDF."""
    return f"{WHOLE}/{package_name(edition)}.pdf"


def parts_of(
    catalog: Catalog, results: Mapping[str, ItemResult], notes: Mapping[str, Sequence[str]]
) -> list[ItemPart]:
    """Every item with its record and the notes that readers see, in the order of the numbers."""
    order = [key for key in catalog.numbered if key in catalog.items]
    return [ItemPart(key, catalog.items[key], results[key], tuple(notes[key])) for key in order]


def write_downloads(
    project: Project,
    catalog: Catalog,
    parts: Sequence[ItemPart],
    folder: Path,
    standing: Standing,
) -> Downloads:
    """Write all downloads below `folder`, where they lie as in the site, and a list of them.

    Returns:
        For each item's key its CSV and XLSX, under "" the workbook and the zip with everything, and
        under "data" the numbers for programs.
    """
    edition = catalog.edition
    whole = workbook(edition, edition.title, parts, standing)
    name = f"{WHOLE}/{package_name(edition)}"
    data = {data_path(part.key): item_numbers(edition, standing, part) for part in parts}
    more = _more(project, parts) | {f"json/{Path(p).name}": made for p, made in data.items()}
    files = {
        "": {
            f"{name}.xlsx": whole,
            f"{name}.zip": bundle(edition, parts, whole, more, standing, _profiles(project)),
        },
        "data": data,
    }
    for part in parts:
        stem = f"items/{part.key}/{part.key}"
        files[part.key] = {
            f"{stem}.csv": table_csv(part.table).encode("utf-8"),
            f"{stem}.xlsx": workbook(edition, part.title, [part], standing),
        }
    for group in files.values():
        for path, content in group.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    _remove_others(folder, {path for group in files.values() for path in group})
    downloads = {
        key: [Download(path, len(content)) for path, content in group.items()]
        for key, group in files.items()
    }
    listed = {key: {d.path: d.size for d in group} for key, group in downloads.items()}
    (folder / LIST).write_bytes((json.dumps(listed, indent=1) + "\n").encode("utf-8"))
    return downloads


def _remove_others(folder: Path, wanted: set[str]) -> None:
    """What another edition, or an item that is gone, has left is offered to nobody."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in {*wanted, LIST}:
            path.unlink()


def read_downloads(folder: Path) -> Downloads:
    if not (folder / LIST).is_file():
        raise KgError(f"{LIST} er ikke laget ennå. Kjør: kg build.")
    listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    return {
        key: [Download(path, size) for path, size in group.items()] for key, group in listed.items()
    }


def copy_downloads(folder: Path, site: Path) -> None:
    for group in read_downloads(folder).values():
        for download in group:
            (site / download.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / download.path, site / download.path)


def _more(project: Project, parts: Sequence[ItemPart]) -> dict[str, bytes]:
    contents = {}
    for part in parts:
        path = project.item(part.key) / f"{part.key}.svg"
        if not path.is_file():
            raise KgError(f"{part.key}: ventet {path.name}, fant ingenting. Kjør kg build.")
        contents[f"figurer/{path.name}"] = path.read_bytes()
    for resource in _profiles(project):
        name = resource["path"].removeprefix("csv/")
        (path,) = project.profiles.glob(f"*/site/{WHOLE}/{name}")
        contents[resource["path"]] = path.read_bytes()
    return contents


def _profiles(project: Project) -> list[Descriptor]:
    """What the CSV of each level's profiles is."""
    paths = sorted(project.profiles.glob("*/resource.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]
