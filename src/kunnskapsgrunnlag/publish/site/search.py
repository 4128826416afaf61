"""What the search of the site knows: its pages, part by part, and its numbers, for sok.js.

Every page that is written before the index is in it; a kind of page needs a line in `KINDS` only to
be a group of its own among the hits. The index is a script and not JSON, since a page opened from a
folder may load the one and not the other, and compressed, since such a folder is not.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path

from kunnskapsgrunnlag.base.html_tree import Element, classes_of, read_html, words_in
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import read_model

ITEMS, BYDELER, CHAPTERS, LISTS, OTHER = (
    "Figurer og tabeller",
    "Bydeler",
    "Kapitler",
    "Rettelser og påstander",
    "Annet",
)
# The first part of a path that fits says what a page is.
KINDS = {
    "figurer/": ITEMS,
    "tabeller/": ITEMS,
    "bydeler/": BYDELER,
    "kontroll/": LISTS,
    "chapters/rettelser": LISTS,
    "chapters/pastander": LISTS,
    "chapters/english": OTHER,
    "chapters/kilder": OTHER,
    "chapters/nytt": OTHER,
    "chapters/referanser": OTHER,
    "chapters/": CHAPTERS,
}
# A page of one subject is one hit; others are cut at their headings.
WHOLE = {ITEMS, BYDELER}
# Machinery behind the numbers, older editions, and the search itself.
LEFT_OUT = re.compile(r"(kontrollark|sporing|utgaver)/|sok\.html$")
# Pages that repeat sentences and titles of others: only what they are is found.
REPEATING = ("kontroll/", "figurer-og-tabeller.html", "bydeler.html")
# Tags and classes whose words belong to no reading of the text: a tick is no word, and of an item
# the finding is the title already.
SILENT = {"button", "form", "head", "nav", "script", "style", "summary", "sup", "svg", "template"}
SILENT_CLASSES = {"kg-fakta", "kg-funn", "kg-handlinger", "kg-holder", "kg-last", "footnote-back"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}
HEADINGS = {"h1", "h2", "h3", "h4"}
# Not the hard spaces within a number.
SPACES = re.compile(r"[ \t\r\n]+")
SOFT_THOUSANDS = re.compile(r"(?<=\d) (?=000\b)")


class Unanswered(StrictModel):
    """A question that the report does not answer, known by words that all must be asked for."""

    ord: list[list[str]]
    svar: str
    tittel: str
    lenke: str


class Words(StrictModel):
    """What assets/site/sokeord.yaml declares, in the words of that file."""

    likeord: list[list[str]]
    fyllord: str
    om_rettelser: str
    ubesvart: list[Unanswered]


@dataclass
class Section:
    """A part of the site that a hit leads to.

    Attributes:
        number: `Figur 26` for items, and the name of a bydel; else "".
        under: What an item measures, where and when.
        place: The page that it stands on.
    """

    kind: str
    number: str
    title: str
    under: str
    link: str
    place: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its running text, spaces made one."""
        return hard_spaces("".join(self.words))

    @property
    def row(self) -> list[str]:
        """As the script reads it."""
        return [self.kind, self.number, self.title, self.under, self.link, self.place, self.text]


@dataclass(frozen=True)
class Number:
    """A number of the value store.

    Attributes:
        words: The number and its unit.
        label: What it is of: measure, place, group, year.
        anchor: Its id on the page of its item's traces.
        at_hand: Whether it stands in the table of its item's page.
    """

    words: str
    label: str
    anchor: str
    at_hand: bool
    is_estimate: bool


def sections_of_site(site: Path, items: Mapping[str, tuple[str, str]]) -> Iterator[Section]:
    """Every page that can be found, in the order of the kinds.

    Args:
        items: Path of an item's page -> its number, and what it measures.
    """
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    kept = [path for path in paths if not LEFT_OUT.match(path)]
    for path in sorted(kept, key=lambda p: (list(KINDS.values()).index(kind_of(p)), p)):
        html = (site / path).read_text(encoding="utf-8")
        yield from sections_of(html, path, *items.get(path, ("", "")))


def kind_of(path: str) -> str:
    return next((kind for start, kind in KINDS.items() if path.startswith(start)), OTHER)


def sections_of(html: str, path: str, number: str = "", under: str = "") -> list[Section]:
    """The sections of a page; none if it is a page to be framed by others."""
    tree = read_html(html)
    main = next(tree.iter("main"), None)
    if main is None:
        return []
    # A page that is left out of other searches is left out of this one.
    if tree.xpath("//meta[@name='robots' and contains(@content, 'noindex')]"):
        return []
    if kind_of(path) == BYDELER:
        # What the trail calls the page, whose heading is a finding.
        number = "".join(main.xpath(".//*[@aria-current='page']/text()"))
    reader = _Sections(path, number, under)
    reader.read(main)
    # A heading that only holds others is no place to be led to, but for that of the page.
    return [s for at, s in enumerate(reader.sections) if at == 0 or s.text]


class _Sections:
    """Cuts a page into sections at its headings; items have pages of their own."""

    def __init__(self, path: str, number: str, under: str) -> None:
        self.path, self.kind = path, kind_of(path)
        self.number, self.under = number, hard_spaces(under)
        self.is_whole = self.kind in WHOLE or path.startswith(REPEATING)
        self.sections: list[Section] = []
        self._id = ""

    def read(self, element: Element) -> None:
        if not isinstance(element.tag, str) or _is_silent(element):
            return
        if element.tag == "section":
            self._id = element.get("id", "")
            if element.get("role") == "doc-endnotes":
                self._open("Noter", self._id, OTHER)
        if element.tag == "figure" and self.kind not in WHOLE:
            return
        if element.tag in HEADINGS and not (self.sections and self.is_whole):
            # The embedded engine gives the id to the section, Quarto to either.
            self._open(_words(element), element.get("id") or self._id)
            return
        self._add(element.text)
        for child in element:
            self.read(child)
            self._add(child.tail)
        self._add("" if element.tag in INLINE else " ")

    def _open(self, title: str, identifier: str, kind: str = "") -> None:
        place = self.sections[0].title if self.sections else title
        link = self.path if self.is_whole else f"{self.path}#{identifier}".removesuffix("#")
        section = Section(kind or self.kind, self.number, title, self.under, link, place)
        self.sections.append(section)

    def _add(self, words: str | None) -> None:
        if self.sections and words and not self.path.startswith(REPEATING):
            self.sections[-1].words.append(words)


def _words(element: Element) -> str:
    return hard_spaces("".join(words_in(element, _is_silent)))


def hard_spaces(text: str) -> str:
    """Spaces made one, and hard where they part thousands."""
    return SOFT_THOUSANDS.sub("\N{NO-BREAK SPACE}", SPACES.sub(" ", text).strip())


def _is_silent(element: Element) -> bool:
    # A line that is hidden from screen readers says how to use the page, not what it says.
    return (
        element.tag in SILENT
        or (element.tag == "p" and element.get("aria-hidden") == "true")
        or not SILENT_CLASSES.isdisjoint(classes_of(element))
    )


def read_words(path: Path) -> Words:
    """Synonyms and small words, as the file declares them."""
    return read_model(path.read_text(encoding="utf-8"), path.name, Words)[0]


def index(
    sections: Iterable[Section], numbers: Mapping[str, Collection[Number]], words: Words
) -> dict[str, object]:
    """What the script searches.

    Args:
        numbers: Path of an item's page -> the numbers of the item.
    """
    pages = list(sections)
    known = {section.link for section in pages}
    return {
        "sider": [section.row for section in pages],
        "tall": {path: [list(astuple(number)) for number in own] for path, own in numbers.items()},
        **words.model_dump(),
        # A place that this edition does not have is no answer.
        "ubesvart": [each.model_dump() for each in words.ubesvart if each.lenke in known],
    }


def as_script(content: Mapping[str, object]) -> bytes:
    """The index compressed, since its pages are as long as a book."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezed.compress(text.encode()) + squeezed.flush()
    return b'window.KG_SOK="' + base64.b64encode(packed) + b'";\n'
