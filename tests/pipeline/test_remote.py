"""A shared remote: a build is pushed once, and a fresh clone has it without computing."""

import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import CLEAN, Checkout


def dvc(checkout: Checkout, *arguments: str) -> str:
    scripts = Path(sys.executable).parent
    path = f"{scripts}{os.pathsep}{CLEAN['PATH']}"
    environment = CLEAN | {"PATH": path, "PYTHONPATH": str(checkout.root / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments],
        cwd=checkout.root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def committed_clone(checkout: Checkout, target: Path) -> Checkout:
    """A clone of all that the checkout has, its lock included."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["add", "-A"], [*who, "commit", "-qm", "Bygd"], ["clone", "-q", ".", target]):
        subprocess.run(["git", *command], cwd=checkout.root, check=True)
    return Checkout(target)


def test_a_clone_pulls_the_build_and_has_nothing_to_compute(
    scratch: Checkout, tmp_path: Path
) -> None:
    remote = ("remote", "add", "--local", "--default", "deling", str(tmp_path / "deling"))
    dvc(scratch, *remote)
    dvc(scratch, "push")
    clone = committed_clone(scratch, tmp_path / "klone")
    dvc(clone, *remote)

    dvc(clone, "pull")

    for folder in ("build/site", "build/items", "build/downloads"):
        assert clone.contents(folder) == scratch.contents(folder)
    assert "up to date" in dvc(clone, "status")
    assert "Running stage" not in dvc(clone, "repro")
