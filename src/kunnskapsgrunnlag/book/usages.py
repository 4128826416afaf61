"""Which places of the text rest on a number: the number itself, the claims and the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kunnskapsgrunnlag.book.claim_results import ClaimResult, ClaimResults, WordResult
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.store.values import Store


@dataclass(frozen=True)
class Use:
    """A place that rests on a number.

    Attributes:
        kind: tall (the number stands there), pastand (a claim) or ord (a word the data chose).
        name: Of the claim or word; empty for a number.
        file, line: Where; an empty file is a claim that stands in no chapter yet.
        heading: The id of the heading above; empty before the first.
    """

    kind: str
    name: str
    file: str
    line: int
    heading: str


def uses_of(store: Store, texts: Iterable[Text], claims: ClaimResults) -> dict[str, list[Use]]:
    """Address -> the numbers of the text, claims and words that rest on it, in the book's order."""
    by_file = {text.file: text for text in texts}
    years = SentenceYears(store, list(by_file.values()), claims)
    by_address: dict[str, list[Use]] = {}
    for text in by_file.values():
        for mark in text.marks:
            if mark.kind == "tall" and not years.is_lost(mark):
                use = Use("tall", "", mark.file, mark.line, _heading(text, mark.line))
                by_address.setdefault(years.address(mark), []).append(use)
    judged: list[tuple[str, str, ClaimResult | WordResult]] = [
        *(("pastand", *pair) for pair in claims.claims.items()),
        *(("ord", *pair) for pair in claims.words.items()),
    ]
    for kind, name, result in judged:
        uses = [
            Use(kind, name, p.file, p.line, _heading(by_file[p.file], p.line))
            for p in result.places
        ] or [Use(kind, name, "", 0, "")]
        for address in result.numbers:
            by_address.setdefault(address, []).extend(uses)
    return by_address


def _heading(text: Text, line: int) -> str:
    return next((h.id for h in reversed(text.headings) if h.line <= line), "")
