"""Where things lie, seen from the project's root. No other module spells a folder's name."""

import os
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError


@dataclass(frozen=True)
class Project:
    """The folders and files of one checkout."""

    root: Path
    site_name: str = "site"

    @property
    def params(self) -> Path:
        """The catalogue."""
        return self.root / "params.yaml"

    @property
    def raw(self) -> Path:
        """Snapshots with their provenance files."""
        return self.root / "data" / "raw"

    @property
    def deliveries(self) -> Path:
        """Where deliveries are put that replace a stand-in."""
        return self.raw / "leveranser"

    @property
    def published(self) -> Path:
        """What printed editions said, one folder per edition."""
        return self.root / "data" / "published"

    @property
    def editions(self) -> Path:
        """What released editions published, a folder each."""
        return self.root / "editions"

    @property
    def build(self) -> Path:
        """Everything made; never in git."""
        return self.root / "build"

    @property
    def site(self) -> Path:
        """The HTML edition."""
        return self.build / self.site_name

    @property
    def pdf(self) -> Path:
        """The PDF edition."""
        return self.build / "kunnskapsgrunnlag.pdf"

    @property
    def values(self) -> Path:
        """The value store."""
        return self.build / "values.json"

    @property
    def claims(self) -> Path:
        """The state of every claim of the text."""
        return self.build / "claims.json"

    @property
    def accepted_claims(self) -> Path:
        """The state that the report team last accepted; `kg claims --changed` compares with it."""
        return self.root / "data" / "claims.json"

    @property
    def signoff(self) -> Path:
        """The ledger of approvals, what was approved, and who may."""
        return self.root / "data" / "signoff"

    @property
    def downloads(self) -> Path:
        """Files for readers, where they lie in the site: CSV, workbooks, the data package."""
        return self.build / "downloads"

    @property
    def render(self) -> Path:
        """What the render engines read: values, fragments, the combined PDF chapters."""
        return self.build / "render"

    @property
    def cache(self) -> Path:
        """Rendered pieces by content hash; may be removed at any time."""
        return self.build / "cache"

    def receipt(self, source: str) -> Path:
        """What the stage `sources` says of a source's snapshot."""
        return self.build / "receipts" / f"{source}.json"

    def tidy(self, source: str) -> Path:
        """The tidy table of a source."""
        return self.build / "tidy" / f"{source}.parquet"

    def item(self, key: str) -> Path:
        """The folder with an item's CSV, SVG, JSON and control sheet."""
        return self.build / "items" / key

    def executed(self, key: str) -> Path:
        """Where an item's control sheet writes its files, until all of them are there."""
        return self.build / "sheets" / key


def name_in_checkout(path: Path) -> str:
    """`data/raw/trykt/tabell-24.csv`: a data file as it is found from the checkout's root."""
    places = [at for at, part in enumerate(path.parts) if part == "data"]
    return "/".join(path.parts[places[-1] :]) if places else path.as_posix()


def find_project(start: Path | None = None) -> Project:
    """The checkout that holds `start` (or KG_ROOT, or the current folder).

    Raises:
        KgError: If no folder above holds `params.yaml`.
    """
    first = (start or Path(os.environ.get("KG_ROOT", Path.cwd()))).resolve()
    for folder in (first, *first.parents):
        if (folder / "params.yaml").is_file() and (folder / "dvc.yaml").is_file():
            return Project(folder)
    raise KgError(
        f"{first}: neither this folder nor any above it is a checkout of the project "
        "(params.yaml and dvc.yaml were not found). Change to the checkout and run again."
    )
