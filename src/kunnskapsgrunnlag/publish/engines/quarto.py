"""The Quarto engine: render with the quarto that is installed, and believe only its output."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.publish.engines.choose import find_quarto

TIMEOUT_S = 600
# Quarto says these and goes on; a reader would find a hole.
COMPLAINTS = re.compile(
    r"^.*(unable to resolve|could not fetch resource|unresolved|^\s*ERROR\b).*$", re.I | re.M
)


def run_quarto(project: Project, *arguments: str) -> None:
    """Run quarto in the project."""
    program = find_quarto()
    if program is None:
        raise KgError("quarto is not on the PATH.")
    done = subprocess.run(
        [program, "render", *arguments],
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


def version() -> str:
    """The version of the quarto that is used."""
    program = find_quarto()
    if program is None:
        raise KgError("quarto is not on the PATH.")
    done = subprocess.run(
        [program, "--version"], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if done.returncode or not done.stdout.strip():
        raise KgError(f"quarto --version: {done.stderr.strip() or 'no answer'}")
    return done.stdout.strip()


def render_book(project: Project) -> None:
    """Render the book into the site's folder."""
    run_quarto(project, "--to", "html", "--output-dir", str(project.site.relative_to(project.root)))


def render_typst(project: Project, document: Path, target: Path) -> None:
    """Render the combined chapters to PDF."""
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
