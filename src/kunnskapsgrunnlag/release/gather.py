"""The checklist of a checkout: every point asked, with what it needs read from where it lies."""

import datetime
from collections.abc import Callable, Mapping

from kunnskapsgrunnlag.check import check_layout, check_product
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.editions.status import source_states
from kunnskapsgrunnlag.release import checklist
from kunnskapsgrunnlag.release.checklist import Objection
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.sign import check_ledger

Reach = Callable[[list[str]], Mapping[str, str]]


def findings(report: Report, today: datetime.date, reach: Reach | None) -> list[Objection]:
    """Everything that does not hold, errors first, in the order in which people put it right.

    Args:
        reach: Asks for pages; None where there is no network.
    """
    results = report.results
    review = Review(report, today)
    check_ledger(review)
    sources = source_states(report)
    diff = diff_of_build(report)
    urls = sorted({s.url for result in results.values() for s in result.sources.values() if s.url})
    objections = [
        *checklist.estimates(report.catalog.items, results, sources),
        *checklist.imprint(report.catalog.edition),
        *checklist.claims(report.claims),
        *checklist.rewrites(report.book.rewrites),
        *checklist.unexplained(diff),
        *checklist.renewed_but_carried(report.catalog.items, results, diff),
        *checklist.alt_texts(report.catalog.items, results),
        *checklist.product(check_product(report)),
        *checklist.pages(reach(urls) if reach else {}, tried=reach is not None),
        *checklist.uncommitted(review.git.dirty()),
        *checklist.signatures(review.states, review.release),
        *checklist.other_years(report.claims),
        *checklist.layout(check_layout(report)),
        *checklist.comments(review.states),
        *checklist.vintages(sources, today),
        *checklist.carried(report.catalog.items, results, sources),
    ]
    return sorted(objections, key=lambda objection: objection.weight != "feil")
