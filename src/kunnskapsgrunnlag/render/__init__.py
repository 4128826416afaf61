"""Rendering: two engines, the same chapters, the same filter, the same fragments."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog

Engine = Literal["quarto", "embedded"]
ENGINES = ("auto", "quarto", "embedded")


def choose_engine(wanted: str) -> Engine:
    """Quarto where it is on the PATH, otherwise pandoc and typst from their wheels.

    Raises:
        KgError: If the wish is unknown, or Quarto is wished for and not there.
    """
    if wanted not in ENGINES:
        raise KgError(f"There is no engine «{wanted}». Write one of: {', '.join(ENGINES)}.")
    found = find_quarto() is not None
    if wanted == "quarto" and not found:
        raise KgError(
            "quarto is not on the PATH. Install it from quarto.org (1.9 or newer), or leave out "
            "--engine quarto: the embedded engine needs no installation."
        )
    if wanted == "auto":
        return "quarto" if found else "embedded"
    return cast("Engine", wanted)


def find_quarto() -> str | None:
    """The quarto of the PATH, or the one that the optional extra put beside this Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("quarto") or shutil.which("quarto", path=beside)


def render_site(project: Project, catalog: Catalog, wanted: str) -> str:
    """Render the HTML edition into build/site.

    The pages are made beside and take the old ones' place when all of them are there: a mistake in
    a chapter costs nobody the site of yesterday.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.render import pandoc, quarto, site
    from kunnskapsgrunnlag.render.prepare import prepare

    engine = choose_engine(wanted)
    book = prepare(project, catalog)
    beside = replace(project, site_name=f"{project.site_name}.ny")
    shutil.rmtree(beside.site, ignore_errors=True)
    if engine == "quarto":
        quarto.render_book(beside)
    else:
        pandoc.render_pages(beside, book)
    site.finish(beside, catalog, book, engine)
    shutil.rmtree(project.site, ignore_errors=True)
    beside.site.rename(project.site)
    return engine


def render_pdf(project: Project, catalog: Catalog, wanted: str) -> str:
    """Render the PDF edition.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.render import pdf
    from kunnskapsgrunnlag.render.prepare import prepare

    engine = choose_engine(wanted)
    book = prepare(project, catalog)
    pdf.render(project, catalog, book, engine)
    return engine
