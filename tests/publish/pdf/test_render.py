"""The PDF that the embedded engine makes: words, tags, alt text, fonts, links."""

import re
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kunnskapsgrunnlag.check import pdf_text, squeezed
from tests.checkout import Checkout


# pypdf's objects are typed as the PDF has them: anything below the root may be anything.
@pytest.fixture(scope="module")
def reader(built: Checkout) -> Any:
    return PdfReader(built.root / "build/kunnskapsgrunnlag.pdf")


def test_declares_accessible_and_archivable(reader: Any) -> None:
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode("utf-8")

    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", xmp)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or (
        reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    )


def test_names_language_and_title(reader: Any) -> None:
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("nb")
    assert reader.metadata is not None
    assert reader.metadata.title == "Kunnskapsgrunnlag for boligsosialt arbeid"


def elements(reader: Any) -> list[Any]:
    """All elements of the structure tree."""
    found: list[Any] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if not isinstance(node, DictionaryObject):
            continue
        if "/S" in node:
            found.append(node)
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += list(kids) if isinstance(kids, list) else [kids]
    return found


def test_every_drawing_has_its_alt_text(built: Checkout, reader: Any) -> None:
    alts = {str(e["/Alt"]) for e in elements(reader) if e["/S"] == "/Figure" and "/Alt" in e}

    wanted = {p.parent.name for p in (built.root / "build/items").glob("*/*.svg")}
    for key in wanted:
        assert built.json(f"build/items/{key}/{key}.json")["alt"] in alts, key


def test_tables_have_header_cells(reader: Any) -> None:
    kinds = [str(e["/S"]) for e in elements(reader)]

    assert kinds.count("/Table") >= 14
    assert kinds.count("/TH") >= 60


def test_fonts_are_embedded(reader: Any) -> None:
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for part in font.get_object().get("/DescendantFonts", []):
                descriptor = part.get_object()["/FontDescriptor"]
                assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))


def test_has_bookmarks_for_the_chapters(reader: Any) -> None:
    titles = [str(e.title) for e in reader.outline if not isinstance(e, list)]

    assert "5 Hvem er vanskeligstilte på boligmarkedet?" in titles
    assert "6 Boligøkonomiske virkemidler" in titles


def test_internal_links_have_targets(reader: Any) -> None:
    links = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object().get("/Subtype") == "/Link"
    ]

    inside = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inside) > 60


def test_holds_the_same_numbers_as_the_site(built: Checkout) -> None:
    text = squeezed(pdf_text(built.root / "build/kunnskapsgrunnlag.pdf"))
    page = built.read("build/site/chapters/kapittel-6.html")

    for number in re.findall(r'class="kg-tall">([^<]+)<', page):
        assert squeezed(number) in text


def test_ends_no_page_with_a_lonely_caption(built: Checkout) -> None:
    """A caption is followed by its table or drawing on the same page."""
    with_captions = pdf_text(built.root / "build/kunnskapsgrunnlag.pdf")

    assert "Tabell 11 Antall vanskeligstilte" in with_captions.replace("\N{NO-BREAK SPACE}", " ")
