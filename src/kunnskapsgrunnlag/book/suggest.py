"""Propose expressions for a sentence: those of the common forms that hold of its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations, product

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER, CITIES
from kunnskapsgrunnlag.book import lint_words as forms
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.prose import Prose, Sentence
from kunnskapsgrunnlag.claims.judge import judge
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.names import check_names
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.say import say_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR, Store

# So many proposals of a sentence at the most: the words decide which one it is.
MOST = 12
# A word of the sentence, and the form that it asks for first.
ASKED = {
    r"\b(?:høyest|størst|flest|mest|dyrest|topp)": "høyest",
    r"\b(?:lavest|minst|færrest|billigst|rimeligst)": "lavest",
    r"\b(?:øk|vokst|steg|stig|gikk opp)": "øker",
    r"\b(?:fall|falt|sank|synk|gikk ned|redusert)": "faller",
    r"\b(?:over|flere|mer|høyere|større)\b": "over",
    r"\b(?:under|færre|mindre|lavere)\b": "under",
}
SETS = {"bydeler": BYDELER, "byer": CITIES}


def suggest(
    texts: Iterable[Text], numbers: Callable[[], Numbers], place: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sentences of a line, each with expressions that hold and what they say.

    Args:
        numbers: What makes the numbers that an expression reads anew.
        place: `chapters/kapittel-5.md:190`.

    Raises:
        KgError: If there is no such file of the book, or no sentence on the line.
    """
    file, _, line = place.rpartition(":")
    text = next((text for text in texts if file and text.file.endswith(file)), None)
    if text is None or not line.isdigit():
        raise KgError(f"«{place}»: skriv fil og linje, som chapters/kapittel-5.md:190.")
    prose = Prose(text)
    own = [s for s in prose.sentences if int(line) in {prose.line(s.start), prose.line(s.end)}]
    if not own:
        raise KgError(f"{place}: her står ingen setning.")
    return [
        (sentence.text.translate(_SHOWN), _proposals(numbers, prose, sentence)) for sentence in own
    ]


_SHOWN = {ord(sign): "…" for sign in forms.STAND_INS.values()}


def _proposals(
    numbers: Callable[[], Numbers], prose: Prose, sentence: Sentence
) -> list[tuple[str, str]]:
    addresses = [mark.words.strip() for mark in prose.within(sentence, "tall")]
    numbers_typed = (match[0].strip(" \u00a0.,") for match in forms.DIGITS.finditer(sentence.text))
    limits = [number for number in numbers_typed if not YEAR.fullmatch(number)]
    holding = [
        (expression, said)
        for expression in dict.fromkeys(_candidates(addresses, limits, numbers().store))
        if (said := _said(expression, numbers()))
    ]
    asked = [form for word, form in ASKED.items() if re.search(word, sentence.text, re.I)]
    return sorted(holding, key=lambda pair: not any(form in pair[0] for form in asked))[:MOST]


def _candidates(addresses: list[str], limits: Iterable[str], store: Store) -> Iterator[str]:
    """Expressions of the common forms over the numbers that a sentence shows."""
    for address in addresses:
        if value := store.find(address):
            yield from _ranks(address, value)
            yield from _courses(address, value)
            for limit, relation in product(limits, ("over", "under", "nesten", "=")):
                yield f"{address} {relation} {limit}"
    for one, other in permutations(addresses, 2):
        for relation in ("klart over", "over", "under"):
            yield f"{one} {relation} {other}"


def _ranks(address: str, value: Value) -> Iterator[str]:
    for name, members in SETS.items():
        if value.region in members:
            many = _with(address, value.region, name)
            for form in ("høyest", "nest høyest", "lavest", "nest lavest"):
                yield f"{form}({many}) = {value.region}"
    if value.category and value.category not in BY_KEY:
        for form in ("høyest", "lavest"):
            yield f"{form}({_with(address, value.category, '*')}) = {value.category}"


def _courses(address: str, value: Value) -> Iterator[str]:
    if value.year is None:
        return
    end = "siste" if "siste" in address.split("/") else str(value.year)
    series = _with(address, end, f"første..{end}")
    for direction in ("øker", "faller"):
        yield f"{direction} hvert år({series})"
        yield f"{direction}({series})"
    for form in ("høyest", "lavest"):
        yield f"{form}({series}) = {end}"


def _with(address: str, part: str | None, other: str) -> str:
    return "/".join(other if own == part else own for own in address.split("/"))


def _said(expression: str, numbers: Numbers) -> str:
    """What a true expression says; nothing for one that does not hold."""
    try:
        claim = parse_claim(expression)
        check_names(claim, numbers.catalog)
        verdict, _ = judge(claim, numbers, {})
    except (KgError, ArithmeticError):
        return ""
    return say_claim(claim, numbers.catalog) if verdict.holds else ""
