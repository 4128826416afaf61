"""The finished PDF: items in order, their tables, the numbers of the text, bookmarks and links."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kunnskapsgrunnlag.bands import cell_words
from kunnskapsgrunnlag.carried import carried_mark
from kunnskapsgrunnlag.catalog import Catalog, Coming, Item
from kunnskapsgrunnlag.check.page import Page
from kunnskapsgrunnlag.check.parts import Block
from kunnskapsgrunnlag.check.words import DIGITS, squeezed
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fragments import sources_line
from kunnskapsgrunnlag.render.chapters import Book
from kunnskapsgrunnlag.tables import Grid, grid

Held = Mapping[str, Any]
# How much of a sentence goes with a number when it is looked for in the PDF.
BEFORE, AFTER = 16, 8


@dataclass
class Pdf:
    """A PDF read once.

    Attributes:
        pages: The words of each page.
        bookmarks: Their titles in order.
        targets: The pages that links inside the document lead to, counted from 0.
    """

    name: str
    pages: list[str]
    bookmarks: list[str]
    targets: set[int]

    def __post_init__(self) -> None:
        """Join the pages' words without spaces, running heads and page numbers."""
        bodies = [squeezed(_body(page)) for page in self.pages]
        self.words = "".join(bodies)
        self.starts = [0, *accumulate(map(len, bodies))]

    def page_at(self, at: int) -> int:
        """The number of the page, from 1, that a place in `words` lies on."""
        return bisect_right(self.starts, at)


def _body(page: str) -> str:
    """A page without its running head and number."""
    lines = page.splitlines()
    if lines and lines[-1].strip().isdigit():
        lines.pop()
    return "\n".join(lines[1:])


def read_pdf(path: Path) -> Pdf:
    """Words, bookmarks and links of a PDF.

    Raises:
        KgError: If the PDF cannot be read.
    """
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
            bookmarks = [str(mark.get_title()) for mark in document.get_toc()]
            return Pdf(path.name, pages, bookmarks, set(_targets(document)))
    except pypdfium2.PdfiumError as problem:
        raise KgError(f"{path.name}: the PDF cannot be read back: {problem}") from problem


def pdf_text(path: Path) -> str:
    """All words of a PDF.

    Raises:
        KgError: If the PDF cannot be read.
    """
    return "\n".join(read_pdf(path).pages)


def _targets(document: pypdfium2.PdfDocument) -> Iterator[int]:
    """The page that each link inside the document leads to; -1 for one that leads nowhere."""
    for page in document:
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            found = pdfium.FPDFLink_GetDest(document.raw, link)
            action = pdfium.FPDFLink_GetAction(link)
            inside = bool(action) and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO
            if not found and inside:
                found = pdfium.FPDFAction_GetDest(document.raw, action)
            if found:
                yield pdfium.FPDFDest_GetDestPageIndex(document.raw, found)
            elif inside:
                yield -1


def check_pdf(
    pdf: Pdf, catalog: Catalog, book: Book, held: Mapping[str, Held], pages: Mapping[str, Page]
) -> list[str]:
    """The PDF against the store (items) and against the pages (running text)."""
    errors = [*_check_items(pdf, _as_placed(catalog, book), held)]
    errors += _check_outline(pdf, catalog, book)
    for chapter in catalog.chapters.values():
        for block in pages[chapter.html].blocks:
            errors += _check_block(pdf, chapter.html, block)
    return [f"{pdf.name}: {words}" for words in errors]


def _as_placed(catalog: Catalog, book: Book) -> dict[str, Item | Coming]:
    """The items in the order of their places: a new one may stand before its number."""
    return {key: catalog.numbered[key] for key in (*book.places, *catalog.numbered)}


def _check_items(
    pdf: Pdf, items: Mapping[str, Item | Coming], held: Mapping[str, Held]
) -> Iterator[str]:
    at = 0
    for key, item in items.items():
        if squeezed(f"{item.label}{item.title}") not in pdf.words:
            yield f"{item.label} «{item.title}» is missing from the list of tables and figures."
        caption = squeezed(_caption(item, held.get(key, {})))
        found = pdf.words.find(caption, at)
        if found < 0:
            place = pdf.words.find(caption)
            where = f"it stands on page {pdf.page_at(place)}" if place >= 0 else "it is missing"
            yield f"{item.label} «{item.title}» is not where it should be, after the last: {where}."
            continue
        at = found + len(caption)
        if not isinstance(item, Coming):
            yield from _check_table(pdf, item, held[key], at)


def _caption(item: Item | Coming, held: Held) -> str:
    if isinstance(item, Coming):
        return f"{item.label} kommer {item.title}"
    estimate = " (estimat)" if held["origin"] == "estimat" else ""
    return f"{item.label} {item.title}{estimate} {carried_mark(item)} {item.subtitle}"


def _check_table(pdf: Pdf, item: Item, held: Held, at: int) -> Iterator[str]:
    """The rows between an item's caption and its sources, in order, each in one piece."""
    source = squeezed(f"Kilde: {'; '.join(sources_line(held['sources']))}. Opphav:")
    end = pdf.words.find(source, at)
    if end < 0:
        yield f"{item.label}, page {pdf.page_at(at)}: its sources do not stand below it."
        return
    table = grid(item, held["values"])
    for head in (head for level in table.levels for head in level):
        if pdf.words.find(squeezed(head.text), at, end) < 0:
            yield f"{item.label}, page {pdf.page_at(at)}: the heading «{head.text}» is missing."
    for head in (head for row in table.rows for head in row.heads if head and head.span > 1):
        if pdf.words.find(squeezed(head.text), at, end) < 0:
            yield f"{item.label}, page {pdf.page_at(at)}: the heading «{head.text}» is missing."
    for words in _rows(table):
        row = squeezed(words.replace("|", ""))
        found = _row_at(pdf.words, row, at, end)
        if found < 0:
            yield (
                f"{item.label}, page {pdf.page_at(at)} or the next: the row «{words}» is not "
                "where it should be, or has other numbers."
            )
        else:
            at = found + len(row)


def _row_at(words: str, row: str, at: int, end: int) -> int:
    """Where a row stands; its last number must end there."""
    while (found := words.find(row, at, end)) >= 0:
        after = words[found + len(row) : found + len(row) + 1]
        if after != "," and not (row[-1:] == "," and after.isdigit()):
            return found
        at = found + 1
    return -1


def _rows(table: Grid) -> Iterator[str]:
    """The words of each row; a heading that covers several rows is not written with any of them."""
    for row in table.rows:
        heads = [head.text for head in row.heads if head and head.span == 1]
        yield "|".join([*heads, *(cell_words(cell) if cell else "" for cell in row.cells)])


def _check_outline(pdf: Pdf, catalog: Catalog, book: Book) -> Iterator[str]:
    """Bookmarks for the numbered headings, and links that arrive."""
    marks = {squeezed(title) for title in pdf.bookmarks}
    for text in book.texts:
        for heading in text.headings:
            words = squeezed(f"{heading.number}{re.sub(r'[*_]', '', heading.words)}")
            if heading.number and words not in marks:
                yield f"there is no bookmark «{heading.number} {heading.words}»."
    if -1 in pdf.targets:
        yield "a link inside the document leads nowhere."
    named = {
        m.words[:1].lower() + m.words[1:] for t in book.texts for m in t.marks if m.kind == "ref"
    }
    at = 0
    for key, item in _as_placed(catalog, book).items():
        found = pdf.words.find(squeezed(f"{item.label}{_after(item)}{item.title}"), at)
        at = max(at, found)
        # A block whose words moved to the next page still begins at the foot of the one before.
        near = {pdf.page_at(found) - 1, pdf.page_at(found) - 2}
        if key in named and found >= 0 and near.isdisjoint(pdf.targets):
            yield f"no link leads to {item.label} on page {pdf.page_at(found)}."


def _after(item: Item | Coming) -> str:
    return " kommer " if isinstance(item, Coming) else ""


def _check_block(pdf: Pdf, name: str, block: Block) -> Iterator[str]:
    """The numbers of a paragraph, each with the words around it."""
    text = squeezed(block.text)
    for found in DIGITS.finditer(text):
        if not _stands(pdf.words, text, found.start(), found.end()):
            around = text[max(0, found.start() - BEFORE) : found.end() + AFTER]
            yield f"{name}, line {block.line}: the number in «{around}» is not in the PDF."


def _stands(words: str, text: str, start: int, end: int) -> bool:
    """The number with what is before and after it; at a page's end, with one of the two."""
    before, number, after = text[max(0, start - BEFORE) : start], text[start:end], text[end:]
    after = after[:AFTER]
    if before + number + after in words:
        return True
    # A note's number may stand between a number and its words, as may the end of a page.
    pieces = []
    if len(before) >= BEFORE // 2:
        pieces.append(re.escape(before + number) + r"(?!\d)")
    if len(after) >= AFTER // 2:
        pieces.append(r"(?<!\d)" + re.escape(number + after))
    return any(re.search(piece, words) for piece in pieces)
