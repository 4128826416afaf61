"""`kg doctor`: what is installed, and what to do about what is not."""

import importlib.metadata
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.paths import find_project
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.pipeline.written import check_written
from kunnskapsgrunnlag.publish.engines.quarto import quarto_version

LIBRARIES = ("dvc", "papermill", "pandas", "seaborn", "pypandoc_binary", "typst")


@dataclass(frozen=True)
class Diagnosis:
    """How one thing that a build needs is installed, and what to do if it is not."""

    name: str
    state: Literal["ok", "valgfri", "feil"]
    words: str


def diagnose() -> Iterator[Diagnosis]:
    """Everything a build needs, then what is optional."""
    yield Diagnosis("python", "ok", ".".join(map(str, sys.version_info[:3])))
    for library in LIBRARIES:
        yield _library(library)
    git = shutil.which("git")
    advice = "mangler. DVC trenger git. Hent det fra git-scm.com."
    yield Diagnosis("git", "ok" if git else "feil", git or advice)
    if git:
        yield from _checkout()
    yield from _catalog_and_engine()
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("msedge")
    words = chromium or "ikke funnet; bare nettlesertestene trenger den"
    yield Diagnosis("chromium", "ok" if chromium else "valgfri", words)


def _library(name: str) -> Diagnosis:
    try:
        return Diagnosis(name, "ok", importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        advice = "mangler. Kjør: python -m pip install --require-hashes -r requirements/report.lock"
        return Diagnosis(name, "feil", advice)


def _checkout() -> Iterator[Diagnosis]:
    """What a merge has left unfinished, in git's eyes and in files that people write."""
    try:
        project = find_project()
        unmerged = Git(project.root).unmerged()
        if not unmerged:
            check_written(project)
    except KgError as problem:
        yield Diagnosis("filer", "feil", str(problem))
        return
    if unmerged:
        words = f"en fletting er ikke fullført: {listed(unmerged)}. Rett, git add og git commit."
        yield Diagnosis("filer", "feil", words)
    else:
        yield Diagnosis("filer", "ok", "alle i UTF-8, ingen fletting står åpen")


def _catalog_and_engine() -> Iterator[Diagnosis]:
    engine = "embedded"
    try:
        project = find_project()
        catalog = read_catalog(project.params)
    except KgError as problem:
        yield Diagnosis("katalog", "feil", str(problem))
    else:
        engine = catalog.engine
        words = f"{len(catalog.sources)} kilder, {len(catalog.items)} tabeller og figurer"
        yield Diagnosis("katalog", "ok", words)
    try:
        yield Diagnosis("quarto", "ok", quarto_version())
    except KgError as problem:
        yield Diagnosis("quarto", "feil" if engine == "quarto" else "valgfri", str(problem))
    of_wheels = " (pandoc og typst fra Python-pakker)" if engine == "embedded" else ""
    yield Diagnosis("motor", "ok", f"{engine}{of_wheels}, som params.yaml sier")
