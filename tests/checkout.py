"""A built copy of the checkout: made once for all tests that look at finished pages."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tools import bench

ROOT = Path(__file__).resolve().parents[1]
# Two settings that must not reach into the tests: another engine, another checkout.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "QUARTO_"))}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Checkout:
    """A checkout in a folder of its own."""

    root: Path

    def kg(
        self, *arguments: str, path: str | None = None, more: dict[str, str] | None = None
    ) -> Done:
        """Run `kg` here; without Quarto unless a PATH is given."""
        environment = (
            CLEAN
            | (more or {})
            | {
                "PATH": path or path_without_quarto(),
                # The checkout's own code, and not that of the checkout the tests stand in.
                "PYTHONPATH": str(self.root / "src"),
                "PYTHONUTF8": "1",
            }
        )
        done = subprocess.run(
            [sys.executable, "-m", "kunnskapsgrunnlag", *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def read(self, name: str) -> str:
        """A text file of the checkout."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Overwrite a text file of the checkout."""
        (self.root / name).write_text(text, encoding="utf-8", newline="\n")

    def json(self, name: str) -> Any:
        """A JSON file of the checkout."""
        return json.loads(self.read(name))

    def contents(self, folder: str) -> dict[str, bytes]:
        """All files of a folder by their names."""
        top = self.root / folder
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }


def path_without_quarto() -> str:
    """The PATH without the folders that hold a quarto."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(f for f in folders if not shutil.which("quarto", path=f))


def copy_checkout(target: Path) -> Checkout:
    """The files of this checkout, as they are now, in a git checkout of their own."""
    return Checkout(bench.copy_checkout(target))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A full build with the embedded engine; tests read it and leave it as it is.

    Workers that run beside each other share one: the first makes it, the others wait.
    """
    top = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        top = top.parent
    whole = top / "built.ok"
    with FileLock(top / "built.lock"):
        if not whole.is_file():
            shutil.rmtree(top / "built", ignore_errors=True)
            done = copy_checkout(top / "built").kg("build")
            assert done.code == 0, done.out + done.err
            whole.touch()
    return Checkout(top / "built")


@pytest.fixture
def scratch(built: Checkout, tmp_path: Path) -> Checkout:
    """A copy of the built checkout that a test may change."""
    shutil.copytree(built.root, tmp_path / "scratch", symlinks=True)
    return Checkout(tmp_path / "scratch")
