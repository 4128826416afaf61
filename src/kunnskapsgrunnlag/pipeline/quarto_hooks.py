"""What `quarto render` and `quarto preview` run before and after the pages (_quarto.yml)."""

from __future__ import annotations

import os
import shutil

from rich.console import Console

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.pipeline.build import BuildOutcome, build
from kunnskapsgrunnlag.publish.downloads.write import whole_pdf
from kunnskapsgrunnlag.publish.engines import quarto, quarto_book
from kunnskapsgrunnlag.publish.pdf.render import write_document
from kunnskapsgrunnlag.publish.prepare import prepare
from kunnskapsgrunnlag.publish.site.render import finish
from kunnskapsgrunnlag.report import open_report

# What the chapters take numbers, claims and files from.
STAGES = ("claims", "profiles", "downloads")


def before(project: Project, console: Console) -> BuildOutcome | None:
    """Bring the numbers up to date and write what the chapters look up; None if a build does it."""
    if quarto.OURS in os.environ:
        return None
    stages = STAGES if _is_pdf() or not _is_whole() else (*STAGES, "pdf")
    outcome = build(project, console, stages=stages)
    if outcome.code == 0:
        prepare(outcome.report)
        quarto_book.write_settings(outcome.report)
        if _is_pdf():
            write_document(outcome.report, "quarto")
    return outcome


def after() -> None:
    """Add to the pages what Quarto knows nothing of; or put the PDF where it belongs."""
    if quarto.OURS in os.environ:
        return
    report = open_report()
    project = report.project
    if _is_pdf():
        quarto.take_pdf(project, project.render / "kunnskapsgrunnlag.md")
        return
    quarto_book.mend_pages(project.site, report.catalog)
    if _is_whole():
        finish(report, project, "quarto")
        shutil.copyfile(project.pdf, project.site / whole_pdf(report.catalog.edition))


def _is_whole() -> bool:
    """Whether all pages are rendered, and not just one that was saved."""
    return bool(os.environ.get("QUARTO_PROJECT_RENDER_ALL"))


def _is_pdf() -> bool:
    return "pdf" in os.environ.get("QUARTO_PROFILE", "").split(",")
