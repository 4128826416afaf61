from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from kunnskapsgrunnlag.publish.downloads.write import (
    copy_downloads,
    parts_of,
    read_downloads,
    size_words,
    write_downloads,
)
from tests.conftest import spaced
from tests.publish.downloads.parts import STANDING, part_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    folder = made.item("tabell-1")
    folder.mkdir(parents=True)
    (folder / "tabell-1.svg").write_bytes(b"<svg/>")
    return made


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1 kB"),
        (1499, "1 kB"),
        (1500, "2 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_360_000, "1,4 MB"),
    ],
)
def test_a_size_in_norwegian(size: int, words: str) -> None:
    assert size_words(size) == spaced(words)


def test_downloads_are_written_listed_and_copied(
    project: Project, catalog: Catalog, tmp_path: Path
) -> None:
    folder, site = tmp_path / "d", tmp_path / "s"

    made = write_downloads(project, catalog, [part_of()], folder, STANDING)
    copy_downloads(folder, site)

    assert read_downloads(folder) == made
    assert [d.path for d in made["tabell-1"]] == [
        "items/tabell-1/tabell-1.csv",
        "items/tabell-1/tabell-1.xlsx",
    ]
    assert [d.words.split(",")[0] for d in made[""]] == ["XLSX", "ZIP"]
    assert [d.path for d in made["data"]] == ["data/tabell-1.json"]
    for download in (d for group in made.values() for d in group):
        assert (site / download.path).stat().st_size == download.size
    assert not (site / "downloads.json").exists()


def test_the_zip_holds_the_same_table_as_the_site(
    project: Project, catalog: Catalog, tmp_path: Path
) -> None:
    made = write_downloads(project, catalog, [part_of()], tmp_path / "d", STANDING)
    held = unzipped((tmp_path / "d" / made[""][1].path).read_bytes())
    csv, _ = made["tabell-1"]
    assert held["csv/tabell-1.csv"] == (tmp_path / "d" / csv.path).read_bytes()
    assert held["figurer/tabell-1.svg"] == b"<svg/>"
    assert held["json/tabell-1.json"] == (tmp_path / "d" / made["data"][0].path).read_bytes()
    whole = (tmp_path / "d" / made[""][0].path).read_bytes()
    assert held[Path(made[""][0].path).name] == whole


def test_two_folders_get_the_same_bytes(project: Project, catalog: Catalog, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_downloads(project, catalog, [part_of()], tmp_path / name, STANDING)
    first = {p.relative_to(tmp_path / "a"): p for p in (tmp_path / "a").rglob("*.*")}
    assert len(first) == 6
    for path, file in first.items():
        assert (tmp_path / "b" / path).read_bytes() == file.read_bytes()


def test_a_figure_that_has_not_been_made_is_named(
    project: Project, catalog: Catalog, tmp_path: Path
) -> None:
    (project.item("tabell-1") / "tabell-1.svg").unlink()
    with pytest.raises(KgError, match=r"tabell-1: ventet tabell-1\.svg, fant ingenting"):
        write_downloads(project, catalog, [part_of()], tmp_path / "d", STANDING)


def test_a_list_that_has_not_been_made_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"downloads\.json er ikke laget ennå"):
        read_downloads(tmp_path)


def test_parts_stand_in_the_order_of_their_numbers(catalog: Catalog) -> None:
    held = dict.fromkeys(catalog.items, part_of().result)
    two = catalog.model_copy(
        update={"items": {k: part_of(number=n).item for k, n in (("b", 2), ("a", 1))}}
    )
    two.__dict__.pop("numbered", None)  # a copy keeps what the original has worked out
    found = parts_of(two, {"a": held["tabell-6"], "b": held["tabell-6"]}, {"a": [], "b": ["x"]})
    assert [(part.key, part.notes) for part in found] == [("a", ()), ("b", ("x",))]


def test_files_of_another_edition_and_of_items_that_are_gone_are_removed(
    project: Project, catalog: Catalog
) -> None:
    folder = project.downloads
    left = [folder / "nedlastinger/kunnskapsgrunnlag-2021.xlsx", folder / "items/figur-99/a.csv"]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"gammelt")

    write_downloads(project, catalog, [part_of()], folder, STANDING)

    assert [path for path in left if path.exists()] == []
    listed = {d.path for group in read_downloads(folder).values() for d in group}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found - listed == {"downloads.json"}
