"""The hook: a commit of what a build reads has the dvc.lock of that build in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tools import commit_lock

BUILD = """import pathlib, sys
assert sys.argv[1] == "build"
pathlib.Path("dvc.lock").write_text("built")
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with a program in it that only writes the lock."""
    (tmp_path / "src").mkdir()
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "kunnskapsgrunnlag.py").write_text(BUILD, encoding="utf-8")
    (tmp_path / "params.yaml").write_text("1", encoding="utf-8")
    for command in (["init", "-q"], ["add", "params.yaml"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def run_hook(clone: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "commit_lock.py")],
        cwd=clone,
        env=os.environ | {"PYTHONPATH": str(clone / "program")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def staged(clone: Path) -> set[str]:
    command = ["git", "diff", "--cached", "--name-only"]
    return set(subprocess.run(command, cwd=clone, capture_output=True, text=True).stdout.split())


def test_the_lock_of_what_was_built_is_in_the_commit(clone: Path) -> None:
    assert run_hook(clone).returncode == 0
    assert staged(clone) == {"params.yaml", "dvc.lock"}


def test_a_file_that_a_build_reads_is_not_left_out(clone: Path) -> None:
    (clone / "src" / "ny.py").write_text("1", encoding="utf-8")
    done = run_hook(clone)
    assert done.returncode == 1
    assert "src/ny.py" in done.stderr
    assert staged(clone) == {"params.yaml"}


def test_the_hook_runs_for_the_files_that_a_build_reads() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (files,) = (h["files"] for h in hooks["repos"][0]["hooks"] if h["id"] == "lock")
    assert {name.split(".")[0].replace("-pdf", "") for name in commit_lock.READ} == {
        name.replace("\\", "").strip("/").split(".")[0]
        for name in files.removeprefix("^(").removesuffix(")").split("|")
    }
