"""How the pages of a finished PDF are filled: white gaps, and headings without their text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.check.pdf_words import Pdf
from kunnskapsgrunnlag.check.words import squeezed

# What may stand empty of the height that a page has for text; more looks like a mistake.
LARGEST_GAP = 1 / 3
# The margins of assets/pdf/template.typ, in points: above and below is no text.
TOP, FOOT = 2.7 / 2.54 * 72, 2.4 / 2.54 * 72


@dataclass(frozen=True)
class Gap:
    """The largest white gap of a page.

    Attributes:
        page: From 1.
        share: Of the height that the page has for text.
        ends_chapter: No page of the same chapter follows.
    """

    page: int
    share: float
    ends_chapter: bool


def read_gaps(path: Path) -> list[Gap]:
    """The largest gap of each page between what stands on it, the cover left out."""
    with pypdfium2.PdfDocument(path) as document:
        chapters = {
            mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 0
        } | {len(document)}
        return [
            Gap(number + 1, _gap(page), number + 1 in chapters)
            for number, page in enumerate(document)
            if number
        ]


def _gap(page: pypdfium2.PdfPage) -> float:
    height = float(page.get_height()) - TOP - FOOT
    # From the foot upwards; running heads lie outside.
    at, largest = 0.0, 0.0
    for low, high in sorted(_spans(page)):
        if high > 0 and low < height:
            largest = max(largest, low - at)
            at = max(at, high)
    return max(largest, height - at) / height


def _spans(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """From where to where each thing on a page reaches, in points above its lower margin."""
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        thing = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges)):
            _, low, _, high = (edge.value for edge in edges)
            yield low - FOOT, high - FOOT


def check_gaps(name: str, gaps: Sequence[Gap]) -> list[str]:
    """No page has a large gap, unless its chapter ends there."""
    return [
        f"{name}, side {gap.page}: {nb(100 * gap.share)} prosent av siden er tom, og kapitlet går "
        "videre på den neste. Høyst en tredel kan være tom. Flytt figuren eller tabellen i "
        "kapitlet, eller del avsnittet før den."
        for gap in gaps
        if gap.share > LARGEST_GAP and not gap.ends_chapter
    ]


def check_headings(pdf: Pdf) -> Iterator[str]:
    """No heading stands at the foot of a page, away from what it is of."""
    titles = {squeezed(title) for title in pdf.bookmarks}
    for one, follows in pairwise(pdf.paragraphs):
        if squeezed(one.words) in titles and follows.page > one.page:
            yield (
                f"{pdf.name}, side {one.page}: overskriften «{one.words}» står alene nederst, og "
                f"teksten kommer på side {follows.page}. Hold dem sammen i assets/pdf."
            )
