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
from html.parser import HTMLParser
from typing import Any

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
        link: Path within the site, with the id.
        place: The page that it stands on, in words.
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


class _Sections(HTMLParser):
    """Cuts a page into sections at its headings and at its items."""

    def __init__(self, path: str, place: str, items: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.path, self.place, self.items = path, place, items
        self.found: list[Section] = []
        self._stack: list[Section] = []
        self._silent: list[str] = []
        self._heading = ""
        self._section = ""
        self._figures: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        # A line that is hidden from screen readers says how to use the page, not what it says.
        if tag in SILENT or (tag == "p" and attributes.get("aria-hidden") == "true"):
            self._silent.append(tag)
        if tag == "section":
            self._section = attributes.get("id", "")
        if tag in HEADINGS and not self._figures:
            # The embedded engine gives the id to the section, Quarto to either.
            at = attributes.get("id") or self._section
            self._open(
                Section("", "", f"{self.path}#{at}" if at else self.path, self.place),
                replace_all=True,
            )
            self._heading = tag
        if tag == "figure":
            self._figures.append(attributes.get("id", "") in self.items)
            if self._figures[-1]:
                number, title = self.items[attributes["id"]]
                self._open(Section(number, title, f"{self.path}#{attributes['id']}", self.place))

    def _open(self, section: Section, *, replace_all: bool = False) -> None:
        if replace_all:
            self._stack.clear()
        self._stack.append(section)
        self.found.append(section)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        if tag == self._heading:
            self._heading = ""
        if tag not in INLINE and self._stack:
            self._stack[-1].words.append(" ")
        if tag == "figure" and self._figures and self._figures.pop():
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._silent or not self._stack:
            return
        if self._heading:
            self._stack[-1].title += data
        else:
            self._stack[-1].words.append(data)


def sections_of(
    html: str, path: str, place: str, items: Mapping[str, tuple[str, str]]
) -> list[Section]:
    """The sections of a page.

    Args:
        items: Id -> number and title of the items, which become sections of their own.
    """
    parser = _Sections(path, place, items)
    start = html.find("<main")
    parser.feed(html[start if start >= 0 else 0 : html.rfind("</main>") + 1 or len(html)])
    for section in parser.found:
        section.title = " ".join(section.title.split()) or place
    return parser.found


def words_of(text: str) -> list[str]:
    """The words of a text as the index has them."""
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
    """The index as a script that a page loads; a text in it can never end the script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.KG_SOK={text.replace('<', chr(92) + 'u003c')};\n".encode()
