"""The lint on estimates: a sentence that shows one, or rests on one, calls it an estimate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS, ClaimResults
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.prose import CLAIM, Prose, Sentence
from kunnskapsgrunnlag.store.values import Store

# What estimates were made to fulfil is known from the edition that said it.
EDITION = "2022-utgaven"
# «anslag», «anslagsvis», «anslår», «anslått», «estimert»
ESTIMATE_WORD = re.compile(r"\b(?:anslag|anslå|estimat|estimer)\w*", re.IGNORECASE)
WHY = "et anslag. Skriv det i setningen: «anslagsvis», «etter våre anslag», «vi anslår»."
FITTED_WHY = f"{WHY} Eller si hvem som vet det: «ifølge {EDITION}»."


@dataclass(frozen=True)
class Estimated:
    """What rests on estimates today: claims and words as they were judged, numbers by the store."""

    store: Store
    claims: ClaimResults

    def basis(self, mark: Mark) -> str:
        """What a number, a word or a claim rests on."""
        if mark.kind == CLAIM:
            claim = self.claims.claims.get(mark.claim_name)
            return claim.basis if claim else STATISTICS
        if mark.kind == "ord":
            word = self.claims.words.get(mark.claim_name)
            read = [self.store.values[address] for address in word.numbers] if word else []
            return ESTIMATES if any(value.is_estimate for value in read) else STATISTICS
        with suppress(KgError):
            return ESTIMATES if self.store.get(mark.words).is_estimate else STATISTICS
        return STATISTICS


def estimate_problems(
    prose: Prose, sentence: Sentence, estimated: Estimated
) -> Iterator[tuple[int, str, str]]:
    """Place, words and reason of the first estimate of a sentence that does not say so."""
    if ESTIMATE_WORD.search(sentence.text):
        return
    allowed = {STATISTICS, FITTED} if EDITION in sentence.text else {STATISTICS}
    for mark in prose.within(sentence, "tall", "ord", CLAIM):
        basis = estimated.basis(mark)
        if basis not in allowed:
            kind = "dette hviler på" if mark.kind == CLAIM else "dette er"
            why = FITTED_WHY if basis == FITTED else WHY
            yield max(mark.start, sentence.start), _short(mark.words), f"{kind} {why}"
            return


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
