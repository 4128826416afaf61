"""A released edition: what it published, and the commit that it is built again from."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions import reading, released
from kunnskapsgrunnlag.editions.released import (
    read_release,
    read_released,
    rebuild,
    release_files,
    released_before,
    released_keys,
)
from kunnskapsgrunnlag.report import Report
from tests.editions.made import edition, number


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = edition("2026", number("belop/2020", 1))
    monkeypatch.setattr(released, "from_build", lambda *_: made)
    return Project(tmp_path)


def write_release(report: Report, commit: str) -> Path:
    for name, content in release_files(report, commit).items():
        write_bytes(report.project.root / name, content or b"")
    return report.project.editions / report.catalog.edition.key


def later(catalog: Catalog, key: str) -> Catalog:
    moved = catalog.edition.model_copy(update={"key": key})
    return catalog.model_copy(update={"edition": moved})


def test_what_was_released_is_read_again_with_its_commit(
    project: Project, catalog: Catalog
) -> None:
    write_release(Report(project, catalog), "abc")
    assert released_keys(project) == ["2026"]
    assert read_release(project, "2026").commit == "abc"
    assert read_released(project, "2026").values == edition("2026", number("belop/2020", 1)).values
    # The same once more, from a later commit, is no other edition.
    write_release(Report(project, catalog), "def")
    assert read_release(project, "2026").commit == "abc"


def test_another_content_under_a_released_key_is_refused(
    project: Project, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_release(Report(project, catalog), "abc")
    other = edition("2026", number("belop/2020", 2))
    monkeypatch.setattr(released, "from_build", lambda *_: other)
    with pytest.raises(KgError, match="gitt ut fra abc med et annet innhold"):
        write_release(Report(project, catalog), "def")


def test_a_changed_file_of_a_released_edition_is_refused(
    project: Project, catalog: Catalog
) -> None:
    folder = write_release(Report(project, catalog), "abc")
    (folder / "values.csv").write_text("noe annet", encoding="utf-8")
    with pytest.raises(KgError, match=r"values\.csv: ventet fila som ble gitt ut"):
        read_released(project, "2026")


def test_an_edition_that_was_never_released_is_not_there(
    project: Project, catalog: Catalog
) -> None:
    """After a draft of 2026, 2027 is compared with print."""
    next_year = later(catalog, "2027")
    assert reading.edition_before(Report(project, next_year)) == "2022"
    write_release(Report(project, catalog), "abc")
    assert released_before(project, "2026") is None
    assert reading.edition_before(Report(project, next_year)) == "2026"
    with pytest.raises(KgError, match="utgaven 2019 er ikke gitt ut"):
        read_release(project, "2019")


def test_a_released_edition_is_built_again_from_its_commit(
    project: Project, catalog: Catalog
) -> None:
    def git(*arguments: str) -> str:
        own = ("git", "-c", "user.name=N", "-c", "user.email=n@example.org", *arguments)
        done = subprocess.run(own, cwd=project.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    git("init", "--quiet")
    (project.root / "tekst.md").write_text("Den gang\n", encoding="utf-8")
    git("add", "tekst.md")
    git("commit", "--quiet", "--message", "2026")
    write_release(Report(project, catalog), git("rev-parse", "HEAD"))
    (project.root / "tekst.md").write_text("Nå\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "2027")
    ran: list[tuple[list[str], Path]] = []

    def run(command: Sequence[str], folder: Path) -> None:
        ran.append((list(command), folder))

    tree = rebuild(project, "2026", run)

    assert (tree / "tekst.md").read_text(encoding="utf-8") == "Den gang\n"
    assert {folder for _, folder in ran} == {tree}
    assert ran[-1][0][1:] == ["-m", "kunnskapsgrunnlag", "build"]
    assert any("requirements/report.lock" in command for command, _ in ran)
    rebuild(project, "2026", run)
