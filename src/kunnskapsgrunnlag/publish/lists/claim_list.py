"""The list of the text's claims: a table on the site, and a short list in the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS, counted
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
KINDS = (("pastand", "claims"), ("ord", "words"))


def claim_list(held: Mapping[str, Any], book: Book) -> list[Node]:
    """Every claim and word of the text: what it says, whether it holds, and by which numbers.

    The PDF has the claims alone, page by page: their numbers would fill a chapter of their own.
    """
    chapters = {chapter.file: chapter for chapter in book.catalog.chapters.values()}
    links = {file: chapter.html for file, chapter in chapters.items()}
    rows: list[Row] = []
    pages: dict[str, list[Line]] = {_title(chapter): [] for chapter in chapters.values()}
    for prefix, kind in KINDS:
        for name, each in held[kind].items():
            if each["places"]:
                rows.append(_row(f"{prefix}-{name}", each, links))
                pages[_title(chapters[each["places"][0]["file"]])].append([_line(each)])
    heads = ("Påstand", "Resultat", "Tallene", "Sted")
    by_page: list[Node] = []
    for page, lines in pages.items():
        if lines:
            head = ast.plain_div([f"{page} ({len(lines)})"], "kg-claims-page")
            by_page += [head, ast.points(lines)]
    return [
        ast.web_only(ast.table(heads, rows, ())),
        ast.print_only(ast.paragraph(_counts(held)), ast.div(by_page, "kg-claims")),
    ]


def _title(chapter: Any) -> str:
    return f"{chapter.number} {chapter.title}" if chapter.number else str(chapter.title)


def _counts(held: Mapping[str, Any]) -> str:
    claims, words = ([each for each in held[kind].values() if each["places"]] for _, kind in KINDS)
    false = sum(not each["holds"] for each in claims)
    outcome = f"{false} av dem holder ikke" if false else "Alle holder"
    return (
        f"Teksten har {len(claims)} påstander: {counted(held)}. {outcome}. "
        f"I tillegg velger tallene {len(words)} ord."
    )


def _line(each: Mapping[str, Any]) -> str:
    if "text" in each:
        return f"{each['words'].removesuffix('.')}: «{each['text']}»."
    if not each["holds"]:
        return f"{STATES[each['holds']].upper()}: {each['words']} ({shortened(each['because'])})"
    sign = "" if each["basis"] == STATISTICS else f" ({HOLDS[each['basis']]})"
    return f"{each['words']}{sign}"


def _row(identifier: str, each: Mapping[str, Any], links: Mapping[str, str]) -> Row:
    place = each["places"][0]
    where = place["file"].rpartition("/")[2].removesuffix(".md").replace("-", " ")
    return (
        ast.span(each["words"], identifier=identifier),
        _state(each),
        _numbers(each),
        ast.link(where, f"{links[place['file']]}#{identifier}-tekst"),
    )


def _numbers(each: Mapping[str, Any]) -> str:
    """What was compared; where nothing was, no numbers either."""
    if each.get("basis") == FITTED and each["holds"]:
        return "Kjent fra 2022-utgaven"
    return shortened(each.get("because") or _places(each["numbers"]))


def _state(each: Mapping[str, Any]) -> str:
    if "text" in each:
        return f"«{each['text']}»"
    return HOLDS[each["basis"]] if each["holds"] else STATES[each["holds"]]


def shortened(words: str, longest: int = LONGEST) -> str:
    """At most a few lines: `kg claims` has the whole of it."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rpartition(';')[0] or words[:longest]}; …"


def _places(addresses: Sequence[str]) -> str:
    """How many numbers chose a word, and where they stand."""
    items = dict.fromkeys(address.partition("/")[0].replace("-", " ") for address in addresses)
    return f"{len(addresses)} tall i {listed(items)}"
