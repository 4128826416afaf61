"""Judge the claims of the text and choose its words, each beside its sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimPlace,
    ClaimResult,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.book.marks import Mark, Text, check_read
from kunnskapsgrunnlag.book.years import REWRITE, SentenceYears
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.coded import coded_claim, coded_words
from kunnskapsgrunnlag.claims.judge import choose, judge
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.names import check_names
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Years
from kunnskapsgrunnlag.claims.say import say_claim, say_word
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

Result = TypeVar("Result", ClaimResult, WordResult)
Limits = Mapping[str, int]


def evaluate(store: Store, texts: Sequence[Text], catalog: Catalog) -> ClaimResults:
    """The state of every claim and word of the text, with its places.

    Raises:
        KgError: If an expression cannot be read, or a claim compares a number with itself; all of
            them, with file and line.
    """
    claims, words = _placed(texts, "pastand"), _placed(texts, "ord")
    # A translation makes the claims of its original, and is no other place of them.
    translated = {text.file for text in texts if text.language != "nb"}
    limits: dict[str, dict[str, int]] = {}

    def judged(mark: Mark) -> ClaimResult:
        return judge_mark(mark, Numbers(store, catalog), limits.get(mark.claim_name, {}))

    def chosen(mark: Mark) -> WordResult:
        return _chosen(mark, Numbers(store, catalog), limits.get(mark.claim_name, {}))

    while True:
        mistakes: list[str] = []
        results = ClaimResults(
            _each(claims, judged, mistakes, translated), _each(words, chosen, mistakes)
        )
        if mistakes:
            raise KgError("\n".join(mistakes))
        years = SentenceYears(store, texts, results)
        if not years.limits:
            return replace(results, other_years=[str(other) for other in years.others])
        # A sentence shows an earlier year than its claim was judged on: the claim follows it.
        limits |= years.limits


def _placed(texts: Iterable[Text], kind: str) -> dict[str, list[Mark]]:
    """Name -> the marks that carry the claim, or the word."""
    marks: dict[str, list[Mark]] = {}
    for mark in (mark for text in texts for mark in text.marks if mark.kind == kind):
        marks.setdefault(mark.claim_name, []).append(mark)
    return marks


def _each(
    placed: dict[str, list[Mark]],
    result_of: Callable[[Mark], Result],
    mistakes: list[str],
    left_out: Collection[str] = (),
) -> dict[str, Result]:
    """The result of each; what is wrong in one sentence does not hide the others."""
    results: dict[str, Result] = {}
    for name, marks in placed.items():
        own = [mark for mark in marks if mark.file not in left_out]
        places = [ClaimPlace(mark.file, mark.line, mark.words) for mark in own]
        try:
            results[name] = replace(result_of(marks[0]), places=places)
        except KgError as problem:
            mistakes += [f"{mark.file}:{mark.line}: {problem}" for mark in marks]
    return results


def judge_mark(mark: Mark, numbers: Numbers, limits: Limits) -> ClaimResult:
    """How the claim of a marked sentence is judged; it cannot be where a number is missing.

    Raises:
        KgError: If its expression cannot be read, or compares a number with itself.
    """
    ask, words = _question(mark, numbers)
    years: Years = {}
    try:
        verdict, years = ask(limits)
    except (KgError, ArithmeticError) as problem:
        verdict = Verdict(None, str(problem))
    _refuse_itself(verdict.numbers)
    return ClaimResult(
        expression=mark.expression,
        words=words,
        holds=verdict.holds,
        because=verdict.because,
        basis=_basis(mark, numbers),
        turns=verdict.turns,
        numbers=[value.address for value in verdict.numbers],
        years=years,
    )


def _question(
    mark: Mark, numbers: Numbers
) -> tuple[Callable[[Limits], tuple[Verdict, Years]], str]:
    """What judges the claim of a mark, and what it says."""
    pairs = mark.attributes.pairs
    if "kode" in pairs:
        function = coded_claim(pairs["kode"])
        return lambda limits: numbers.settle(lambda: function(numbers), limits), coded_words(
            function
        )
    check_read(mark)
    if not mark.expression:
        raise KgError('en .pastand uten sjekk prøver ingenting. Skriv {.pastand sjekk="…"}.')
    claim = parse_claim(mark.expression)
    check_names(claim, numbers.catalog)
    return lambda limits: judge(claim, numbers, limits), say_claim(claim, numbers.catalog)


def _basis(mark: Mark, numbers: Numbers) -> str:
    """What a claim that has read these numbers rests on."""
    if not any(numbers.store.values[address].is_estimate for address in numbers.read):
        return STATISTICS
    return FITTED if mark.attributes.pairs.get("gitt") else ESTIMATES


def _refuse_itself(numbers: Iterable[Value]) -> None:
    """Two measures that rest on just the same cells are one number: comparing them tests nothing.

    Raises:
        KgError: If a claim rests on two such numbers.
    """
    first_with: dict[tuple[str, ...], Value] = {}
    for value in numbers:
        other = first_with.setdefault((value.unit, *value.cells), value)
        same_measure = (other.item, other.measure) == (value.item, value.measure)
        if value.cells and not same_measure:
            raise KgError(
                f"påstanden sammenligner et tall med seg selv: {other.address} og {value.address} "
                f"er begge lest fra {', '.join(value.cells)}. Ta den bort, eller sammenlign med et "
                "tall fra en annen kilde."
            )


def _chosen(mark: Mark, numbers: Numbers, limits: Limits) -> WordResult:
    """The word that the numbers choose; where one is missing, the sentence must be rewritten.

    Raises:
        KgError: If the expression cannot be read.
    """
    if not mark.expression:
        raise KgError('et .ord uten velg viser ingenting. Skriv [økte]{.ord velg="retning(…)"}.')
    chosen = parse_word(mark.expression)
    check_names(chosen, numbers.catalog)
    says = say_word(chosen, numbers.catalog)
    try:
        word, years = choose(chosen, numbers, limits)
    except (KgError, ArithmeticError) as problem:
        return WordResult(expression=mark.expression, words=says, text=REWRITE, lacks=str(problem))
    return WordResult(
        expression=mark.expression,
        words=says,
        text=word.text[:1].upper() + word.text[1:] if mark.words[:1].isupper() else word.text,
        numbers=list(dict.fromkeys(value.address for value in word.numbers)),
        years=years,
    )
