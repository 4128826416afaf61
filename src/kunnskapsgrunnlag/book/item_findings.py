"""The finding of a table or figure: the sentence in its div, which is its title on the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kunnskapsgrunnlag.book.marks import Mark, Text, parse_attributes, without_code
from kunnskapsgrunnlag.book.prose import CLAIM, NO_DATA

DIV = re.compile(r"^[ \t]*:::+[ \t]*\{([^{}\n]*)\}[ \t]*\n(.*?)^[ \t]*:::+[ \t]*$", re.M | re.S)
NEW_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d{1,2}[.)]|#{1,6})[ \t]")
# One of these says what tests the finding, or why nothing can.
ANSWERS = (CLAIM, "ord", NO_DATA)
WRITE = 'Skriv ett avsnitt med {.pastand sjekk="…"}, {.ord velg="…"} eller {.ikke-data grunn="…"}.'


@dataclass(frozen=True)
class ItemFinding:
    """An item's finding.

    Attributes:
        start, end: Where it stands in its chapter without code.
        words: As it is written.
        marks: The spans in it.
    """

    key: str
    line: int
    start: int
    end: int
    words: str
    marks: tuple[Mark, ...]


def item_findings(text: Text) -> Iterator[ItemFinding]:
    """What the divs of items hold, empty where a finding is missing, in the chapter's order."""
    plain = without_code(text.content)
    for div in DIV.finditer(plain):
        attributes = parse_attributes(div[1])
        if "item" in attributes.classes:
            key, line = attributes.pairs.get("key", ""), plain.count("\n", 0, div.start(1)) + 1
            start, end = div.span(2)
            marks = tuple(mark for mark in text.marks if start <= mark.start < end)
            yield ItemFinding(key, line, start, end, div[2].strip(), marks)


def finding_mistakes(text: Text, items: Collection[str]) -> Iterator[str]:
    """What is wrong with the findings that a chapter gives of these items, with file and line."""
    for finding in (finding for finding in item_findings(text) if finding.key in items):
        where = f"{text.file}:{finding.line}: «{finding.key}»"
        if not finding.words:
            yield f"{where} har ikke noe funn, som er tittelen leseren får. {WRITE}"
        elif NEW_PARAGRAPH.search(finding.words):
            yield f"{where}: funnet er mer enn ett avsnitt. {WRITE}"
        elif not any(mark.kind in ANSWERS for mark in finding.marks):
            yield f"{where}: ingenting prøver funnet «{finding.words}». {WRITE}"
        elif finding.words.endswith("."):
            yield f"{where}: funnet er en tittel. Skriv det uten punktum."
