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


def test_the_same_numbers_give_the_same_bytes_and_nothing_else_is_left(project: Project) -> None:
    before = project.tidy("k").read_bytes()
    assert project.receipt("k").is_file()
    path = project.raw / "oslo" / "x.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    project.tidy("gammel").write_bytes(b"1")

    read_sources(project, CATALOG)

    assert project.tidy("k").read_bytes() == before
    assert not project.tidy("gammel").exists()


def test_a_mistake_keeps_the_table_before(project: Project) -> None:
    before = project.tidy("k").read_bytes()
    (project.raw / "oslo" / "x.csv").write_text("område;år;mottakere\nAlna;2020;mange\n")

    with pytest.raises(KgError, match="mange"):
        read_sources(project, CATALOG)

    assert project.tidy("k").read_bytes() == before
