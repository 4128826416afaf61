"""A released edition built again: its commit in a worktree of its own, with its own lock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import git
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.editions.released import read_release

FOLDER = "utgaver"
Run = Callable[[Sequence[str], Path], None]


def rebuild(project: Project, key: str, run: Run | None = None) -> Path:
    """Build a released edition with the code and the packages that it was released with.

    Installing its packages needs network. What is there already is used again.

    Raises:
        KgError: If no such edition was released, its commit is gone, or a step fails.
    """
    run = run or _run
    release = read_release(project, key)
    tree = project.build / FOLDER / key
    git(project.root, "worktree", "prune")
    if not tree.is_dir():
        git(project.root, "worktree", "add", "--detach", str(tree), release.commit)
    programs = tree / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / ("python.exe" if os.name == "nt" else "python"))
    if not Path(python).exists():
        run([sys.executable, "-m", "venv", ".venv"], tree)
    install = [python, "-m", "pip", "install", "--quiet"]
    run([*install, "--require-hashes", "-r", "requirements/report.lock"], tree)
    run([*install, "--no-deps", "--no-build-isolation", "-e", "."], tree)
    run([python, "-m", "kunnskapsgrunnlag", "build"], tree)
    return tree


def _run(command: Sequence[str], folder: Path) -> None:
    # The worktree's own code and packages, and not those of the checkout that asks.
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KG_"))
    }
    done = subprocess.run(command, cwd=folder, env=own, check=False)
    if done.returncode:
        raise KgError(f"edition rebuild: {' '.join(command[1:4])} i {folder} stoppet. Se over.")
