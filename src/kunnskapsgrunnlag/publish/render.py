"""Rendering: two engines, the same chapters, the same filter, the same fragments."""

from __future__ import annotations

import shutil
from dataclasses import replace

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.engines.choose import choose_engine


def render_site(project: Project, catalog: Catalog, wanted: str) -> str:
    """Render the HTML edition into build/site.

    The pages are made beside and take the old ones' place when all of them are there: a mistake in
    a chapter costs nobody the site of yesterday.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.publish.engines import pandoc, quarto
    from kunnskapsgrunnlag.publish.prepare import prepare
    from kunnskapsgrunnlag.publish.site import render

    engine = choose_engine(wanted)
    book = prepare(project, catalog)
    beside = replace(project, site_name=f"{project.site_name}.ny")
    shutil.rmtree(beside.site, ignore_errors=True)
    if engine == "quarto":
        quarto.render_book(beside)
    else:
        pandoc.render_pages(beside, book)
    render.finish(beside, catalog, book, engine)
    shutil.rmtree(project.site, ignore_errors=True)
    beside.site.rename(project.site)
    return engine


def render_pdf(project: Project, catalog: Catalog, wanted: str) -> str:
    """Render the PDF edition.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.publish.pdf import render
    from kunnskapsgrunnlag.publish.prepare import prepare

    engine = choose_engine(wanted)
    book = prepare(project, catalog)
    render.render(project, catalog, book, engine)
    return engine
