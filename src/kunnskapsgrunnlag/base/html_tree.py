"""HTML as a tree, and the words in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html

Element = Any  # of lxml, which has no types


def read_html(text: str) -> Element:
    return lxml.html.document_fromstring(text)


def words_in(element: Element, is_silent: Callable[[Element], bool]) -> Iterator[str]:
    """The words of an element and of what is in it, but for silent elements and comments."""
    if isinstance(element.tag, str) and not is_silent(element):
        yield element.text or ""
        for child in element:
            yield from words_in(child, is_silent)
            yield child.tail or ""


def classes_of(element: Element) -> list[str]:
    names: list[str] = element.get("class", "").split()
    return names
