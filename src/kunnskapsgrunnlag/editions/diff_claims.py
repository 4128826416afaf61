"""Statements of the text in two editions: new, gone, written anew, or resting on other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kunnskapsgrunnlag.base.nb_numbers import MINUS, nb
from kunnskapsgrunnlag.editions.published import PublishedClaim, PublishedEdition

ADDED, DROPPED, WRITTEN, VERDICT, NUMBERS = "ny", "borte", "skrevet om", "ny dom", "nye tall"
SPAN = re.compile(r"\[([^\[\]]*)\]\{\.(\w+)([^}]*)\}")
LEFTOVERS = re.compile(r"\[\^[^\]]+\]|\]\([^)]*\)|[\[*_]")
DECIMALS = re.compile(r'desimaler="(\d)"')
# Words of a sentence: (is it in the old, is it in the new, the words).
Piece = tuple[bool, bool, str]


@dataclass(frozen=True)
class ClaimChange:
    """A tested statement in two editions; the sentences have their numbers filled in."""

    name: str
    state: str
    old: str
    new: str
    old_because: str = ""
    new_because: str = ""


def claim_changes(old: PublishedEdition, new: PublishedEdition) -> Iterator[ClaimChange]:
    """Every statement that readers do not meet as it was."""
    for name in dict.fromkeys([*new.claims, *old.claims]):
        before, now = old.claims.get(name), new.claims.get(name)
        state = _state(before, now)
        if state:
            yield ClaimChange(
                name,
                state,
                _filled(before, old),
                _filled(now, new),
                before.because if before else "",
                now.because if now else "",
            )


def _state(old: PublishedClaim | None, new: PublishedClaim | None) -> str:
    if old is None or new is None:
        return DROPPED if new is None else ADDED
    if old.sentences != new.sentences:
        return WRITTEN
    if old.holds != new.holds:
        return VERDICT
    return NUMBERS if old.because != new.because else ""


def _filled(claim: PublishedClaim | None, edition: PublishedEdition) -> str:
    return " ".join(fill(sentence, edition) for sentence in claim.sentences) if claim else ""


def fill(sentence: str, edition: PublishedEdition) -> str:
    """A sentence of the chapters as readers met it.

    Words that data chose are not kept of a released edition: an ellipsis stands for them.
    """

    def words(match: re.Match[str]) -> str:
        text, kind, attributes = match.groups()
        if kind == "tall":
            return _number(text, attributes, edition)
        if kind == "aar":
            return _year(text, edition)
        if kind == "ref":
            item = edition.items.get(text[:1].lower() + text[1:])
            return item.label if item else text.replace("-", " ")
        return "…" if kind == "ord" else text

    filled = SPAN.sub(words, sentence)
    return LEFTOVERS.sub("", SPAN.sub(words, filled)).replace("]", "")


def _number(address: str, attributes: str, edition: PublishedEdition) -> str:
    value = edition.values.get(_resolved(address, edition))
    if value is None:
        return "…"
    decimals = DECIMALS.search(attributes)
    text = nb(value.value, int(decimals[1])) if decimals and value.value is not None else value.text
    return text.removeprefix(MINUS) if 'fortegn="uten"' in attributes else text


def _resolved(address: str, edition: PublishedEdition) -> str:
    """The address with the year that «siste» or «første» stands for in this edition."""
    parts = address.split("/")
    at = next((n for n, part in enumerate(parts) if part in ("siste", "første")), None)
    if at is None:
        return address
    known = (other.split("/") for other in edition.values)
    years = [
        candidate[at]
        for candidate in known
        if len(candidate) == len(parts)
        and all(n == at or candidate[n] == parts[n] for n in range(len(candidate)))
    ]
    end = max if parts[at] == "siste" else min
    return "/".join([*parts[:at], end(years, default=parts[at]), *parts[at + 1 :]])


def _year(words: str, edition: PublishedEdition) -> str:
    key, _, word = words.partition("/")
    item = edition.items.get(key)
    if item is None or "year" not in item.dims:
        return "…"
    at = 2 + item.dims.index("year")
    years = [v.address.split("/")[at] for v in edition.values.values() if v.item == key]
    return (max if word == "siste" else min)(years, default="…")


def word_difference(old: str, new: str) -> list[Piece]:
    """Two sentences word by word, in reading order: kept, only in the old, only in the new."""
    before, now = old.split(" "), new.split(" ")
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((True, True, _joined(before[a:b])))
            continue
        if a < b:
            pieces.append((True, False, _joined(before[a:b])))
        if c < d:
            pieces.append((False, True, _joined(now[c:d])))
    return pieces


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)
