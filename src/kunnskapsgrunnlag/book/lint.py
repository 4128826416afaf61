"""Lints of the chapters: sentences that would go stale, or say what nothing tests.

Nine rules, each told with file, line, the words, the reason and what to write: `tall` (a typed
number), `pastand` (a claim that no function tests), `aar` (a typed year that the data will leave
behind), `prosent` (per cent for percentage points, and the other way), `enhet` (a unit word that
is not the number's), `anslag` (an estimate that is not called one), `periode` (a fixed year that
is not the one of the table that its reason names), `utgave` (the edition's own name, typed) and
`ordlyd` (words of a claim that its expression does not say).
`docs/skrive-kapitler.md` tells them to those who write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.book import lint_words as forms
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.lint_claims import claim_problems
from kunnskapsgrunnlag.book.lint_estimates import estimate_problems
from kunnskapsgrunnlag.book.lint_periods import (
    edition_problems,
    fixed_year_problems,
    undated_problems,
)
from kunnskapsgrunnlag.book.lint_units import unit_problems
from kunnskapsgrunnlag.book.lint_years import year_problems
from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.marks import Mark, Text
from kunnskapsgrunnlag.book.prose import CLAIM, FIXED, Prose, Sentence
from kunnskapsgrunnlag.book.wording.lint import wording_problems
from kunnskapsgrunnlag.book.wording.word_tables import read_tables
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.numbers import CONSTANT
from kunnskapsgrunnlag.claims.tree import addresses, constants
from kunnskapsgrunnlag.store.values import Store


@dataclass(frozen=True, order=True)
class Finding:
    """One place that a lint stops at.

    Attributes:
        rule: tall, pastand, aar, prosent, enhet, anslag, periode, utgave or ordlyd.
        words: What was found.
        why: What is wrong with it, and what to write.
        column: Where in its line; 0 where a rule finds no single word.
    """

    file: str
    line: int
    rule: str
    words: str
    why: str
    column: int = 0

    def __str__(self) -> str:
        if self.column:
            return f"{self.file}:{self.line}:{self.column}: «{self.words}» {self.why}"
        return f"{self.file}:{self.line}: «{self.words}»: {self.why}"


def lint(
    texts: Sequence[Text],
    store: Store,
    catalog: Catalog,
    claims: ClaimResults,
    word_tables: Path | None = None,
    years: SentenceYears | None = None,
) -> list[Finding]:
    """Everything the lints find in the chapters, in the order of files and lines.

    Args:
        word_tables: The folder of the tables that the words of claims are read by; without it
            they are not held against their expressions.
        years: What `siste` and `første` stand for in each sentence, if that has been settled.
    """
    findings: set[Finding] = set()
    tables = read_tables(word_tables) if word_tables else None
    years = years or SentenceYears(store, texts, claims)
    # The words of a translation are held against its original: book/translation.py.
    for text in (text for text in texts if text.language == "nb"):
        prose = Prose(text)
        for sentence in prose.sentences:
            here = Linted(sentence, prose, store, catalog, claims)
            for rule, at, words, why in (problem for check in RULES for problem in check(here)):
                findings.add(Finding(text.file, prose.line(at), rule, words, why))
        wording = wording_problems(prose, store, catalog, claims, tables, years) if tables else ()
        for at, words, why in wording:
            line, column = prose.line(at), prose.column(at)
            findings.add(Finding(text.file, line, "ordlyd", words, why, column))
    order = {text.file: place for place, text in enumerate(texts)}
    return sorted(findings, key=lambda f: (order[f.file], f))


def _typed_numbers(here: Linted) -> Problems:
    spans = never_data(here.sentence)
    allowed = {place for _, first, last in spans for place in range(first, last)}
    references = {r.start(2): r for r in forms.TYPED_REFERENCE.finditer(here.text)}
    for place, number in _numbers(here.sentence):
        at = here.at(place)
        if place in allowed or here.over(at, FIXED) or is_tested_by_claim(here, at, number):
            continue
        reference = references.get(place)
        if reference:
            why = f"en henvisning er skrevet inn. Skriv [{_reference(reference)}]{{.ref}}."
            yield "tall", at, reference[0], why
        else:
            why = 'et tall er skrevet inn. Skriv [adressen]{.tall}, eller {.fast grunn="…"}.'
            yield "tall", at, number, why


def _numbers(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Place and words of each number; one that goes on behind a mark is a number of its own."""
    place = 0
    while match := forms.DIGITS.search(sentence.text, place):
        gaps = (
            at
            for at in range(match.start() + 1, match.end())
            if sentence.at[at] != sentence.at[at - 1] + 1
        )
        place = next(gaps, match.end())
        yield match.start(), sentence.text[match.start() : place].rstrip()


def _reference(typed: re.Match[str]) -> str:
    kind, number = typed[1], typed[2]
    if kind.lower() in ("tabell", "figur"):
        return f"{kind}-{number}"
    name = "kap-" if "." in number else "kapittel-"
    return (name.capitalize() if kind[0].isupper() else name) + number.replace(".", "-")


def never_data(sentence: Sentence) -> list[tuple[str, int, int]]:
    """The forms of a sentence that can never be data: name, start and end in its text."""
    spans = [
        (name, *match.span())
        for name, form in forms.NEVER_DATA.items()
        for match in form.finditer(sentence.text)
    ]
    return spans + [
        ("år", *span) for span in forms.years(sentence.text, everywhere=sentence.is_footnote)
    ]


def is_tested_by_claim(here: Linted, at: int, number: str) -> bool:
    """Whether the expression of a claim around the place has this number, and so tests it."""
    wanted = re.sub(r"[^\d,.]", "", number)
    return any(
        wanted == re.sub(r"[^\d,.]", "", tested)
        for mark in here.over(at, CLAIM)
        for tested in numbers_tested(mark, here.catalog)
    )


def numbers_tested(mark: Mark, catalog: Catalog) -> Iterator[str]:
    """The typed numbers of a claim's expression, and the constants that it names."""
    with suppress(KgError):
        claim = parse_claim(mark.expression)
        yield from (nb(one.value, one.decimals) for one in constants(claim))
        # «20 prosent mer» is 1,2 times as much.
        yield from (nb((one.value - 1) * 100) for one in constants(claim) if 1 < one.value < 2)
        for address in addresses(claim):
            constant = catalog.constants.get(address.constant)
            if address.item == CONSTANT and constant:
                yield nb(constant.value, constant.decimals)


RULES: tuple[Callable[[Linted], Problems], ...] = (
    *(_typed_numbers, claim_problems, year_problems, unit_problems),
    *(fixed_year_problems, undated_problems, edition_problems, estimate_problems),
)
