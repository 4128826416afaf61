"""All sources are read by one stage: what it writes, and what it leaves alone."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.tidy.read_all import read_sources
from tests.conftest import write_snapshot
from tests.tidy.test_plausibility import CATALOG, PAID


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write_snapshot(tmp_path, "oslo/x.csv", PAID.format("50"), "k")
    read_sources(Project(tmp_path), CATALOG)
    return Project(tmp_path)


def test_every_source_has_a_receipt_and_a_table(project: Project) -> None:
    assert project.receipt("k").is_file()
    assert project.tidy("k").is_file()


def test_the_same_numbers_give_the_same_bytes(project: Project) -> None:
    before = project.tidy("k").read_bytes()
    path = project.raw / "oslo" / "x.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    read_sources(project, CATALOG)

    assert project.tidy("k").read_bytes() == before


def test_a_source_that_is_no_more_leaves_nothing(project: Project) -> None:
    project.tidy("gammel").write_bytes(b"1")

    read_sources(project, CATALOG)

    assert not project.tidy("gammel").exists()


def test_a_mistake_keeps_the_table_before(project: Project) -> None:
    before = project.tidy("k").read_bytes()
    (project.raw / "oslo" / "x.csv").write_text("område;år;mottakere\nAlna;2020;mange\n")

    with pytest.raises(KgError, match="mange"):
        read_sources(project, CATALOG)

    assert project.tidy("k").read_bytes() == before
