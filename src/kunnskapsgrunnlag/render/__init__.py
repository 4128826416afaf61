"""Rendering: two engines, the same chapters, the same filter, the same fragments."""

from __future__ import annotations

import shutil
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
    found = shutil.which("quarto") is not None
    if wanted == "quarto" and not found:
        raise KgError(
            "quarto is not on the PATH. Install it from quarto.org (1.7 or newer), or leave out "
            "--engine quarto: the embedded engine needs no installation."
        )
    if wanted == "auto":
        return "quarto" if found else "embedded"
    return cast("Engine", wanted)


def render_site(project: Project, catalog: Catalog, wanted: str) -> str:
    """Render the HTML edition into build/site.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.render import pandoc, quarto, site
    from kunnskapsgrunnlag.render.prepare import prepare

    engine = choose_engine(wanted)
    book = prepare(project, catalog)
    if engine == "quarto":
        quarto.render_book(project)
    else:
        pandoc.render_pages(project, book)
    site.finish(project, catalog, book, engine)
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
