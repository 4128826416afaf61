"""The list of the text's claims: a table on the site, and a short list in the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.base.escape import typst_text
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS, counted
from kunnskapsgrunnlag.publish.lists.table_block import Entry, Listing, Row

# A cell of the table, in characters.
LONGEST = 260
STATES = {True: "holder", False: "holder ikke", None: "kan ikke avgjøres"}
HOLDS = {
    STATISTICS: "✓ holder",
    ESTIMATES: "≈ bygger på anslag",
    FITTED: "ikke prøvd: lagt inn i anslagene",
}
KINDS = (("pastand", "claims"), ("ord", "words"))


@dataclass(frozen=True)
class ClaimList:
    """Claims and words by the page they stand on.

    Attributes:
        table: All of them with their numbers, for the site.
        pages: Name of a page -> what is claimed there, one line each.
        counts: How many claims and words there are, and whether all hold.
    """

    table: Listing
    pages: Mapping[str, Sequence[str]]
    counts: str

    def html(self) -> str:
        """The table for the site."""
        return self.table.html()

    def typst(self) -> str:
        """The claims alone, in two columns: their numbers would fill a chapter of their own."""
        groups = "\n".join(
            f"  ([#{typst_text(f'{page} ({len(lines)})')}], ("
            f"{' '.join(f'[#{typst_text(line)}],' for line in lines)})),"
            for page, lines in self.pages.items()
        )
        return f"#{typst_text(self.counts)}\n\n#kg-claims((\n{groups}\n))"


def claim_list(held: Mapping[str, Any], book: Book) -> ClaimList:
    """Every claim and word of the text: what it says, whether it holds, and by which numbers."""
    chapters = {chapter.file: chapter for chapter in book.catalog.chapters.values()}
    links = {file: chapter.html for file, chapter in chapters.items()}
    rows = []
    pages: dict[str, list[str]] = {_title(chapter): [] for chapter in chapters.values()}
    for prefix, kind in KINDS:
        for name, each in held[kind].items():
            if each["places"]:
                rows.append(_row(f"{prefix}-{name}", each, links))
                pages[_title(chapters[each["places"][0]["file"]])].append(_line(each))
    widths = ("2fr", "auto", "2fr", "auto")
    table = Listing(("Påstand", "Resultat", "Tallene", "Sted"), rows, widths)
    return ClaimList(table, {page: own for page, own in pages.items() if own}, _counts(held))


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
        Entry(each["words"], id=identifier),
        Entry(_state(each)),
        Entry(_numbers(each)),
        Entry(where, link=f"{links[place['file']]}#{identifier}-tekst", web_only=True),
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
