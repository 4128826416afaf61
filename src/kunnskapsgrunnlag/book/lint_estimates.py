"""The lint on estimates: a sentence that shows one, or rests on one, calls it an estimate."""

from __future__ import annotations

import re

from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS
from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.prose import CLAIM, Sentence

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
# An estimate of this report and of nobody else.
OURS = re.compile(
    r"\b(?:etter (?:(?:våre|rapportens) anslag|anslagene)|vi anslår|våre anslag)\b", re.IGNORECASE
)
# What it is an estimate of, where no number of the clause is: «anslagene over boligbehovet».
OF_SOMETHING = re.compile(r" (?:over|for|om|på|av|fra) (?![\d\ue000-\ue003])")
CLAUSE = re.compile(r"[,;:()–]")
WHY = "et anslag. Skriv det i setningen: «anslagsvis», «etter våre anslag», «vi anslår»."
LONGEST = 60
FITTED_WHY = f"{WHY} Eller si hvem som vet det: «ifølge {EDITION}»."


def estimate_problems(here: Linted) -> Problems:
    """The first estimate of a sentence that does not say so; an estimate that is none any more."""
    marks = here.within("tall", "ord", CLAIM)
    estimates = [mark for mark in marks if _basis(mark, here) != STATISTICS]
    if marks and not estimates and (ours := OURS.search(here.text)) and not _cites(here):
        why = "tallene i setningen er statistikk nå, og ikke anslag. Rett ordene."
        yield "anslag", here.at(ours.start()), ours[0], why
    words = ESTIMATE_WORD.finditer(here.text)
    if any(_is_ours(word, here.sentence, marks, estimates) for word in words):
        return
    allowed = {STATISTICS, FITTED} if EDITION in here.text else {STATISTICS}
    for mark in estimates:
        basis = _basis(mark, here)
        if basis not in allowed:
            kind = "dette hviler på" if mark.kind == CLAIM else "dette er"
            why = FITTED_WHY if basis == FITTED else WHY
            shown = mark.words if len(mark.words) <= LONGEST else f"{mark.words[: LONGEST - 3]}…"
            yield "anslag", max(mark.start, here.sentence.start), shown, f"{kind} {why}"
            return


def _cites(here: Linted) -> bool:
    """Whether the sentence refers to an item that has estimates."""
    cited = {mark.words.strip().lower() for mark in here.within("ref")}
    return any(value.item in cited and value.is_estimate for value in here.store.values.values())


def _basis(mark: Mark, here: Linted) -> str:
    """What a number, a word or a claim rests on today."""
    if mark.kind == CLAIM:
        claim = here.claims.claims.get(mark.claim_name)
        return claim.basis if claim else STATISTICS
    read = [here.store.find(mark.words)]
    if mark.kind == "ord":
        word = here.claims.words.get(mark.claim_name)
        read = [here.store.values[address] for address in word.numbers] if word else []
    return ESTIMATES if any(value and value.is_estimate for value in read) else STATISTICS


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
