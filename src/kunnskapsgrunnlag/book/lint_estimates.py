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
# «anslag», «anslagsvis», «vi anslår», «anslått», «estimert»
ESTIMATE_WORD = re.compile(
    r"\b(?:(?:anslag|anslått|estimat|estimer)\w*|vi anslår|anslår vi)\b", re.IGNORECASE
)
# Words before and after it that make it somebody else's, or none: «SSBs anslag», «ikke et anslag».
NOT_OURS = re.compile(
    r"\b(?:(?:ikke|uten|ingen)(?: (?:et|noe|vårt|våre))?"
    r"|(?!rapport|velferdsetat|modell|disse?s|oss\b)\w+s(?: egne?t?| nye)?) $",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(r" (?:fra|av|hos) (?:[A-ZÆØÅ]|regjeringen|departementet|kommunen)")
# What it is an estimate of, where no number of the clause is: «anslagene over boligbehovet».
OF_SOMETHING = re.compile(r" (?:over|for|om|på|av|fra) (?![\d\ue000-\ue003])")
CLAUSE = re.compile(r"[,;:()–]")
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
    marks = prose.within(sentence, "tall", "ord", CLAIM)
    estimates = [mark for mark in marks if estimated.basis(mark) != STATISTICS]
    words = ESTIMATE_WORD.finditer(sentence.text)
    if any(_is_ours(word, sentence, marks, estimates) for word in words):
        return
    allowed = {STATISTICS, FITTED} if EDITION in sentence.text else {STATISTICS}
    for mark in estimates:
        basis = estimated.basis(mark)
        if basis not in allowed:
            kind = "dette hviler på" if mark.kind == CLAIM else "dette er"
            why = FITTED_WHY if basis == FITTED else WHY
            yield max(mark.start, sentence.start), _short(mark.words), f"{kind} {why}"
            return


def _is_ours(
    word: re.Match[str], sentence: Sentence, marks: list[Mark], estimates: list[Mark]
) -> bool:
    """Whether a word for an estimate speaks of the estimates of its sentence.

    It does where it shares a clause with one; alone in a clause it must not say what else it is of.
    """
    before, after = sentence.text[: word.start()], sentence.text[word.end() :]
    if NOT_OURS.search(before) or OF_OTHERS.match(after):
        return False
    cuts = [0, *(cut.end() for cut in CLAUSE.finditer(sentence.text)), len(sentence.text) + 1]
    first = max(cut for cut in cuts if cut <= word.start())
    last = min(cut for cut in cuts if cut > word.start()) - 1
    beside = [m for m in marks if any(m.start <= at < m.end for at in sentence.at[first:last])]
    if any(mark in estimates for mark in beside):
        return True
    return not OF_SOMETHING.match(after) and all(mark.kind == CLAIM for mark in beside)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
