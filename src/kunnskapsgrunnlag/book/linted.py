"""A sentence of a chapter under the lints, with all that its words are held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.prose import Prose, Sentence
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.values import Store

# What a lint stops at: its rule, the place in the chapter, the words, and why.
Problems = Iterator[tuple[str, int, str, str]]


@dataclass(frozen=True)
class Linted:
    """One sentence of a chapter's prose."""

    sentence: Sentence
    prose: Prose
    store: Store
    catalog: Catalog
    claims: ClaimResults

    @property
    def text(self) -> str:
        return self.sentence.text

    def at(self, place: int) -> int:
        """Where a place of the sentence stands in the chapter."""
        return self.sentence.at[place]

    def within(self, *kinds: str) -> list[Mark]:
        """The marks of these kinds that the sentence holds or lies in, in order."""
        return self.prose.within(self.sentence, *kinds)

    def over(self, at: int, *kinds: str) -> list[Mark]:
        """The marks of these kinds that a place of the chapter lies in."""
        return self.prose.over(at, *kinds)

    @property
    def paragraph(self) -> list[Sentence]:
        """The sentences of its paragraph."""
        return [s for s in self.prose.sentences if s.block == self.sentence.block]
