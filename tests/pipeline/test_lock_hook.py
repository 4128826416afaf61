"""The git hook: a commit of what a build reads has the dvc.lock of that build in it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for kg is a shell script")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = ("user.name=Test", "user.email=test@example.org", "core.hooksPath=.githooks")
    return subprocess.run(
        ["git", *(part for setting in settings for part in ("-c", setting)), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the hook, and a `kg` that counts its builds in dvc.lock."""
    git(tmp_path, "init", "-q")
    shutil.copytree(ROOT / ".githooks", tmp_path / ".githooks")
    (tmp_path / ".gitignore").write_text(".venv\n")
    kg = tmp_path / ".venv" / "bin" / "kg"
    kg.parent.mkdir(parents=True)
    kg.write_text('#!/bin/sh\n[ "$1" = build ] && echo built >> dvc.lock\n')
    kg.chmod(0o755)
    for name in ("params.yaml", "README.md"):
        (tmp_path / name).write_text("1")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "--no-verify", "-m", "Alt")
    return tmp_path


def files_of_last_commit(clone: Path) -> set[str]:
    return set(git(clone, "show", "--name-only", "--format=").stdout.split())


def test_a_commit_of_the_catalogue_has_the_lock_in_it(clone: Path) -> None:
    (clone / "params.yaml").write_text("2")
    assert git(clone, "commit", "-qam", "Ny").returncode == 0
    assert files_of_last_commit(clone) == {"params.yaml", "dvc.lock"}


def test_a_commit_of_documentation_builds_nothing(clone: Path) -> None:
    (clone / "README.md").write_text("2")
    assert git(clone, "commit", "-qam", "Ny").returncode == 0
    assert files_of_last_commit(clone) == {"README.md"}


def test_half_of_what_a_build_reads_is_not_committed(clone: Path) -> None:
    (clone / "params.yaml").write_text("2")
    (clone / "chapters").mkdir()
    (clone / "chapters" / "ny.md").write_text("1")
    done = git(clone, "commit", "-qam", "Ny")
    assert done.returncode == 1
    assert "git status" in done.stderr
