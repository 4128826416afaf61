"""Which engine renders, and Quarto, the one of them that must be installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project

Engine = Literal["quarto", "embedded"]
ENGINES = ("auto", "quarto", "embedded")
TIMEOUT_S = 600
# Quarto says these and goes on; a reader would find a hole.
COMPLAINTS = re.compile(
    r"^.*(unable to resolve|could not fetch resource|unresolved|^\s*ERROR\b).*$", re.I | re.M
)


def choose_engine(wanted: str) -> Engine:
    """Quarto where it is on the PATH, otherwise pandoc and typst from their wheels."""
    if wanted not in ENGINES:
        raise KgError(f"There is no engine «{wanted}». Write one of: {', '.join(ENGINES)}.")
    if wanted == "embedded" or (wanted == "auto" and not find_quarto()):
        return "embedded"
    _program()
    return "quarto"


def find_quarto() -> str | None:
    """The quarto of the PATH, or the one that the optional extra put beside this Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("quarto") or shutil.which("quarto", path=beside)


def _program() -> str:
    program = find_quarto()
    if program is None:
        raise KgError(
            "quarto is not on the PATH. Install it from quarto.org (1.9 or newer), or leave out "
            "--engine quarto: the embedded engine needs no installation."
        )
    return program


def engine_of(project: Project) -> str:
    path = project.site / "engine.json"
    if not path.is_file():
        raise KgError("The site has not been built. Run: kg build.")
    return str(json.loads(path.read_text(encoding="utf-8"))["engine"])


def run_quarto(project: Project, *arguments: str) -> None:
    done = subprocess.run(
        [_program(), "render", *arguments],
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"KG_ROOT": str(project.root)},
    )
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    complaint = COMPLAINTS.search(output)
    if done.returncode or complaint:
        words = complaint[0].strip() if complaint else output.strip()[-2000:]
        raise KgError(f"quarto render {' '.join(arguments)}: {words}")


def quarto_version() -> str:
    done = subprocess.run(
        [_program(), "--version"], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if done.returncode or not done.stdout.strip():
        raise KgError(f"quarto --version: {done.stderr.strip() or 'no answer'}")
    return done.stdout.strip()


def render_book(project: Project) -> None:
    run_quarto(project, "--to", "html", "--output-dir", str(project.site.relative_to(project.root)))


def render_typst(project: Project, document: Path, target: Path) -> None:
    made = document.with_suffix(".pdf")
    made.unlink(missing_ok=True)
    run_quarto(
        project, str(document.relative_to(project.root)), "--profile", "pdf", "--to", "typst"
    )
    pdfs = [
        p for p in (made, project.build / "pdf" / made.relative_to(project.root)) if p.is_file()
    ]
    if not pdfs:
        raise KgError(f"quarto ended well but made no PDF from {document.name}.")
    shutil.move(str(pdfs[0]), target)
