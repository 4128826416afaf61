"""The checklist of a checkout: every point asked, with what it needs read from where it lies."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import git
from kunnskapsgrunnlag.release import checklist
from kunnskapsgrunnlag.release.checklist import Finding

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Catalog

Reach = Callable[[list[str]], Mapping[str, str]]


def findings(
    project: Project, catalog: Catalog, today: datetime.date, reach: Reach | None
) -> list[Finding]:
    """Everything that does not hold, errors first.

    Args:
        reach: Asks for pages; None where there is no network.

    Raises:
        KgError: If nothing has been built.
    """
    from kunnskapsgrunnlag.book.claim_results import read_claims
    from kunnskapsgrunnlag.check import check_product
    from kunnskapsgrunnlag.editions.reading import diff_of_build
    from kunnskapsgrunnlag.editions.sources import source_states
    from kunnskapsgrunnlag.signoff.sign import checked_review
    from kunnskapsgrunnlag.sources.overview import overviews
    from kunnskapsgrunnlag.store.item_results import records_of

    held = records_of(project, catalog)
    review = checked_review(project, catalog, today)
    sources = source_states(project, catalog)
    diff = diff_of_build(project, catalog)
    urls = sorted(
        {s["url"] for item in held.values() for s in item["sources"].values() if s["url"]}
    )
    found = [
        *checklist.stale(
            untouched=build_stamp.is_untouched(project, engine_of(project)), dirty=dirty(project)
        ),
        *checklist.estimates(catalog.items, held, sources),
        *checklist.claims(read_claims(project.claims)["claims"]),
        *checklist.unexplained(diff),
        *checklist.renewed_but_carried(catalog.items, held, diff),
        *checklist.alt_texts(catalog.items, held),
        *checklist.signatures(review.states, review.release),
        *checklist.product(check_product(project, catalog)),
        *checklist.pages(reach(urls) if reach else {}, tried=reach is not None),
        *checklist.comments(review.states),
        *checklist.vintages(overviews(project, catalog, today)),
        *checklist.carried(catalog.items, held, sources),
    ]
    return sorted(found, key=lambda each: each.weight != "feil")


def engine_of(project: Project) -> str:
    """The engine that made the pages.

    Raises:
        KgError: If there are none.
    """
    path = project.site / "engine.json"
    if not path.is_file():
        raise KgError("The site has not been built. Run: kg build.")
    return str(json.loads(path.read_text(encoding="utf-8"))["engine"])


def dirty(project: Project) -> list[str]:
    """Files that git does not have as they are now."""
    lines = git(project.root, "status", "--porcelain", "--untracked-files=all").splitlines()
    return [line[3:] for line in lines]
