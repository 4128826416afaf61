"""The lists that the project makes for the chapters, such as contents, sources and claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import read_claims
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.errata_checks import read_edition
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.lists.bibliography import References, read_works
from kunnskapsgrunnlag.publish.lists.claim_list import ClaimList, claim_list
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.table_block import Entry, Listing, Pieces, origin_entry
from kunnskapsgrunnlag.publish.lists.this_edition import this_edition
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.standing import standing_of
from kunnskapsgrunnlag.store.values import Store


def generated(
    project: Project, catalog: Catalog, book: Book, held: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Every list that a chapter may name, for both formats."""
    receipts = {
        key: json.loads(project.receipt(key).read_text(encoding="utf-8")) for key in catalog.sources
    }
    listings: dict[str, Listing | Pieces | References | ClaimList] = {
        "innhold": _contents(catalog, book, held),
        "kilder-kort": _sources(receipts, short=True),
        "kilder": _sources(receipts, short=False),
        "avstemming": _reconciliation(project, catalog, book.store, receipts),
        "pastander": claim_list(read_claims(project.claims), book),
        "rettelser": _corrections(project, catalog, book),
        "nytt": _news(project, catalog, book),
        "utgaven": this_edition(book, standing_of(catalog, book.store)),
        "referanser": read_works(project.root / "assets" / "bib"),
    }
    return {name: {"html": li.html(), "typst": li.typst()} for name, li in listings.items()}


def _contents(catalog: Catalog, book: Book, held: Mapping[str, Any]) -> Listing:
    """All items with their origin and, if any stand from an earlier edition, of what time."""
    rows = [
        (
            Entry(item.label, link=f"{book.targets[key][1]}#{key}"),
            Entry(item.title),
            origin_entry(item, held[key]["values"]),
        )
        for key, item in catalog.numbered.items()
    ]
    heads, widths = ("Nummer", "Tittel", "Opphav"), ("auto", "1fr", "auto")
    periods = {key: item.carried.period for key, item in catalog.items.items() if item.carried}
    if not periods:
        return Listing(heads, rows, widths)
    dated = [
        (*row, Entry(periods.get(key, ""))) for key, row in zip(catalog.numbered, rows, strict=True)
    ]
    return Listing((*heads, "Tall fra"), dated, (*widths, "auto"))


def _sources(receipts: Mapping[str, Any], *, short: bool) -> Listing:
    rows = []
    for receipt in receipts.values():
        state = "" if receipt["registered"] else " (endret siden registreringen)"
        if receipt["history"] and not short:
            state += f". Innholdet er byttet {receipt['history'][-1]}"
        if receipt["accepted"] and not short:
            state += f". Kontrollen stanset dette tallet: {'; '.join(receipt['accepted'])}"
        row = (
            Entry(receipt["title"], link=receipt["url"] or ""),
            Entry(receipt["owner"]),
            Entry(receipt["vintage"] + state),
            Entry(receipt["origin"], origin=True),
        )
        licence = Entry(receipt["licence"])
        file = Entry(receipt["file"], code=True, below=receipt["sha256_cells"][:16])
        rows.append(row if short else (*row, licence, file))
    heads = ("Kilde", "Eier", "Årgang", "Opphav")
    if short:
        return Listing(heads, rows, ("2fr", "1.4fr", "1.2fr", "auto"))
    widths = ("2fr", "1.4fr", "1.2fr", "auto", "1fr", "1.5fr")
    return Listing((*heads, "Lisens", "Fil og sjekksum"), rows, widths)


def _reconciliation(project: Project, catalog: Catalog, store: Store, receipts: Any) -> Listing:
    folder = project.published / catalog.edition.in_print
    changed = frozenset(key for key, r in receipts.items() if r["revised"])
    found = verify.compare(
        verify.read_printed(folder),
        store.values,
        verify.read_errata(folder),
        changed,
        verify.renewed_items(folder, catalog),
    )
    rows = [
        (Entry(state[0].upper() + state[1:]), Entry(str(count), number=True))
        for state, count in verify.summary(found).items()
    ]
    rows.append((Entry("I alt"), Entry(str(len(found)), number=True)))
    return Listing(("Resultat", "Antall trykte tall"), rows, ("auto", "auto"))


def _corrections(project: Project, catalog: Catalog, book: Book) -> Pieces:
    folder = project.published / catalog.edition.in_print
    edition = read_edition(folder, book.store, catalog)
    claims = read_claims(project.claims)["claims"]
    return corrections(read_errata(folder), edition, book, claims)


def _news(project: Project, catalog: Catalog, book: Book) -> Pieces:
    diff = diff_of_build(project, catalog)
    return news(diff, Names(catalog), book) if diff else first_edition(book)
