"""The words of a finished PDF in reading order, taken from its structure tree.

A page is no order to read in: a paragraph goes on behind footnotes, running heads, and tables that
found their place at the top of the next page, and its words are broken at line ends. The tree of a
tagged PDF knows what is one paragraph, wherever its lines stand.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.check.words import squeezed

# Elements that are a part of a paragraph, a cell or the like; any other begins a new one.
INLINE = frozenset({"/Span", "/Link", "/Strong", "/Em", "/Reference", "/Code", "/Quote"})
# Numbers of notes and lists are the engine's, and differ between page and PDF.
LABEL = "/Lbl"
# More bytes than the words that one piece of a line can have.
LONGEST = 16384
# The words of each piece of marked content, by page and the number that the tree knows it by.
Pieces = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Paragraph:
    """What reads as one: a paragraph, heading, cell, caption or note, and the page it begins on."""

    page: int
    words: str


@dataclass
class Pdf:
    """A PDF read once.

    Attributes:
        paragraphs: In reading order; a note comes in the middle of no paragraph.
        targets: The pages that links inside the document lead to, counted from 0.
    """

    name: str
    paragraphs: list[Paragraph]
    bookmarks: list[str]
    targets: set[int]

    def __post_init__(self) -> None:
        """Join the paragraphs, a line each, so that a search can ask for whole ones."""
        lines = [f"{squeezed(paragraph.words)}\n" for paragraph in self.paragraphs]
        self.words = "\n" + "".join(lines)
        self._starts = [0, *accumulate((len(line) for line in lines), initial=1)][1:]

    def lines(self) -> Iterator[tuple[int, int]]:
        """Where each paragraph begins in `words`, and on which page."""
        yield from zip(
            self._starts, (paragraph.page for paragraph in self.paragraphs), strict=False
        )

    def page_at(self, at: int) -> int:
        """The number of the page, from 1, on which the paragraph at a place in `words` begins."""
        number = max(bisect_right(self._starts, at) - 1, 0)
        return self.paragraphs[min(number, len(self.paragraphs) - 1)].page


def read_pdf(path: Path) -> Pdf:
    """Words, bookmarks and links of a PDF."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            pieces = _pieces(document)
            marks = [str(mark.get_title()) for mark in document.get_toc()]
            targets = set(_targets(document))
        with pikepdf.open(path) as pdf:
            paragraphs = _paragraphs(path.name, pdf, pieces)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as problem:
        raise KgError(f"{path.name}: PDF-en kan ikke leses tilbake: {problem}") from problem
    return Pdf(path.name, paragraphs, marks, targets)


def _pieces(document: pypdfium2.PdfDocument) -> Pieces:
    pieces: Pieces = {}
    buffer = ctypes.create_string_buffer(LONGEST)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    for number, page in enumerate(document):
        words = page.get_textpage()
        for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
            thing = pdfium.FPDFPage_GetObject(page.raw, at)
            if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
                key = number, pdfium.FPDFPageObj_GetMarkedContentID(thing)
                length = pdfium.FPDFTextObj_GetText(thing, words.raw, units, LONGEST)
                text = buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
                pieces[key] = pieces.get(key, "") + text
    return pieces


def _targets(document: pypdfium2.PdfDocument) -> Iterator[int]:
    """The page that each link inside the document leads to; -1 for one that leads nowhere."""
    for page in document:
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            destination = pdfium.FPDFLink_GetDest(document.raw, link)
            action = pdfium.FPDFLink_GetAction(link)
            inside = bool(action) and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO
            if not destination and inside:
                destination = pdfium.FPDFAction_GetDest(document.raw, action)
            if destination:
                yield pdfium.FPDFDest_GetDestPageIndex(document.raw, destination)
            elif inside:
                yield -1


def _paragraphs(name: str, pdf: pikepdf.Pdf, pieces: Pieces) -> list[Paragraph]:
    tree = pdf.Root.get(Name.StructTreeRoot)
    if not isinstance(tree, Dictionary):
        raise KgError(
            f"{name}: PDF-en er ikke merket («tagged»), og kan derfor verken leses tilbake eller "
            "brukes med skjermleser. Bygg med kg build --engine embedded, eller med Quarto 1.9 "
            "eller nyere."
        )
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    reader = _Reader(pages, pieces)
    reader.read(tree, None)
    return [p for p in reader.paragraphs if squeezed(p.words)]


class _Reader:
    """Walks a structure tree, and puts notes after the paragraph that they belong to."""

    def __init__(self, pages: dict[tuple[int, int], int], pieces: Pieces) -> None:
        self.paragraphs: list[Paragraph] = []
        self._pages, self._pieces = pages, pieces
        self._open: list[tuple[int, str]] = []
        self._notes: list[tuple[Dictionary, Dictionary | None]] = []

    def read(self, element: Dictionary, page: Dictionary | None) -> None:
        """The paragraphs of an element that begins one of its own."""
        self._close()
        outer, self._notes = self._notes, []
        self._inside(element, page)
        self._close()
        notes, self._notes = self._notes, outer
        for note, on in notes:
            self.read(note, on)

    def _inside(self, element: Dictionary, page: Dictionary | None) -> None:
        page = _page(element, page)
        content = element.get(Name.K, Array([]))
        for kid in content if isinstance(content, Array) else [content]:
            if not isinstance(kid, Dictionary):
                self._add(page, int(kid))
            elif Name.MCID in kid:
                self._add(_page(kid, page), int(kid.MCID))
            elif (kind := str(kid.get(Name.S, ""))) == "/Note":
                self._notes.append((kid, page))
            elif kind in INLINE:
                self._inside(kid, page)
            elif kind not in ("", LABEL):
                self.read(kid, page)

    def _add(self, page: Dictionary | None, number: int) -> None:
        if page is not None:
            at = self._pages[page.objgen]
            self._open.append((at + 1, self._pieces.get((at, number), "")))

    def _close(self) -> None:
        if self._open:
            words = "".join(words for _, words in self._open)
            self.paragraphs.append(Paragraph(self._open[0][0], words))
            self._open = []


def _page(element: Dictionary, outer: Dictionary | None) -> Dictionary | None:
    """The page that an element says it is on, or that of the element it lies in."""
    own = element.get(Name.Pg)
    return own if isinstance(own, Dictionary) else outer
