"""The quick answer: nothing touched means nothing to do, and anything touched is left to DVC."""

import os
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.paths import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("params.yaml", "dvc.yaml", "data/raw/a.csv", "src/x.py", "build/site/index.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
    made = Project(tmp_path)
    build_stamp.leave(made, "embedded")
    return made


def test_what_nobody_touched_is_untouched(project: Project) -> None:
    (project.build / "log").mkdir()
    (project.build / "log" / "dvc.log").write_text("x", encoding="utf-8")

    assert build_stamp.is_untouched(project, "embedded")
    assert not build_stamp.is_untouched(project, "quarto")


@pytest.mark.parametrize(
    "name",
    [
        *("data/raw/a.csv", "src/x.py", "build/site/index.html", "dvc.yaml"),
        *("data/raw/leveranser/tabell-14.csv", "chapters/ny.md"),
    ],
)
def test_a_changed_or_new_file_is_seen(project: Project, name: str) -> None:
    (project.root / name).parent.mkdir(parents=True, exist_ok=True)
    (project.root / name).write_text("22", encoding="utf-8")
    assert not build_stamp.is_untouched(project, "embedded")


@pytest.mark.parametrize("name", ["build/site/index.html", "build/stamp"])
def test_a_lost_output_or_stamp_is_seen(project: Project, name: str) -> None:
    (project.root / name).unlink()
    assert not build_stamp.is_untouched(project, "embedded")


def test_a_change_of_the_same_length_is_seen_by_its_time(project: Project) -> None:
    path = project.root / "data/raw/a.csv"
    path.write_text("2", encoding="utf-8")
    os.utime(path, ns=(1, 1))

    assert not build_stamp.is_untouched(project, "embedded")
