"""The search index: words of every section and item of the site, for assets/site/sok.js.

The index is a script and not JSON, since a page opened from a folder may load the one and not the
other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kunnskapsgrunnlag.base.html_tree import Element, classes_of, read_html, words_in

# Tags whose words belong to no reading of the text.
SILENT = {"script", "style", "nav", "svg", "head", "template", "summary", "sup"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}
HEADINGS = {"h1", "h2", "h3", "h4"}
WORD = re.compile(r"[0-9a-zæøå]+")
# Letters that keyboards abroad lack; the script reads the question in the same way.
ALIKE = str.maketrans({"ü": "u", "é": "e", "è": "e", "ê": "e", "ö": "ø", "ä": "æ"})
TITLE_WEIGHT, LABEL_WEIGHT = 6, 8


@dataclass
class Section:
    """A part of the site that a hit leads to.

    Attributes:
        number: `Figur 26` for items, else the heading's number or "".
    """

    number: str
    title: str
    link: str
    place: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its running text, spaces made one."""
        return " ".join("".join(self.words).split())


class _Sections:
    """Cuts a page into sections at its headings and at its items."""

    def __init__(self, path: str, place: str, items: Mapping[str, tuple[str, str]]) -> None:
        self.path, self.place, self.items = path, place, items
        self.sections: list[Section] = []
        self._at: Section | None = None
        self._id = ""

    def read(self, element: Element) -> None:
        if not isinstance(element.tag, str) or _is_silent(element):
            return
        identifier, before = element.get("id", ""), self._at
        is_item = element.tag == "figure" and identifier in self.items
        if element.tag == "section":
            self._id = identifier
        if element.tag in HEADINGS and not any(element.iterancestors("figure")):
            # The embedded engine gives the id to the section, Quarto to either.
            title = " ".join("".join(words_in(element, _is_silent)).split())
            self._open("", title or self.place, identifier or self._id)
            return
        if is_item:
            self._open(*self.items[identifier], identifier)
        self._add(element.text)
        for child in element:
            self.read(child)
            self._add(child.tail)
        self._add("" if element.tag in INLINE else " ")
        if is_item:
            self._at = before

    def _open(self, number: str, title: str, identifier: str) -> None:
        link = f"{self.path}#{identifier}".removesuffix("#")
        self._at = Section(number, title, link, self.place)
        self.sections.append(self._at)

    def _add(self, words: str | None) -> None:
        if self._at and words:
            self._at.words.append(words)


def _is_silent(element: Element) -> bool:
    # A line that is hidden from screen readers says how to use the page, not what it says. The
    # finding of an item is the title of its section, and a tick is no word.
    return (
        element.tag in SILENT
        or (element.tag == "p" and element.get("aria-hidden") == "true")
        or not {"kg-funn", "kg-holder"}.isdisjoint(classes_of(element))
    )


def sections_of(
    html: str, path: str, place: str, items: Mapping[str, tuple[str, str]]
) -> list[Section]:
    """The sections of a page.

    Args:
        items: Id -> number and title of the items, which become sections of their own.
    """
    tree = read_html(html)
    reader = _Sections(path, place, items)
    reader.read(next(tree.iter("main"), tree))
    return reader.sections


def words_of(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).lower().translate(ALIKE))


def index(sections: Iterable[Section]) -> dict[str, Any]:
    """What the script searches: pages, and word -> page, weight, page, weight and so on."""
    pages: list[dict[str, str]] = []
    words: dict[str, list[int]] = {}
    for at, section in enumerate(sections):
        weights = Counter(words_of(section.text))
        for word in words_of(section.title):
            weights[word] += TITLE_WEIGHT
        for word in words_of(section.number):
            weights[word] += LABEL_WEIGHT
        for word, weight in sorted(weights.items()):
            words.setdefault(word, []).extend((at, weight))
        pages.append(
            {
                "nr": section.number,
                "tittel": section.title,
                "lenke": section.link,
                "sted": section.place,
                "tekst": section.text,
            }
        )
    return {"sider": pages, "ord": dict(sorted(words.items()))}


def as_script(content: Mapping[str, object]) -> bytes:
    return f"window.KG_SOK={script_json(content)};\n".encode()


def script_json(content: Mapping[str, object]) -> str:
    """JSON in a script; a text in it can never end the script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")
