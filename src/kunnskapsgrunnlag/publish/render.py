"""Rendering: two engines, the same chapters, the same filter, the same fragments."""

from __future__ import annotations

import shutil
from dataclasses import replace

from kunnskapsgrunnlag.publish.engines.quarto import choose_engine
from kunnskapsgrunnlag.report import Report


def render_site(report: Report, wanted: str) -> str:
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
    prepare(report)
    beside = replace(report.project, site_name=f"{report.project.site_name}.ny")
    shutil.rmtree(beside.site, ignore_errors=True)
    if engine == "quarto":
        quarto.render_book(beside)
    else:
        pandoc.render_pages(report, beside)
    render.finish(report, beside, engine)
    shutil.rmtree(report.project.site, ignore_errors=True)
    beside.site.rename(report.project.site)
    return engine


def render_pdf(report: Report, wanted: str) -> str:
    from kunnskapsgrunnlag.publish.pdf import render
    from kunnskapsgrunnlag.publish.prepare import prepare

    engine = choose_engine(wanted)
    prepare(report)
    render.render(report, engine)
    return engine
