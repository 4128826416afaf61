"""A finished page, read once: its ids, links, prose, items, lists and trace rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from kunnskapsgrunnlag.check.parts import Block, SeenCell, SeenItem, SeenPart

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "figcaption", "blockquote", "pre", "summary", *HEADINGS}
)
# What is no part of a page's words: navigation, code, the numbers of headings and notes.
SILENT = frozenset({"script", "style", "nav", "template"})
SILENT_CLASSES = frozenset(
    {"kg-kapnr", "footnote-ref", "footnote-back", "kg-holder", "header-section-number"}
)
MARKS = {
    "kg-tall": "tall",
    "kg-aar": "aar",
    "kg-fast": "fast",
    "kg-ord": "ord",
    "kg-ref": "ref",
    # What is said after a claim that does not hold, in the PDF too.
    "kg-usann": "usann",
}
FIELDS = {"kg-nr": "label", "kg-tittel": "title", "kg-under": "subtitle", "kg-kilde": "source"}
# Pages that no engine touches: their ids, links and rows can be read the quick way.
OURS = ("kontrollark/", "sporing/")
ROW = re.compile(r'<tr id="([^"]*)">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(r"""\s(id|href|src)="([^"]*)\"""")
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


@dataclass
class _Open:
    """An element that has not ended yet, and what its words are."""

    tag: str
    role: str = ""
    name: str = ""
    href: str = ""


class PageReader(HTMLParser):
    """What a page holds.

    Attributes:
        ids, links: Every id and every href or src.
        blocks: The prose of `main`.
        items: Numbered items by their id.
        lists: The words of each list that the project made, in the order of the page.
        rows: Rows of tables that have an id (the traces): the words of each cell.
    """

    def __init__(self, text: str, *, words: bool = True) -> None:
        """Read a page; its drawings are kept as text and not looked into.

        Args:
            text: The page.
            words: False for a page without prose, of which ids, links and rows are wanted.
        """
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.blocks: list[Block] = []
        self.items: dict[str, SeenItem] = {}
        self.lists: list[str] = []
        self.rows: dict[str, list[str]] = {}
        self._open: list[_Open] = []
        self._depth = dict.fromkeys(("main", "silent", "item", "list"), 0)
        self._item: SeenItem | None = None
        self._block: Block | None = None
        self._drawings: list[str] = []
        self.raw = text
        plain = DRAWING.sub(self._set_aside, text)
        if words:
            self.feed(plain)
            return
        for name, value in ATTRIBUTE.findall(plain):
            (self.ids if name == "id" else self.links).append(unescape(value))
        for identifier, row in ROW.findall(plain):
            cells = CELL.split(row)[:-1]
            self.rows[unescape(identifier)] = [unescape(TAG.sub("", cell)) for cell in cells]

    def _set_aside(self, found: re.Match[str]) -> str:
        """A drawing's many paths would cost more than the rest of the page."""
        self._drawings.append(found[0])
        lines = "\n" * found[0].count("\n")
        return f'<img data-drawing="{len(self._drawings) - 1}"{lines}>'

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and links, and what the words that follow belong to."""
        attributes = {name: value or "" for name, value in attrs}
        if identifier := attributes.get("id"):
            self.ids.append(identifier)
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name)]
        if self._item and "href" in attributes:
            self._item.links.append(attributes["href"])
        if self._item and "data-drawing" in attributes:
            self._item.drawing = self._drawings[int(attributes["data-drawing"])]
        if tag in VOID:
            return
        opened = _Open(tag, *self._role(tag, attributes), href=attributes.get("href", ""))
        self._open.append(opened)
        if opened.role in self._depth:
            self._depth[opened.role] += 1
        self._begin(tag, attributes)

    def _role(self, tag: str, attributes: dict[str, str]) -> tuple[str, str]:
        classes = attributes.get("class", "").split()
        if tag in SILENT or not SILENT_CLASSES.isdisjoint(classes):
            return "silent", ""
        if tag == "main":
            return "main", ""
        if "kg-item" in classes:
            return "item", attributes.get("id", "")
        if "kg-generert" in classes:
            return "list", ""
        for name in classes:
            if name in MARKS:
                return "mark", MARKS[name]
            if name in FIELDS:
                return "field", FIELDS[name]
        return "", ""

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        opened, line = self._open[-1], self.getpos()[0]
        if opened.role == "item":
            self._item = self.items[opened.name] = SeenItem(line)
        elif opened.role == "list":
            self.lists.append("")
        if self._item:
            if tag == "tr":
                self._item.rows.append([])
            elif tag in ("td", "th") and self._item.rows:
                self._item.rows[-1].append(SeenCell("", "", line, tag == "th"))
            elif tag == "a" and self._cell:
                self._cell.href = attributes.get("href", "")
        elif tag in BLOCKS and self._in_prose:
            self._block = Block(tag, line)
            self.blocks.append(self._block)

    @property
    def _in_prose(self) -> bool:
        at = self._depth
        return bool(at["main"]) and not (at["silent"] or at["item"] or at["list"])

    @property
    def _cell(self) -> SeenCell | None:
        inside = any(o.tag in ("td", "th") for o in reversed(self._open))
        rows = self._item.rows if self._item else []
        return rows[-1][-1] if inside and rows and rows[-1] else None

    def handle_endtag(self, tag: str) -> None:
        """Close the element and what was left open in it."""
        if not any(opened.tag == tag for opened in self._open):
            return
        while self._open:
            closed = self._open.pop()
            if closed.role in self._depth:
                self._depth[closed.role] -= 1
            if closed.role == "item":
                self._item = None
            if closed.tag in BLOCKS:
                self._block = None
            if closed.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Give the words to what they belong to."""
        if self._depth["silent"]:
            return
        if self._item:
            self._item_words(data)
        elif self._depth["list"]:
            self.lists[-1] += data
        elif self._in_prose and (self._block or data.strip()):
            self._prose(data)

    def _item_words(self, data: str) -> None:
        assert self._item
        if cell := self._cell:
            cell.text += data
            return
        for opened in reversed(self._open):
            if opened.role == "field":
                words = self._item.words
                words[opened.name] = words.get(opened.name, "") + data
                return

    def _prose(self, data: str) -> None:
        if self._block is None:
            self._block = Block("", self.getpos()[0])
            self.blocks.append(self._block)
        mark = next((o for o in reversed(self._open) if o.role == "mark"), None)
        kind, href = (mark.name, mark.href) if mark else ("", "")
        self._block.parts.append(SeenPart(kind, data, href, self.getpos()[0], id(mark)))


def read_pages(site: Path) -> dict[str, PageReader]:
    """All pages of a site by their path in it."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        text = path.read_text(encoding="utf-8")
        pages[name] = PageReader(text, words=not name.startswith(OURS))
    return pages
