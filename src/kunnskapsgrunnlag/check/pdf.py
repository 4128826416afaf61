"""The finished PDF: items in order, their tables, the numbers of the text, bookmarks and links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.check.page import HEADINGS, Block, PageReader
from kunnskapsgrunnlag.check.pdf_words import Pdf
from kunnskapsgrunnlag.check.words import DIGITS, squeezed
from kunnskapsgrunnlag.publish.fragments import sources_line
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.bands import cell_words
from kunnskapsgrunnlag.store.carried_forward import carried_mark
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import Grid, grid

# How much of a paragraph is shown on both sides of the place where page and PDF part.
AROUND = 24


def check_pdf(pdf: Pdf, report: Report, pages: Mapping[str, PageReader]) -> list[str]:
    """The PDF against the store (items) and against the pages (running text)."""
    # In the order of their places: a new one may stand before its number.
    numbered = report.catalog.numbered
    items = {key: numbered[key] for key in (*report.book.places, *numbered)}
    blocks = {
        chapter.html: [block for block in pages[chapter.html].blocks if block.in_print]
        for chapter in report.catalog.chapters.values()
    }
    errors = [
        *_check_items(pdf, items, report.results),
        *_check_outline(pdf, items, report.book),
        *check_paragraphs(pdf, blocks),
    ]
    return [f"{pdf.name}: {words}" for words in errors]


def _check_items(
    pdf: Pdf, items: Mapping[str, Item], results: Mapping[str, ItemResult]
) -> Iterator[str]:
    at = 0
    for key, item in items.items():
        if squeezed(f"{item.label}{item.title}") not in pdf.words:
            yield f"{item.label} «{item.title}» mangler i listen over tabeller og figurer."
        caption = _caption(item, results[key])
        start = pdf.words.find(caption, at)
        if start < 0:
            place = pdf.words.find(caption)
            where = f"den står på side {pdf.page_at(place)}" if place >= 0 else "den mangler"
            yield f"{item.label} «{item.title}» står ikke der den skal, etter den forrige: {where}."
            continue
        at = start + len(caption) - 1
        yield from check_continuations(pdf, item, start)
        yield from _check_table(pdf, item, results[key], at)


def _caption(item: Item, result: ItemResult) -> str:
    """The subtitle and, below it, number and name, as the words of a PDF hold them."""
    estimate = " (estimat)" if result.is_estimate else ""
    line = f"{item.label}. {item.title}{estimate} {carried_mark(item)}"
    return f"\n{squeezed(item.subtitle)}\n{squeezed(line)}\n"


def _check_table(pdf: Pdf, item: Item, result: ItemResult, at: int) -> Iterator[str]:
    """The rows between an item's caption and its sources, in order, each in one piece."""
    source = squeezed(f"Kilde: {'; '.join(sources_line(result.sources))}. Opphav:")
    end = pdf.words.find(source, at)
    if end < 0:
        yield f"{item.label}, side {pdf.page_at(at)}: kildene står ikke under den."
        return
    table = grid(item, result.values)
    heads = [head for level in table.levels for head in level]
    heads += [head for row in table.rows for head in row.heads if head and head.span > 1]
    for head in heads:
        if pdf.words.find(squeezed(head.text), at, end) < 0:
            yield f"{item.label}, side {pdf.page_at(at)}: overskriften «{head.text}» mangler."
    for words in _rows(table):
        row = "".join(f"\n{cell}" for text in words.split("|") if (cell := squeezed(text)))
        start = pdf.words.find(f"{row}\n", at, end)
        if start < 0:
            yield (
                f"{item.label}, side {pdf.page_at(at)} eller neste: raden «{words}» står ikke "
                "der den skal, eller har andre tall."
            )
        else:
            at = start + len(row)


def check_continuations(pdf: Pdf, item: Item, start: int) -> Iterator[str]:
    """What an item has on further pages stands there under a caption of its own.

    Args:
        start: Where its first caption stands in the words of the PDF.
    """
    end = pdf.words.find(f"\n{squeezed('Kilde:')}", start)
    captions = re.finditer(re.escape(f"\n{squeezed(f'{item.label}. {item.title}')}"), pdf.words)
    named = {pdf.page_at(match.end()) for match in captions if start <= match.start() < end}
    named.add(pdf.page_at(start + 1))
    stands = {page for at, page in pdf.lines() if start < at < end}
    for page in sorted(stands - named):
        yield f"{item.label} går videre på side {page} uten «(fortsatt)» og navnet sitt over."
    if max(named) - min(named) >= len(named):
        pages = ", ".join(map(str, sorted(named)))
        yield f"{item.label} står på sidene {pages}, med andre sider imellom."


def _rows(table: Grid) -> Iterator[str]:
    """The words of each row; a heading that covers several rows is not written with any of them."""
    for row in table.rows:
        heads = [head.text for head in row.heads if head and head.span == 1]
        yield "|".join([*heads, *(cell_words(cell) if cell else "" for cell in row.cells)])


def _check_outline(pdf: Pdf, items: Mapping[str, Item], book: Book) -> Iterator[str]:
    """Bookmarks for the numbered headings, and links that arrive."""
    marks = {squeezed(title) for title in pdf.bookmarks}
    for text in book.texts:
        for heading in text.headings:
            words = squeezed(f"{heading.number}{re.sub(r'[*_]', '', heading.words)}")
            if heading.number and words not in marks:
                yield f"det er ikke noe bokmerke «{heading.number} {heading.words}»."
    if -1 in pdf.targets:
        yield "en lenke inni dokumentet fører ingen steder."
    named = {
        m.words[:1].lower() + m.words[1:] for t in book.texts for m in t.marks if m.kind == "ref"
    }
    at = 0
    for key, item in items.items():
        start = pdf.words.find(squeezed(f"{item.label}. {item.title}"), at)
        at = max(at, start)
        # A block whose words moved to the next page still begins at the foot of the one before.
        near = {pdf.page_at(start) - 1, pdf.page_at(start) - 2}
        if key in named and start >= 0 and near.isdisjoint(pdf.targets):
            yield f"ingen lenke fører til {item.label} på side {pdf.page_at(start)}."


def check_paragraphs(pdf: Pdf, blocks: Mapping[str, list[Block]]) -> Iterator[str]:
    """The paragraphs with numbers of each page: as they are, and as often, in the PDF."""
    left = Counter(pdf.words.split("\n"))
    # A page's headings come without their numbers.
    titles = {squeezed(re.sub(r"^[\d.]+\s+", "", p.words)) for p in pdf.paragraphs}
    for name, page_blocks in blocks.items():
        for block in page_blocks:
            text = squeezed(block.text)
            if not DIGITS.search(text):
                continue
            is_there = left[text] > 0 or (block.tag in HEADINGS and text in titles)
            left[text] -= 1
            if not is_there:
                yield f"{name}, linje {block.line}: {_parting(pdf, text)}"


def _parting(pdf: Pdf, text: str) -> str:
    """Where a paragraph and the PDF part: what was expected, and what the PDF has there."""
    shared = next((n for n in range(len(text), 0, -1) if f"\n{text[:n]}" in pdf.words), 0)
    at = pdf.words.find(f"\n{text[:shared]}") + 1
    start = max(shared - AROUND, 0)
    wanted = text[start : shared + AROUND]
    seen = pdf.words[at + start : at + shared + AROUND].partition("\n")[0]
    if shared < len(text) // 4:
        return f"avsnittet «{text[: 2 * AROUND]}…» står ikke i PDF-en."
    return (
        f"ventet «{wanted}», fant «{seen}» i avsnittet som begynner på side {pdf.page_at(at)} i "
        "PDF-en. Sammenlign med kapitlet, og bygg på nytt."
    )
