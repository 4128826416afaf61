"""A finished page as one tree: its ids, links, prose, items, lists and trace rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kunnskapsgrunnlag.base.html_tree import Element, classes_of, read_html, words_in

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "figcaption", "blockquote", "pre", "summary", *HEADINGS}
)
# What is no part of a page's words: navigation, code, drawings, the numbers of headings and notes.
SILENT = frozenset({"script", "style", "nav", "template", "svg"})
SILENT_CLASSES = frozenset(
    {"kg-kapnr", "footnote-ref", "footnote-back", "kg-holder", "header-section-number"}
    # What the front page draws, or shows of other pages.
    | {"kg-gnist", "kg-utdrag"}
    # How the edition stands, which Quarto's pages have within their text.
    | {"kg-utgavelinje"}
)
WEB_ONLY = frozenset({"kg-veier", "kg-todelt"})
MARKS = {
    "kg-tall": "tall",
    "kg-aar": "aar",
    "kg-fast": "fast",
    "kg-ord": "ord",
    "kg-ref": "ref",
    # What is said after a claim that does not hold, in the PDF too.
    "kg-usann": "usann",
}
FIELDS = {
    "kg-funn": "finding",
    "kg-nr": "label",
    "kg-tittel": "title",
    "kg-under": "subtitle",
    "kg-kilde": "source",
}


@dataclass
class SeenPart:
    """Words of a block in one go: what they are marked as, where their link leads, which mark."""

    kind: str
    text: str
    href: str
    line: int
    mark: int = 0


@dataclass
class Block:
    """A paragraph, heading, cell or the like, outside items and lists.

    Attributes:
        in_print: Whether the PDF has it too; ways into the site lead nowhere on paper.
    """

    tag: str
    line: int
    in_print: bool
    parts: list[SeenPart] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass
class SeenCell:
    """A cell of an item's table."""

    text: str
    href: str
    line: int
    header: bool


@dataclass
class SeenItem:
    """A numbered item as it stands on a page; the drawing is its element, of lxml."""

    line: int
    words: dict[str, str] = field(default_factory=dict)
    rows: list[list[SeenCell]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    drawing: Element | None = None


class PageReader:
    """What a page holds; each part is read when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self._tree: Element = read_html(text)

    @cached_property
    def ids(self) -> list[str]:
        return [str(identifier) for identifier in self._tree.xpath("//@id")]

    @cached_property
    def links(self) -> list[str]:
        return [str(link) for link in self._tree.xpath("//@href|//@src") if link]

    @cached_property
    def lists(self) -> list[str]:
        """The words of each list that the project made, in the order of the page."""
        return [_words(element) for element in self._tree.find_class("kg-generert")]

    @cached_property
    def traces(self) -> dict[str, dict[str, str]]:
        """What is told of each number of a page of traces, by its anchor and heading."""
        return {
            trace.get("id", ""): {"Tall": _words(next(trace.iter("strong")))}
            | {_words(head): _words(head.getnext()) for head in trace.iter("dt")}
            for trace in self._tree.find_class("kg-spor")
        }

    @cached_property
    def numbers(self) -> list[tuple[str, str, int]]:
        """Where each number that leads to its trace leads, its words, and its line."""
        links = (link for link in self._tree.find_class("kg-tall") if link.tag == "a")
        return [(link.get("href", ""), _words(link), link.sourceline) for link in links]

    @cached_property
    def items(self) -> dict[str, SeenItem]:
        return {item.get("id", ""): _item(item) for item in self._tree.find_class("kg-item")}

    @cached_property
    def blocks(self) -> list[Block]:
        """The prose of `main` with the findings of items; not the rest of items, nor lists."""
        prose = _Prose()
        for main in self._tree.iter("main"):
            prose.read(main, SeenPart("", "", "", 0))
        return prose.blocks


class _Prose:
    """Collects the blocks of an element, and in them the words as they are marked."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._is_open, self._in_print = False, True
        self._marks = 0

    def read(self, element: Element, mark: SeenPart) -> None:
        if not isinstance(element.tag, str) or _is_silent(element):
            return
        classes = classes_of(element)
        if "kg-item" in classes or "kg-generert" in classes:
            # What an item shows is a sentence of the chapter.
            for finding in element.find_class("kg-funn"):
                self.read(finding, mark)
            return
        for name in filter(MARKS.__contains__, classes):
            self._marks += 1
            mark = SeenPart(MARKS[name], "", element.get("href", ""), 0, self._marks)
        if element.tag in BLOCKS:
            self._open(element.tag, element.sourceline)
        self._add(element.text, element.sourceline, mark)
        outer, self._in_print = self._in_print, self._in_print and not WEB_ONLY & set(classes)
        for child in element:
            self.read(child, mark)
            self._add(child.tail, child.sourceline, mark)
        self._in_print = outer
        if element.tag in BLOCKS:
            self._is_open = False

    def _open(self, tag: str, line: int) -> None:
        self.blocks.append(Block(tag, line, self._in_print))
        self._is_open = True

    def _add(self, text: str | None, line: int, mark: SeenPart) -> None:
        if not text or not (self._is_open or text.strip()):
            return
        if not self._is_open:
            self._open("", line)
        self.blocks[-1].parts.append(replace(mark, text=text, line=line))


def _item(item: Element) -> SeenItem:
    words = {name: "".join(map(_words, item.find_class(css))) for css, name in FIELDS.items()}
    rows = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in item.iter("tr")]
    links = [str(link) for link in item.xpath(".//@href")]
    return SeenItem(
        item.sourceline, words, rows, links, next(iter(item.xpath(".//*[@role='img']")), None)
    )


def _cell(cell: Element) -> SeenCell:
    links = [link.get("href", "") for link in cell.iter("a")]
    return SeenCell(_words(cell), links[-1] if links else "", cell.sourceline, cell.tag == "th")


def _words(element: Element) -> str:
    return "".join(words_in(element, _is_silent))


def _is_silent(element: Element) -> bool:
    return element.tag in SILENT or not SILENT_CLASSES.isdisjoint(classes_of(element))


def read_pages(site: Path) -> dict[str, PageReader]:
    return {
        path.relative_to(site).as_posix(): PageReader(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
