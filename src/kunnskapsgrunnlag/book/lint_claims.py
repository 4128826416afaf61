"""The lint on claims: sentences, and numbers in words, that nothing tests."""

from __future__ import annotations

import re

from kunnskapsgrunnlag.book import lint_words as forms
from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.prose import CLAIM, FIXED, NO_DATA


def claim_problems(here: Linted) -> Problems:
    """Each claim of a sentence that no mark answers for."""
    yield from _typed_number_words(here)
    if _is_about_data(here):
        yield from _bare_claims(here)


def _typed_number_words(here: Linted) -> Problems:
    if here.sentence.is_footnote:
        return
    for match in forms.NUMBER_WORDS.finditer(here.text):
        if not _has_claim(here, match):
            why = (
                "et tall er skrevet med ord. La en påstand prøve det, "
                '[ordene]{.pastand sjekk="…"}, eller skriv {.fast grunn="…"}.'
            )
            yield "tall", here.at(match.start()), match[0], why


def _bare_claims(here: Linted) -> Problems:
    quoted = [match.span() for match in forms.QUOTED.finditer(here.text)]
    bare = [
        match
        for match in _claim_words(here)
        if not _has_claim(here, match)
        and not any(first < match.start() < last for first, last in quoted)
    ]
    if bare:
        phrases = (match[0].translate(_READABLE).strip() for match in bare)
        words = ", ".join(dict.fromkeys(phrases))
        why = (
            'påstår noe som ikke blir prøvd. Skriv [ordene]{.pastand sjekk="…"}, et ord som '
            'følger tallene, [navn]{.ord velg="…"}, eller {.ikke-data grunn="…"}.'
        )
        yield CLAIM, here.at(bare[0].start()), words, why


def _claim_words(here: Linted) -> list[re.Match[str]]:
    text = here.text
    matches = [*forms.FIRM_WORDS.finditer(text)]
    placed = forms.PLACES.search(text) is not None
    if _has_number(text) or placed or _names_item(here):
        matches += forms.LOOSE_WORDS.finditer(text)
    if _has_number(text):
        matches += forms.NUMBERED_WORDS.finditer(text)
    matches += [
        bound
        for bound in forms.BOUNDS.finditer(text)
        if placed or _has_number(text) or not here.over(here.at(bound.start("number")), FIXED)
    ]
    return _longest(matches)


def _longest(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without the words that lie in longer ones, in the order of the text."""
    kept: list[re.Match[str]] = []
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if not kept or match.end() > kept[-1].end():
            kept.append(match)
    return kept


_READABLE = {ord(sign): "…" for sign in forms.STAND_INS.values()}


def _has_claim(here: Linted, match: re.Match[str]) -> bool:
    """Whether the sentence has a word that follows the data, or a mark lies over these words."""
    # The typed number of a bound has a mark of its own, which does not stand for the bound.
    last = match.start() if "number" in match.groupdict() else match.end() - 1
    ends = (here.at(match.start()), here.at(last))
    marked = any(here.over(at, CLAIM, FIXED, NO_DATA) for at in ends)
    return marked or forms.WORD in here.text


def _is_about_data(here: Linted) -> bool:
    """Whether what it claims is claimed of the data.

    In a chapter that shows tables or figures every sentence is. Elsewhere it is one that has, or
    whose paragraph has, a number or year of the store, or that names a table or figure, a typed
    number with its reason, a share, an amount or a place. A heading or a footnote is about data
    only if it has a number or year of the store itself.
    """
    text = here.text
    if _has_number(text):
        return True
    if here.sentence.is_footnote or here.sentence.is_heading:
        return False
    return (
        here.prose.shows_items
        or _names_item(here)
        or any(forms.DIGITS.search(m.words) for m in here.within(FIXED))
        or any(pattern.search(text) for pattern in (forms.DATA_NOUNS, forms.PLACES))
        or any(_has_number(other.text) for other in here.paragraph)
    )


def _has_number(text: str) -> bool:
    return forms.NUMBER in text or forms.YEAR in text


def _names_item(here: Linted) -> bool:
    refs = here.within("ref")
    return any(m.words[:1].lower() + m.words[1:] in here.catalog.numbered for m in refs)
