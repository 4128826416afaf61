"""Checkouts that tests look at or work in, and `kg` in them.

`built` is the whole edition and `mini` a small one, each built once for all tests, which leave them
as they are. `scratch` is a copy of `mini` that a test may change.
"""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from filelock import FileLock

from kunnskapsgrunnlag.cli.main import main
from tests.mini.checkout import shrink

ROOT = Path(__file__).resolve().parents[1]
# Two settings that must not reach into the tests: another engine, another checkout.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "QUARTO_"))}
# Fixture -> the mark of the tests that use it.
MARKED = {"built": "build", "mini": "mini", "browser": "browser"}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """What was printed, however tables and lines wrap it."""
        return " ".join((self.out + self.err).split())


@dataclass(frozen=True)
class Checkout:
    """A checkout in a folder of its own."""

    root: Path

    def kg(self, *arguments: str, more: dict[str, str] | None = None) -> Done:
        """Run a verb that starts no kernel, in the process of the tests and without Quarto."""
        out, err = _terminal(), _terminal()
        with (
            mock.patch.dict(os.environ, self._environment(more), clear=True),
            mock.patch.object(sys, "argv", ["kg", *arguments]),
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = _code_of(main)
        return Done(code, _written(out), _written(err))

    def process(
        self, *arguments: str, path: str | None = None, more: dict[str, str] | None = None
    ) -> Done:
        """Run `kg` with this checkout's own code; without Quarto unless a PATH is given."""
        done = subprocess.run(
            [sys.executable, "-m", "kunnskapsgrunnlag", *arguments],
            cwd=self.root,
            env=self._environment(more, path) | {"PYTHONPATH": str(self.root / "src")},
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def build(self) -> Done:
        """Build what is out of date, in a process of its own."""
        return self.process("build")

    def _environment(self, more: dict[str, str] | None, path: str | None = None) -> dict[str, str]:
        return CLEAN | (more or {}) | {"PATH": path or path_without_quarto(), "PYTHONUTF8": "1"}

    def copy(self, target: Path) -> "Checkout":
        """The same files in another folder."""
        shutil.copytree(self.root, target, symlinks=True)
        return Checkout(target)

    def read(self, name: str) -> str:
        """A text file of the checkout."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Overwrite a text file of the checkout."""
        (self.root / name).write_text(text, encoding="utf-8", newline="\n")

    def replace(self, name: str, old: str, new: str) -> None:
        """Put other words into a text file that has the old ones."""
        text = self.read(name)
        assert old in text, f"{name}: {old}"
        self.write(name, text.replace(old, new))

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


def _terminal() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


def _code_of(command: Callable[[], None]) -> int:
    try:
        command()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def path_without_quarto() -> str:
    """The PATH without the folders that hold a quarto."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(f for f in folders if not shutil.which("quarto", path=f))


def copy_checkout(target: Path) -> Checkout:
    """The files of this checkout, as they are now, in a git checkout of their own."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True)
    for name in filter(None, done.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    return Checkout(target)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file or folder that all workers share: the first makes it, the others wait."""
    top = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        top = top.parent
    whole = top / f"{name}.ok"
    with FileLock(top / f"{name}.lock"):
        if not whole.is_file():
            shutil.rmtree(top / name, ignore_errors=True)
            make(top / name)
            whole.touch()
    return top / name


def _build(checkout: Checkout) -> None:
    done = checkout.build()
    assert done.code == 0, done.words


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The whole edition, built with the embedded engine; tests leave it as it is."""
    return Checkout(made_once(tmp_path_factory, "built", lambda at: _build(copy_checkout(at))))


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The mini edition, built with the embedded engine; tests leave it as it is."""

    def make(at: Path) -> None:
        shrink(copy_checkout(at).root)
        _build(Checkout(at))

    return Checkout(made_once(tmp_path_factory, "mini", make))


@pytest.fixture
def scratch(mini: Checkout, tmp_path: Path) -> Checkout:
    """A copy of the mini edition that a test may change."""
    return mini.copy(tmp_path / "scratch")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the costly fixtures that they use."""
    for item in items:
        for fixture in set(MARKED) & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKED[fixture])
