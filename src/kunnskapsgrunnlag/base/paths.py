"""Where things lie, seen from the project's root. No other module spells a folder's name."""

import os
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError


class NotInProjectError(KgError):
    """The folder is no checkout of the project, and lies in none."""


class _Place:
    """A path below the project's root."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __get__(self, project: "Project", _: type) -> Path:
        return project.root / self.path


@dataclass(frozen=True)
class Project:
    """The folders and files of one checkout."""

    root: Path
    site_name: str = "site"

    # The catalogue; snapshots with their provenance files; deliveries that replace a stand-in.
    params = _Place("params.yaml")
    raw = _Place("data/raw")
    deliveries = _Place("data/raw/leveranser")
    # What printed editions said, and what released editions published, a folder each.
    published = _Place("data/published")
    editions = _Place("editions")
    # What words of sentences about numbers mean, a table for each kind.
    word_tables = _Place("data/ord")
    # The ledger of approvals, what was approved, and who may.
    signoff = _Place("data/signoff")
    # Everything made; never in git.
    build = _Place("build")
    pdf = _Place("build/kunnskapsgrunnlag.pdf")
    values = _Place("build/values.json")
    claims = _Place("build/claims.json")
    # Files for readers, where they lie in the site: CSV, workbooks, the data package.
    downloads = _Place("build/downloads")
    # The numbers and files of profiles, a folder for each level.
    profiles = _Place("build/profiles")
    # What the render engines read: values, fragments, the combined PDF chapters.
    render = _Place("build/render")
    # Rendered pieces by content hash; may be removed at any time.
    cache = _Place("build/cache")

    @property
    def site(self) -> Path:
        return self.build / self.site_name

    def receipt(self, source: str) -> Path:
        """What the stage `sources` says of a source's snapshot."""
        return self.build / "receipts" / f"{source}.json"

    def tidy(self, source: str) -> Path:
        return self.build / "tidy" / f"{source}.parquet"

    def item(self, key: str) -> Path:
        """The folder with an item's CSV, SVG, JSON and control sheet."""
        return self.build / "items" / key

    def executed(self, key: str) -> Path:
        """Where an item's control sheet writes its files, until all of them are there."""
        return self.build / "sheets" / key


def name_in_checkout(path: Path) -> str:
    """`data/raw/trykt/tabell-24.csv`: a data file or chapter as it is found from the root."""
    places = [at for at, part in enumerate(path.parts) if part in ("data", "chapters")]
    return "/".join(path.parts[places[-1] :]) if places else path.as_posix()


def find_project(start: Path | None = None) -> Project:
    """The checkout that holds `start` (or KG_ROOT, or the current folder)."""
    first = (start or Path(os.environ.get("KG_ROOT", Path.cwd()))).resolve()
    for folder in (first, *first.parents):
        if (folder / "params.yaml").is_file() and (folder / "dvc.yaml").is_file():
            return Project(folder)
    raise NotInProjectError(
        f"{first}: verken denne mappen eller en over den er prosjektet (ventet params.yaml og "
        "dvc.yaml). Gå til mappen med prosjektet, og kjør igjen."
    )
