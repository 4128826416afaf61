"""The list of the text's claims: a table on the site, and a short list in the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResult,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.catalog.schema import Chapter
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, Row

# A cell of the table, in characters.
LONGEST = 260
STATES = {True: "holder", False: "holder ikke", None: "kan ikke avgjøres"}
HOLDS = {
    STATISTICS: "✓ holder",
    ESTIMATES: "≈ bygger på anslag",
    FITTED: "ikke prøvd: lagt inn i anslagene",
}


def claim_list(results: ClaimResults, book: Book) -> list[Node]:
    """Every claim and word of the text: what it says, whether it holds, and by which numbers.

    The PDF has the claims alone, page by page: their numbers would fill a chapter of their own.
    """
    chapters = {chapter.file: chapter for chapter in book.catalog.chapters.values()}
    links = {file: chapter.html for file, chapter in chapters.items()}
    rows: list[Row] = []
    pages: dict[str, list[Line]] = {_title(chapter): [] for chapter in chapters.values()}
    judged: list[tuple[str, str, ClaimResult | WordResult]] = [
        *(("pastand", *pair) for pair in results.claims.items()),
        *(("ord", *pair) for pair in results.words.items()),
    ]
    for prefix, name, result in judged:
        if result.places:
            rows.append(_row(f"{prefix}-{name}", result, links))
            pages[_title(chapters[result.places[0].file])].append([_line(result)])
    heads = ("Påstand", "Resultat", "Tallene", "Sted")
    by_page: list[Node] = []
    for page, lines in pages.items():
        if lines:
            head = ast.plain_div([f"{page} ({len(lines)})"], "kg-claims-page")
            by_page += [head, ast.points(lines)]
    return [
        ast.web_only(ast.table(heads, rows, ())),
        ast.print_only(ast.paragraph(_counts(results)), ast.div(by_page, "kg-claims")),
    ]


def _title(chapter: Chapter) -> str:
    return f"{chapter.number} {chapter.title}" if chapter.number else chapter.title


def _counts(results: ClaimResults) -> str:
    false = len(results.false)
    outcome = f"{false} av dem holder ikke" if false else "Alle holder"
    words = sum(bool(word.places) for word in results.words.values())
    return (
        f"Teksten har {len(results.placed)} påstander: {results.counted()}. {outcome}. "
        f"I tillegg velger tallene {words} ord."
    )


def _line(result: ClaimResult | WordResult) -> str:
    if isinstance(result, WordResult):
        return f"{result.words.removesuffix('.')}: «{result.text}»."
    if not result.holds:
        return f"{STATES[result.holds].upper()}: {result.words} ({shortened(result.because)})"
    sign = "" if result.basis == STATISTICS else f" ({HOLDS[result.basis]})"
    return f"{result.words}{sign}"


def _row(identifier: str, result: ClaimResult | WordResult, links: Mapping[str, str]) -> Row:
    file = result.places[0].file
    where = file.rpartition("/")[2].removesuffix(".md").replace("-", " ")
    return (
        ast.span(result.words, identifier=identifier),
        _state(result),
        _numbers(result),
        ast.link(where, f"{links[file]}#{identifier}-tekst"),
    )


def _numbers(result: ClaimResult | WordResult) -> str:
    """What was compared; where nothing was, no numbers either."""
    if isinstance(result, WordResult):
        return shortened(_places(result.numbers))
    if result.basis == FITTED and result.holds:
        return "Kjent fra 2022-utgaven"
    return shortened(result.because or _places(result.numbers))


def _state(result: ClaimResult | WordResult) -> str:
    if isinstance(result, WordResult):
        return f"«{result.text}»"
    return HOLDS[result.basis] if result.holds else STATES[result.holds]


def shortened(words: str, longest: int = LONGEST) -> str:
    """At most a few lines: `kg claims` has the whole of it."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rpartition(';')[0] or words[:longest]}; …"


def _places(addresses: Sequence[str]) -> str:
    """How many numbers chose a word, and where they stand."""
    items = dict.fromkeys(address.partition("/")[0].replace("-", " ") for address in addresses)
    return f"{len(addresses)} tall i {listed(items)}"
