"""The last look: print explained, and every number and item found again in pages, files and PDF."""

from __future__ import annotations

import json
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import read_claims
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check.alt import check_alt
from kunnskapsgrunnlag.check.changes import check_changes
from kunnskapsgrunnlag.check.drawings import check_drawing
from kunnskapsgrunnlag.check.items import check_downloads, check_drawn, check_items, read_held
from kunnskapsgrunnlag.check.page import read_pages
from kunnskapsgrunnlag.check.pdf import check_pdf
from kunnskapsgrunnlag.check.pdf_words import pdf_text, read_pdf
from kunnskapsgrunnlag.check.prose import check_prose
from kunnskapsgrunnlag.check.site import check_leftovers, check_links, check_lists, check_traces
from kunnskapsgrunnlag.check.words import squeezed
from kunnskapsgrunnlag.publish.lists.generated_lists import generated
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.values import Store

__all__ = ["check_build", "check_product", "compare_with_print", "pdf_text", "squeezed"]


def check_build(project: Project, catalog: Catalog) -> dict[str, Any]:
    """Look at everything that was made.

    Returns:
        `printed` (state -> count), `differences` (every number that is not equal), `errors`.
    """
    comparisons = compare_with_print(project, catalog)
    errors = [
        f"{c.printed.address}: printed «{c.printed.text}», computed «{c.computed}», and no erratum "
        f"or new delivery explains it. Correct the computation, or add the misprint to "
        f"data/published/{catalog.edition.in_print}/errata.yaml."
        for c in comparisons
        if c.state == verify.UNEXPLAINED
    ]
    errors += check_product(project, catalog)
    return {
        "printed": verify.summary(comparisons),
        "differences": [
            {
                "address": c.printed.address,
                "printed": c.printed.text,
                "computed": c.computed,
                "state": c.state,
                "erratum": c.erratum,
            }
            for c in comparisons
            if c.state != verify.EQUAL
        ],
        "errors": errors,
    }


def check_product(project: Project, catalog: Catalog) -> list[str]:
    """The finished pages, downloads and PDF against the value store and the chapters.

    Returns:
        One line per error: page or file, line or address, what was expected, what was found.

    Raises:
        KgError: If a page of a chapter is missing, or the PDF cannot be read.
    """
    pages = read_pages(project.site)
    for chapter in catalog.chapters.values():
        if chapter.html not in pages:
            raise KgError(f"{chapter.html} is missing from the site. Run: kg build.")
    store = Store.read(project.values)
    texts = read_chapters(project.root, catalog)
    book = Book(project.root, catalog, store, texts, read_claims(project.claims))
    held = read_held(list(catalog.items), project.item)
    edition = project.published / catalog.edition.in_print
    printed = {p.address: p.text for p in verify.read_printed(edition)}
    errors = check_links(project.site, pages) + check_leftovers(catalog, pages)
    errors += check_prose(book, pages) + check_items(catalog, held, pages)
    errors += check_lists(texts, catalog, pages, generated(project, catalog, book, held))
    errors += check_traces(store, printed, pages)
    errors += check_changes(project, catalog)
    for key, item in catalog.items.items():
        name = catalog.chapters[item.chapter].html
        svg = (project.item(key) / f"{key}.svg").read_text(encoding="utf-8")
        errors += check_drawing(key, item, held[key]["values"], svg)
        errors += check_alt(key, item, held[key]["values"], held[key]["alt"])
        errors += check_drawn(key, name, svg, held[key]["alt"], pages[name])
        errors += check_downloads(key, item, held[key], project.item(key), project.site)
    return errors + check_pdf(read_pdf(project.pdf), catalog, book, held, pages)


def compare_with_print(project: Project, catalog: Catalog) -> list[verify.Comparison]:
    """Every printed number of the edition against the value store."""
    folder = project.published / catalog.edition.in_print
    changed = frozenset(
        key
        for key in catalog.sources
        if json.loads(project.receipt(key).read_text(encoding="utf-8"))["revised"]
    )
    store = Store.read(project.values)
    return verify.compare(
        verify.read_printed(folder),
        store.values,
        read_errata(folder),
        changed,
        verify.renewed_items(folder, catalog),
    )
