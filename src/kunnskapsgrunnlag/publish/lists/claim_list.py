"""What readers are told of the text's claims: how many rest on what, and those that do not hold."""

from __future__ import annotations

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResults,
)
from kunnskapsgrunnlag.book.reading import filled, quotes
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node

STATES = {True: "holder", False: "holder ikke", None: "kan ikke avgjøres"}
KINDS = {
    STATISTICS: "er prøvd mot statistikk. De har merket ✓ på nettsiden.",
    ESTIMATES: "er prøvd mot anslag. De har merket ≈.",
    FITTED: "er ikke prøvd, fordi anslagene er laget slik at de stemmer. De har ikke noe merke.",
}


def claim_list(results: ClaimResults, book: Book) -> list[Node]:
    """The counts, apart for what claims rest on, what does not hold, and the way to all of them."""
    counts = results.counts()
    words = sum(bool(word.places) for word in results.words.values())
    lines: list[Line] = [
        *([f"{counts[basis]} {said}"] for basis, said in KINDS.items()),
        [f"{words} ord velges av tallene."],
    ]
    page = ast.link("Se alle påstandene, med det som er prøvd, og tallene", CLAIMS_PAGE)
    return [
        ast.paragraph(f"Teksten har {len(results.placed)} påstander:"),
        ast.points(lines),
        *_false(results, book),
        ast.web_only(ast.paragraph(page, ".")),
    ]


def _false(results: ClaimResults, book: Book) -> list[Node]:
    """The claims that do not hold: the sentence, where it stands, and the numbers."""
    if not results.false:
        return [ast.paragraph("Alle som er prøvd, holder.")]
    pages = {chapter.file: chapter.html for chapter in book.catalog.chapters.values()}
    lines: list[Line] = []
    for text in (text for text in book.texts if text.language == "nb"):
        for mark, quote in quotes(text, filled(text, book.says), "pastand"):
            if claim := results.false.get(mark.claim_name):
                target = f"{pages[text.file]}#pastand-{mark.claim_name}-tekst"
                words = ast.link(quote.words, target, web_only=True)
                lines.append([words, f": {STATES[claim.holds]} ({claim.because})"])
    return [ast.paragraph("Disse holder ikke:"), ast.points(lines)]
