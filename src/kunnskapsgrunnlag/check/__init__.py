"""The last look: print explained, and every number and item found again in pages, files and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.check.data import check_data
from kunnskapsgrunnlag.check.drawings import check_alt, check_drawing
from kunnskapsgrunnlag.check.items import check_downloads, check_drawn, check_items
from kunnskapsgrunnlag.check.page import read_pages
from kunnskapsgrunnlag.check.pdf import check_pdf
from kunnskapsgrunnlag.check.pdf_pages import check_gaps, check_headings, read_gaps
from kunnskapsgrunnlag.check.pdf_words import read_pdf
from kunnskapsgrunnlag.check.profiles import check_profiles
from kunnskapsgrunnlag.check.prose import check_prose
from kunnskapsgrunnlag.check.site import (
    check_changes,
    check_leftovers,
    check_links,
    check_lists,
    check_traces,
)
from kunnskapsgrunnlag.check.texts import check_texts
from kunnskapsgrunnlag.figures.drawn import read_drawn
from kunnskapsgrunnlag.figures.look import add_fonts
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store import verify

__all__ = ["CheckResult", "check_build", "check_layout", "check_product"]


@dataclass(frozen=True)
class CheckResult:
    """What a look at everything that was made gave.

    Attributes:
        printed: How many printed numbers are in each state.
        differences: Every printed number that is not equal.
    """

    printed: dict[str, int]
    differences: list[verify.Comparison]
    errors: list[str]

    def to_json(self) -> dict[str, object]:
        differences = [
            {
                "address": c.printed.address,
                "printed": c.printed.text,
                "computed": c.computed,
                "state": c.state,
                "erratum": c.erratum,
            }
            for c in self.differences
        ]
        return {"printed": self.printed, "differences": differences, "errors": self.errors}


def check_build(report: Report) -> CheckResult:
    comparisons = report.comparisons
    errors = [
        f"{c.printed.address}: trykt «{c.printed.text}», beregnet «{c.computed}», og verken en "
        f"rettelse eller en ny leveranse forklarer det. Rett beregningen, eller før trykkfeilen "
        f"inn i data/published/{report.catalog.edition.in_print}/errata.yaml."
        for c in comparisons
        if c.state == verify.UNEXPLAINED
    ]
    errors += check_product(report)
    differences = [c for c in comparisons if c.state != verify.EQUAL]
    return CheckResult(verify.summary(comparisons), differences, errors)


def check_product(report: Report) -> list[str]:
    """The finished pages, downloads and PDF against the value store and the chapters.

    Returns:
        One line per error: page or file, line or address, what was expected, what was found.
    """
    # The words of drawings are measured.
    add_fonts(report.project.root / "assets" / "fonts")
    pages = read_pages(report.project.site)
    for chapter in report.catalog.chapters.values():
        if chapter.html not in pages:
            raise KgError(f"{chapter.html} mangler på nettstedet. Kjør kg build.")
    site, results = report.project.site, report.results
    errors = check_links(site, pages) + check_leftovers(report.catalog, pages)
    errors += check_prose(report.book, pages)
    errors += check_items(report.catalog, results, pages, _true_findings(report))
    errors += [*check_lists(report, pages), *check_traces(report, pages), *check_changes(report)]
    errors += [*check_profiles(report, pages), *check_data(report, pages)]
    for key, item in report.catalog.items.items():
        name = report.catalog.chapters[item.chapter].html
        folder = report.project.item(key)
        drawn = read_drawn(folder, key)
        for file, svg in drawn.named(key).items():
            errors += check_drawing(file, item, results[key].values, svg)
            errors += check_texts(file, svg)
        errors += check_alt(key, item, results[key].values, results[key].alt)
        errors += check_drawn(key, name, drawn, results[key].alt, pages[name])
        errors += check_downloads(key, item, results[key], folder, site)
    pdf = read_pdf(report.project.pdf)
    errors += check_pdf(pdf, report, pages)
    return [*errors, *check_headings(pdf)]


def check_layout(report: Report) -> list[str]:
    """How full the PDF's pages are. It moves with every number, so that it stops no build."""
    return check_gaps(report.project.pdf.name, read_gaps(report.project.pdf))


def _true_findings(report: Report) -> dict[str, str]:
    """Item -> its finding; one that does not hold says so in its own midst."""
    false = set(report.claims.false)
    return {
        key: report.book.finding(key)
        for key, finding in report.book.findings.items()
        if false.isdisjoint(mark.claim_name for mark in finding.marks if mark.kind == "pastand")
    }
