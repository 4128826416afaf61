"""The PDF of the embedded engine: what it declares, and what who does not see it is told."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.pdf.tables import with_row_headers
from tests.checkout import Checkout

# Operators that show something: text, lines and fills, images and drawings.
SHOWING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do"}


@pytest.fixture(scope="module")
def reader(built: Checkout) -> Any:
    return PdfReader(built.root / "build/kunnskapsgrunnlag.pdf")


def kids(node: Any) -> list[Any]:
    held = node.get("/K", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    found = [kid.get_object() for kid in (held if isinstance(held, list) else [held])]
    return [kid for kid in found if isinstance(kid, DictionaryObject) and "/S" in kid]


def walk(node: Any) -> Iterator[Any]:
    """The elements below a node, in reading order."""
    for kid in kids(node):
        yield kid
        yield from walk(kid)


@pytest.fixture(scope="module")
def tree(reader: Any) -> list[Any]:
    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]))


def attribute(element: Any, name: str) -> Any:
    held = element.get("/A", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    for part in held if isinstance(held, list) else [held]:
        if name in part.get_object():
            return part.get_object()[name]
    return None


def test_declares_accessible_and_archivable_with_language_and_title(reader: Any) -> None:
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert getattr(root["/MarkInfo"]["/Marked"], "value", True) is True
    assert str(root["/Lang"]).startswith("nb")
    assert reader.metadata.title == "Kunnskapsgrunnlag for boligsosialt arbeid"


def test_fonts_are_embedded(reader: Any) -> None:
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for part in font.get_object().get("/DescendantFonts", []):
                descriptor = part.get_object()["/FontDescriptor"]
                assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))


def test_headings_go_down_one_level_at_a_time(tree: list[Any]) -> None:
    levels = [int(e["/S"][2:]) for e in tree if re.fullmatch(r"/H\d", str(e["/S"]))]
    assert levels[0] == 1
    assert len(levels) > 30
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_drawing_has_its_alt_text_and_no_figure_is_without(
    built: Checkout, tree: list[Any]
) -> None:
    alts = {str(e.get("/Alt", "")) for e in tree if e["/S"] == "/Figure"}
    assert all(len(alt) > 20 for alt in alts)
    for key in (path.name for path in (built.root / "build/items").iterdir()):
        assert built.json(f"build/items/{key}/{key}.json")["alt"] in alts, key


def test_every_item_has_a_caption(built: Checkout, tree: list[Any]) -> None:
    captions = [e for e in tree if e["/S"] == "/Caption"]
    assert len(captions) >= len(list((built.root / "build/items").iterdir()))


def test_every_table_has_column_headers_that_its_cells_name(tree: list[Any]) -> None:
    for table in (e for e in tree if e["/S"] == "/Table"):
        cells = list(walk(table))
        heads = [e for e in cells if e["/S"] == "/TH"]
        assert heads
        assert {str(attribute(e, "/Scope")) for e in heads} <= {"/Column", "/Row", "/Both"}
        assert all(attribute(e, "/Headers") for e in cells if e["/S"] == "/TD")


def name_of(element: Any) -> str:
    return str(element.get("/ID", ""))


def test_every_row_begins_with_a_header_that_its_numbers_name(tree: list[Any]) -> None:
    numbers = 0
    for body in (e for e in tree if e["/S"] == "/TBody"):
        down: list[str] = []
        for row in kids(body):
            heads = [e for e in kids(row) if e["/S"] == "/TH"]
            # A header above reaches down over the rows that have none of their own.
            down = [name_of(e) for e in heads] or down
            assert down
            assert all(attribute(e, "/Scope") == "/Row" for e in heads)
            for cell in (e for e in kids(row) if e["/S"] == "/TD"):
                numbers += 1
                assert {str(name) for name in attribute(cell, "/Headers")} >= {down[-1]}
    assert numbers > 1000


def test_a_header_over_two_rows_names_the_cells_of_just_these() -> None:
    table = """#set document(title: "T")
        #table(columns: 3, table.header[Bydel][År][Antall],
          table.cell(rowspan: 2)[Alna], [2019], [1], [2020], [2], [Oslo], [2020], [3])"""
    made: Any = PdfReader(io.BytesIO(with_row_headers(typst.compile(table.encode()), [2])))
    cells = walk(made.trailer["/Root"]["/StructTreeRoot"])

    named = [[str(n) for n in attribute(e, "/Headers")] for e in cells if e["/S"] == "/TD"]

    assert [names[1:] for names in named] == [
        ["R0x0y0", "R0x1y0"],
        ["R0x0y0", "R0x1y1"],
        ["R0x0y2", "R0x1y2"],
    ]


def test_every_header_that_a_cell_names_is_there_once_and_in_the_index(
    reader: Any, tree: list[Any]
) -> None:
    names = [name_of(e) for e in tree if e["/S"] == "/TH"]
    named = {str(n) for e in tree for n in attribute(e, "/Headers") or []}
    assert len(names) == len(set(names))
    assert named <= set(names)
    assert named <= set(indexed(reader.trailer["/Root"]["/StructTreeRoot"]["/IDTree"]))


def indexed(node: Any) -> Iterator[str]:
    """The names in a part of the index."""
    held = node.get_object()
    yield from (str(name) for name in held.get("/Names", [])[::2])
    for kid in held.get("/Kids", []):
        yield from indexed(kid)


def test_table_that_does_not_say_how_many_headers_its_rows_have_is_an_error(
    built: Checkout,
) -> None:
    content = (built.root / "build/kunnskapsgrunnlag.pdf").read_bytes()
    with pytest.raises(KgError, match=r"kilden nevner 1: .*kg-heads"):
        with_row_headers(content, [1])


def test_rows_and_cells_stand_where_they_belong(tree: list[Any]) -> None:
    allowed = {"/Table": {"/THead", "/TBody", "/TFoot", "/TR", "/Caption"}, "/TR": {"/TH", "/TD"}}
    for element in tree:
        wanted = allowed.get(str(element["/S"]))
        assert not wanted or {str(kid["/S"]) for kid in kids(element)} <= wanted


def test_contents_and_lists_are_tables_of_contents(tree: list[Any]) -> None:
    entries = [e for e in tree if e["/S"] == "/TOCI"]
    assert len(entries) > 50
    assert all(any(kid["/S"] == "/Link" for kid in walk(entry)) for entry in entries)


def test_nothing_is_shown_that_is_neither_tagged_nor_an_artifact(reader: Any) -> None:
    artifacts = 0
    for number, page in enumerate(reader.pages, 1):
        depth = 0
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
                artifacts += operands[0] == "/Artifact"
            elif operator == b"EMC":
                depth -= 1
            assert operator not in SHOWING or depth, f"page {number}: {operator!r}"
    # Running heads and page numbers at least.
    assert artifacts > len(reader.pages)


def test_tabs_follow_the_structure(reader: Any) -> None:
    for page in reader.pages:
        assert page.get("/Tabs") == "/S" or not page.get("/Annots")


def test_links_say_where_they_lead(reader: Any) -> None:
    notes = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    links = [note for note in notes if note.get("/Subtype") == "/Link"]
    assert len(links) > 200
    assert all("/StructParent" in link for link in links)
    assert all(str(link.get("/Contents", "")) for link in links)


def test_all_text_can_be_read_out(reader: Any) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all("/ToUnicode" in font for font in fonts.values())
    assert all("IBMPlexSans" in name for name in fonts)


@pytest.mark.skipif(not shutil.which("verapdf"), reason="verapdf is not on the PATH")
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_finds_nothing(built: Checkout, flavour: str) -> None:
    program = shutil.which("verapdf")
    assert program
    path = str(built.root / "build/kunnskapsgrunnlag.pdf")
    done = subprocess.run(
        [program, "--flavour", flavour, "--format", "text", path],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.stdout.startswith("PASS"), done.stdout + done.stderr
