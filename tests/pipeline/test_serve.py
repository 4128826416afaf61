"""`kg serve`: the site over HTTP, built anew when a chapter is saved."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.pipeline.serve import serve
from tests.checkout import CLEAN, Checkout, path_without_quarto


def test_what_is_made_is_no_reason_to_build(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "en.md").write_text("En.", encoding="utf-8")
    before = build_stamp.inputs(Project(tmp_path))

    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "values.json").write_text("{}", encoding="utf-8")
    (tmp_path / "dvc.lock").write_text("x", encoding="utf-8")
    assert build_stamp.inputs(Project(tmp_path)) == before

    (tmp_path / "chapters" / "en.md").write_text("En til.", encoding="utf-8")
    assert build_stamp.inputs(Project(tmp_path)) != before


@pytest.fixture
def address(scratch: Checkout) -> Iterator[str]:
    environment = CLEAN | {
        "PATH": path_without_quarto(),
        "PYTHONPATH": str(scratch.root / "src"),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }
    serving = subprocess.Popen(
        [sys.executable, "-m", "kunnskapsgrunnlag", "serve", "--port", "0"],
        cwd=scratch.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert serving.stdout is not None
    line = ""
    while not line.startswith("http://"):
        line = serving.stdout.readline()
        assert line, "kg serve ended before it served"
    yield line.split()[0]
    serving.terminate()
    serving.wait(timeout=30)
    serving.stdout.close()


def page(address: str, name: str) -> str:
    with urllib.request.urlopen(address + name, timeout=10) as answer:
        return str(answer.read().decode("utf-8"))


def test_a_saved_chapter_is_shown(scratch: Checkout, address: str) -> None:
    name = "chapters/kapittel-6"
    assert "virkemidler" in page(address, f"{name}.html")
    scratch.write(f"{name}.md", scratch.read(f"{name}.md") + "\nEn helt ny setning her.\n")

    ends = time.monotonic() + 120
    while "En helt ny setning her." not in (text := page(address, f"{name}.html")):
        assert time.monotonic() < ends, text[-500:]
        time.sleep(0.5)

    with pytest.raises(urllib.error.HTTPError):
        page(address, "../params.yaml")


@pytest.mark.parametrize("port", [99_999, -1, 0])
def test_a_port_that_is_not_there_is_told_before_anything_is_built(
    tmp_path: Path, port: int
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        own = port or taken.getsockname()[1]
        fault = "er ikke fra 1024 til 65535" if port else "er opptatt"
        with pytest.raises(KgError, match=f"port {own} {fault}"):
            serve(Project(tmp_path), own, "embedded", pytest.fail)
