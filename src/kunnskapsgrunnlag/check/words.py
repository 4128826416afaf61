"""Words and numbers in a form that a page, a drawing and a PDF can share."""

from __future__ import annotations

import re
import unicodedata

from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP, nb
from kunnskapsgrunnlag.catalog.schema import Item

# Hyphens, dashes and quotes come back from a PDF as whatever signs the engine's fonts give them.
LOST = re.compile(rf"[^\w,.{MINUS}]+")
NUMBER = re.compile(rf"{MINUS}?\d{{1,3}}(?:{NBSP}\d{{3}})+(?:,\d+)?|{MINUS}?\d+(?:,\d+)?")
DIGITS = re.compile(r"\d+")


def squeezed(text: str) -> str:
    """Words and numbers without what is between them: what a PDF and a page can share."""
    return LOST.sub("", unicodedata.normalize("NFKC", text))


def numbers_in(text: str) -> list[str]:
    return NUMBER.findall(text)


def declared_numbers(item: Item) -> set[str]:
    """Numbers that an item's entry in the catalogue names: titles, units, settings, breaks."""
    words = [item.title, item.subtitle, item.category_title, *(item.categories or {}).values()]
    words += [w for m in item.measures.values() for w in (m.title, m.unit, m.group or "")]
    words += [series_break.note for series_break in item.breaks]
    words += [_setting(value) for value in _flat(item.settings)]
    return {
        number
        for text in words
        for spelled in (text, text.replace(" ", NBSP))
        for number in numbers_in(spelled)
    }


def _setting(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return nb(value, len(repr(value).partition(".")[2]))


def _flat(setting: object) -> list[object]:
    if isinstance(setting, dict):
        return [leaf for value in setting.values() for leaf in _flat(value)]
    if isinstance(setting, list | tuple):
        return [leaf for value in setting for leaf in _flat(value)]
    return [setting]
