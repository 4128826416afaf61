"""The lists that the project makes for the chapters, such as contents, sources and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.downloads.bundle import package_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.bibliography import read_works, reference_list
from kunnskapsgrunnlag.publish.lists.citations import check_citations
from kunnskapsgrunnlag.publish.lists.claim_list import claim_list
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, NumberCell, Words
from kunnskapsgrunnlag.publish.lists.source_list import source_list
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.standing import Standing, newest_of

# Ending -> what the file of the whole report is, and what is in it.
TAKEN = {
    "pdf": ("Rapporten som PDF", "til utskrift"),
    "xlsx": ("Alle tallene i Excel", "et ark for hver figur og tabell"),
    "zip": ("Datapakken", "med CSV, JSON, kilder og tegninger"),
}


@lru_cache(maxsize=1)
def generated(report: Report) -> dict[str, list[Node]]:
    """Every list that a chapter may name.

    Raises:
        KgError: A chapter cites a work that the list of works has not.
    """
    works = read_works(report.project.root / "assets" / "bib")
    check_citations(report.book.texts, works)
    return {
        "innhold": [*contents(report.book)],
        "kilder": source_list(report.receipts, report.catalog.sources, _uses(report)),
        "nedlastinger": [_files(report)],
        "avstemming": [_reconciliation(report.comparisons)],
        "pastander": claim_list(report.claims, report.book),
        "rettelser": corrections(report.errata, report.book, report.claims.claims),
        "nytt": _news(report),
        "utgaven": this_edition(report.book, report.standing),
        "referanser": reference_list(works),
    }


def _uses(report: Report) -> dict[str, list[Words]]:
    """Source -> links to the tables and figures that are made of it, in the order of the report."""
    uses: dict[str, list[Words]] = {}
    for key, result in report.results.items():
        label = report.catalog.numbered[key].label.replace(" ", NBSP)
        place = ast.link(label[:1].lower() + label[1:], f"{report.book.targets[key][1]}#{key}")
        for source in result.sources:
            line = uses.setdefault(source, [])
            line += [", ", place] if line else [place]
    return uses


def contents(book: Book) -> Iterator[Node]:
    """The book in its parts: each chapter, and below it its figures and tables."""
    catalog = book.catalog
    items = {text.key: [*text.items()] for text in book.texts}
    for number, (part, keys) in enumerate(catalog.parts.items()):
        if not part:
            continue
        lines = [_chapter(catalog, key, items[key]) for key in keys]
        head = ast.heading(3, part, identifier=f"innhold-{number}")
        yield ast.div([head, ast.points(lines)], "kg-vei")


def _chapter(catalog: Catalog, key: str, items: Sequence[str]) -> Line:
    chapter = catalog.chapters[key]
    number = f"{chapter.number}{NBSP}" if chapter.number else ""
    line: list[Words] = [ast.link(f"{number}{chapter.title}", chapter.html)]
    for at, item in enumerate(items):
        label = catalog.items[item].label.replace(" ", NBSP)
        line += [", " if at else ast.line_break(), ast.link(label, f"{chapter.html}#{item}")]
    return line


def _files(report: Report) -> Node:
    """What readers can take of the whole report."""
    name = f"{WHOLE}/{package_name(report.catalog.edition)}"
    return ast.points(
        [
            [ast.link(what, f"{name}.{ending}"), f", {more}"]
            for ending, (what, more) in TAKEN.items()
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
