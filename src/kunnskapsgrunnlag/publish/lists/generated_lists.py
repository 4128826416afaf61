"""The lists that the project makes for the chapters, such as contents, sources and claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.downloads.bundle import package_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE, whole_pdf
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.bibliography import read_works, reference_list
from kunnskapsgrunnlag.publish.lists.citations import check_citations
from kunnskapsgrunnlag.publish.lists.claim_list import claim_list
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, NumberCell, Row
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS
from kunnskapsgrunnlag.store.standing import Standing, newest_of


@lru_cache(maxsize=1)
def generated(report: Report) -> dict[str, list[Node]]:
    """Every list that a chapter may name.

    Raises:
        KgError: A chapter cites a work that the list of works has not.
    """
    works = read_works(report.project.root / "assets" / "bib")
    check_citations(report.book.texts, works)
    return {
        "kilder": [_sources(report.receipts)],
        "nedlastinger": [_files(report)],
        "avstemming": [_reconciliation(report.comparisons)],
        "pastander": claim_list(report.claims, report.book),
        "rettelser": corrections(report.errata, report.book, report.claims.claims),
        "nytt": _news(report),
        "utgaven": this_edition(report.book, report.standing),
        "referanser": reference_list(works),
    }


def _sources(receipts: Mapping[str, Receipt]) -> Node:
    rows: list[Row] = []
    for receipt in receipts.values():
        state = "" if receipt.registered else " (endret siden registreringen)"
        if receipt.history:
            state += f". Innholdet er byttet {receipt.history[-1]}"
        if receipt.accepted:
            state += f". Kontrollen stanset dette tallet: {'; '.join(receipt.accepted)}"
        word, meaning = ORIGIN_WORDS[receipt.origin]
        mark = ast.span(word, "kg-opphav", f"kg-opphav-{receipt.origin}", title=meaning)
        file = [ast.code(receipt.file), ast.line_break(), ast.code(receipt.sha256_cells[:16])]
        link = ast.link(receipt.title, receipt.url or "")
        rows.append((link, receipt.owner, receipt.vintage + state, mark, receipt.licence, file))
    heads = ("Kilde", "Eier", "Årgang", "Opphav", "Lisens", "Fil og sjekksum")
    return ast.table(heads, rows, ("2fr", "1.4fr", "1.2fr", "auto", "1fr", "1.5fr"))


def _files(report: Report) -> Node:
    """What readers can take of the whole report."""
    name = f"{WHOLE}/{package_name(report.catalog.edition)}"
    return ast.points(
        [
            [ast.link("Rapporten som PDF", whole_pdf(report.catalog.edition)), ", til utskrift"],
            [ast.link("Alle tallene i Excel", f"{name}.xlsx"), ", et ark for hver figur og tabell"],
            [ast.link("Datapakken", f"{name}.zip"), ", med CSV, JSON, kilder og tegninger"],
        ]
    )


def _reconciliation(comparisons: Sequence[verify.Comparison]) -> Node:
    counts = {**verify.summary(comparisons), "i alt": len(comparisons)}
    rows = [(f"{s[0].upper()}{s[1:]}", NumberCell(str(count))) for s, count in counts.items()]
    return ast.table(("Resultat", "Antall trykte tall"), rows, ("auto", "auto"))


def _news(report: Report) -> list[Node]:
    diff = diff_of_build(report)
    return news(diff, Names(report.catalog), report.book) if diff else first_edition(report.book)


def this_edition(book: Book, standing: Standing) -> list[Node]:
    """Paragraphs and a list, from the catalogue and the value store: nobody types a year of them.

    New are the items that have numbers from an owner and are not carried over.
    """
    catalog = book.catalog
    new = [
        (key, item, year)
        for key, item in catalog.items.items()
        if not item.carried and (year := newest_of(key, book.store))
    ]
    ages = [f"Dette er {standing.key}-utgaven."]
    if standing.newest:
        ages.append(f"De nyeste tallene er fra {standing.newest}.")
    if standing.main_year:
        ages.append(f"Tallene for {standing.main} er fra {standing.main_year}.")
    blocks = [ast.paragraph(" ".join(ages))]
    if new:
        lines: list[Line] = [
            [ast.link(item.label, f"{book.targets[key][1]}#{key}"), f": {item.title}, til {year}"]
            for key, item, year in new
        ]
        blocks += [ast.paragraph("Disse er nye eller har nyere tall enn før:"), ast.points(lines)]
    carried = {key for key, item in catalog.items.items() if item.carried}
    if carried:
        made = carried & {r.item for r in book.store.values.values() if r.origin == "estimat"}
        # What no earlier edition had is not carried from it.
        anew = f", og {len(made)} har helt eller delvis anslag laget for denne" if made else ""
        words = (
            f"{len(carried - made)} av {standing.numbered} figurer og tabeller er videreført fra "
            f"en tidligere utgave{anew}. De er merket med «Tall fra» og tiden tallene gjelder."
        )
        blocks.append(ast.paragraph(words))
    return blocks
