"""Rendering: two engines, the same chapters, the same filter, the same fragments."""

from __future__ import annotations

import shutil
from dataclasses import replace

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.publish.engines.quarto import choose_engine
from kunnskapsgrunnlag.report import Report


def make_site(report: Report, wanted: str) -> str:
    """Render the HTML edition beside build/site: a mistake costs nobody the site of yesterday.

    Returns:
        Which engine did it.
    """
    from kunnskapsgrunnlag.publish.engines import pandoc, quarto, quarto_book
    from kunnskapsgrunnlag.publish.prepare import prepare
    from kunnskapsgrunnlag.publish.site import render

    engine = choose_engine(wanted, report.catalog.engine)
    prepare(report)
    beside = _beside(report)
    shutil.rmtree(beside.site, ignore_errors=True)
    if engine == "quarto":
        quarto_book.write_settings(report)
        quarto.render_book(beside)
        quarto_book.mend_pages(beside.site, report.catalog)
    else:
        pandoc.render_pages(report, beside)
    render.finish(report, beside, engine)
    return engine


def place_site(report: Report) -> None:
    """Put the PDF into the site that was made beside, and the site in its place."""
    from kunnskapsgrunnlag.publish.downloads.write import whole_pdf

    made = _beside(report).site
    shutil.copyfile(report.project.pdf, made / whole_pdf(report.catalog.edition))
    shutil.rmtree(report.project.site, ignore_errors=True)
    made.rename(report.project.site)


def _beside(report: Report) -> Project:
    return replace(report.project, site_name=f"{report.project.site_name}.ny")


def render_pdf(report: Report, wanted: str) -> str:
    from kunnskapsgrunnlag.publish.pdf import render
    from kunnskapsgrunnlag.publish.prepare import prepare

    engine = choose_engine(wanted, report.catalog.engine)
    prepare(report)
    render.render(report, engine)
    return engine
