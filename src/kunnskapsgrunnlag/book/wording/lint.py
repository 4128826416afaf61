"""The lint on wording: the words of each claim's span held against its expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import ClaimResult, ClaimResults
from kunnskapsgrunnlag.book.lint_words import STAND_INS
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.prose import CLAIM, Prose
from kunnskapsgrunnlag.book.wording import word_tables as reading
from kunnskapsgrunnlag.book.wording.check import (
    NEVER_EXCUSED,
    UNKNOWN,
    WordProblem,
    check_around,
    check_wording,
)
from kunnskapsgrunnlag.book.wording.facts import Facts
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.store.values import Store

# What `unntak="…"` must be: a word of the span, and why it may stand.
EXCUSE = re.compile(r"\s*([^:]+?)\s*:\s*(\S.*)")


def wording_problems(
    prose: Prose,
    store: Store,
    catalog: Catalog,
    claims: ClaimResults,
    tables: reading.Tables,
    years: SentenceYears,
) -> Iterator[tuple[int, str, str]]:
    """Place, words and reason of what does not fit in the claims of a chapter."""
    for mark in prose.marks:
        result = claims.claims.get(mark.claim_name)
        if mark.kind == CLAIM and mark.expression and result:
            text, marks, places = marked_text(prose, mark, years)
            facts, span = facts_of(mark, result, store, catalog, tables), tables.read(text, marks)
            problems = check_wording(span, facts)
            for problem in _excused(mark, text, problems):
                yield places[problem.at], problem.words, _why(problem, mark, result)
            for words, why in check_around(span, *_around(prose, mark, tables), facts):
                yield mark.start, words, why


def _around(
    prose: Prose, mark: Mark, tables: reading.Tables
) -> tuple[list[reading.Token], list[reading.Token]]:
    """The words of the sentence before and behind a span."""
    signs = [
        (sign, at)
        for sentence in prose.sentences
        if sentence.start <= mark.end and sentence.end >= mark.start
        for sign, at in zip(sentence.text, sentence.at, strict=True)
    ]
    before = "".join(sign for sign, at in signs if at < mark.start)
    behind = "".join(sign for sign, at in signs if at >= mark.end)
    return tables.read(before), tables.read(behind)


def facts_of(
    mark: Mark, result: ClaimResult, store: Store, catalog: Catalog, tables: reading.Tables
) -> Facts:
    """What the expression of a mark says, with the numbers that it was judged by."""
    read = [store.values[address] for address in result.numbers]
    return Facts(parse_claim(mark.expression), catalog, tables, read, result.years)


def marked_text(
    prose: Prose, mark: Mark, years: SentenceYears
) -> tuple[str, list[reading.Mark], list[int]]:
    """The words of a span, the marks in it, and where each of its characters stands."""
    inside = [
        (sentence.text[n], at)
        for sentence in prose.sentences
        for n, at in enumerate(sentence.at)
        if mark.start <= at < mark.end
    ]
    starts = {own.start: own for own in prose.marks}
    marks = [_mark(starts[at], years) for sign, at in inside if sign in STAND_INS.values()]
    places = [at for _, at in inside] or [mark.start]
    return "".join(sign for sign, _ in inside), marks, places


def _mark(mark: Mark, years: SentenceYears) -> reading.Mark:
    words = mark.words.strip()
    value = year = None
    # A mark that stands for nothing is told by the chapters' own check.
    with suppress(KgError):
        value = years.value(mark) if mark.kind == "tall" else None
        year = years.year(mark) if mark.kind == "aar" else None
    return reading.Mark(mark.kind, words, value, year, bool(mark.attributes.pairs.get("vis")))


def _excused(mark: Mark, text: str, problems: list[WordProblem]) -> Iterator[WordProblem]:
    """The problems without the one that the span answers for; what is wrong with the answer."""
    written = mark.attributes.pairs.get("unntak")
    if not written:
        yield from problems
        return
    match = EXCUSE.fullmatch(written)
    word = match[1].lower() if match else ""
    answered = [p for p in problems if p.words.lower() == word]
    refused = ""
    if not match:
        refused = 'har ikke formen unntak="ordet: grunnen".'
    elif not re.search(rf"\b{re.escape(word)}\b", text.lower()):
        refused = "gjelder et ord som ikke står i setningen. Ta unntaket bort."
    elif not answered:
        refused = "trengs ikke: ordet passer uten. Ta unntaket bort."
    elif any(problem.kind in NEVER_EXCUSED for problem in answered):
        refused = "kan ikke stå: steder, år og tall har ingen unntak. Rett setningen."
    if refused:
        yield WordProblem("unntak", written, 0, refused)
    yield from (problem for problem in problems if refused or problem not in answered)


def _why(problem: WordProblem, mark: Mark, result: ClaimResult) -> str:
    """What is wrong, what the expression says, and what to do."""
    word = problem.words.lower()
    if problem.kind == "unntak":
        return problem.why
    if problem.kind == UNKNOWN:
        return f"{problem.why} kg ord opp {word}   eller   kg ord nøytral {word}"
    what = "ordet, uttrykket eller ordtabellen" if problem.is_question else "ordet eller uttrykket"
    meaning = f'Uttrykket sier: {result.words} Rett {what}, sjekk="{mark.expression}".'
    return f"{problem.why} {meaning}"
