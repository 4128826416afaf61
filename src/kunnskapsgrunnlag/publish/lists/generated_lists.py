"""The lists that the project makes for the chapters, such as contents, sources and claims."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import read_claims
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.bibliography import read_works, reference_list
from kunnskapsgrunnlag.publish.lists.claim_list import claim_list
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, Number, Row, Words
from kunnskapsgrunnlag.publish.lists.this_edition import this_edition
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS, Record, origin_words, origins_of
from kunnskapsgrunnlag.store.standing import standing_of
from kunnskapsgrunnlag.store.values import Store


def generated(
    project: Project, catalog: Catalog, book: Book, held: Mapping[str, Any]
) -> dict[str, list[Node]]:
    """Every list that a chapter may name."""
    receipts = {
        key: json.loads(project.receipt(key).read_text(encoding="utf-8")) for key in catalog.sources
    }
    return {
        "innhold": [_contents(catalog, book, held)],
        "kilder-kort": [_sources(receipts, short=True)],
        "kilder": [_sources(receipts, short=False)],
        "avstemming": [_reconciliation(project, catalog, book.store, receipts)],
        "pastander": claim_list(read_claims(project.claims), book),
        "rettelser": _corrections(project, catalog, book),
        "nytt": _news(project, catalog, book),
        "utgaven": this_edition(book, standing_of(catalog, book.store)),
        "referanser": reference_list(read_works(project.root / "assets" / "bib")),
    }


def _contents(catalog: Catalog, book: Book, held: Mapping[str, Any]) -> Node:
    """All items with their origin and, if any stand from an earlier edition, of what time."""
    rows: list[Row] = [
        (
            ast.link(item.label, f"{book.targets[key][1]}#{key}"),
            item.title,
            _origins(item, held[key]["values"]),
        )
        for key, item in catalog.numbered.items()
    ]
    heads, widths = ("Nummer", "Tittel", "Opphav"), ("auto", "1fr", "auto")
    periods = {key: item.carried.period for key, item in catalog.items.items() if item.carried}
    if not periods:
        return ast.table(heads, rows, widths)
    dated = [(*row, periods.get(key, "")) for key, row in zip(catalog.numbered, rows, strict=True)]
    return ast.table((*heads, "Tall fra"), dated, (*widths, "auto"))


def _origins(item: Item, records: Sequence[Record]) -> Words:
    """The mark of an item's one origin, or the mix in words."""
    origins = origins_of(records)
    return _origin(origins[0]) if len(origins) == 1 else origin_words(item, records)


def _origin(origin: str) -> Node:
    word, meaning = ORIGIN_WORDS[origin]
    return ast.span(word, "kg-opphav", f"kg-opphav-{origin}", title=meaning)


def _sources(receipts: Mapping[str, Any], *, short: bool) -> Node:
    rows: list[Row] = []
    for receipt in receipts.values():
        state = "" if receipt["registered"] else " (endret siden registreringen)"
        if receipt["history"] and not short:
            state += f". Innholdet er byttet {receipt['history'][-1]}"
        if receipt["accepted"] and not short:
            state += f". Kontrollen stanset dette tallet: {'; '.join(receipt['accepted'])}"
        row: Row = (
            ast.link(receipt["title"], receipt["url"] or ""),
            receipt["owner"],
            receipt["vintage"] + state,
            _origin(receipt["origin"]),
        )
        file = [ast.code(receipt["file"]), ast.line_break(), ast.code(receipt["sha256_cells"][:16])]
        rows.append(row if short else (*row, receipt["licence"], file))
    heads = ("Kilde", "Eier", "Årgang", "Opphav")
    if short:
        return ast.table(heads, rows, ("2fr", "1.4fr", "1.2fr", "auto"))
    widths = ("2fr", "1.4fr", "1.2fr", "auto", "1fr", "1.5fr")
    return ast.table((*heads, "Lisens", "Fil og sjekksum"), rows, widths)


def _reconciliation(project: Project, catalog: Catalog, store: Store, receipts: Any) -> Node:
    folder = project.published / catalog.edition.in_print
    changed = frozenset(key for key, r in receipts.items() if r["revised"])
    found = verify.compare(
        verify.read_printed(folder),
        store.values,
        read_errata(folder),
        changed,
        verify.renewed_items(folder, catalog),
    )
    counts = {**verify.summary(found), "i alt": len(found)}
    rows = [(f"{s[0].upper()}{s[1:]}", Number(str(count))) for s, count in counts.items()]
    return ast.table(("Resultat", "Antall trykte tall"), rows, ("auto", "auto"))


def _corrections(project: Project, catalog: Catalog, book: Book) -> list[Node]:
    folder = project.published / catalog.edition.in_print
    claims = read_claims(project.claims)["claims"]
    return corrections(read_errata(folder), book, claims)


def _news(project: Project, catalog: Catalog, book: Book) -> list[Node]:
    diff = diff_of_build(project, catalog)
    return news(diff, Names(catalog), book) if diff else first_edition(book)
