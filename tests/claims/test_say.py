"""An expression in words, as reviewers read it."""

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.say import say_claim, say_word

CASES = {
    "høyest(tabell-14/personer/bydeler) = stovner": (
        "Stovner er høyest: Personer, alle bydelene (tabell 14)."
    ),
    "nest lavest(tabell-14/personer/bydeler) = ullern": (
        "Ullern er nest lavest: Personer, alle bydelene (tabell 14)."
    ),
    "blant 3 høyeste(tabell-14/personer/bydeler) = alna": (
        "Alna er blant de 3 høyeste: Personer, alle bydelene (tabell 14)."
    ),
    "faller hvert år(tabell-30/belop/2018..siste)": (
        "Brutto utbetalt, 2018–siste (tabell 30) faller hvert år."
    ),
    "ikke øker(tabell-30/belop/første..siste)": (
        "Det er ikke slik at Brutto utbetalt, første–siste (tabell 30) øker."
    ),
    "bare(tabell-17/andel/* over 10 prosent) = 0-19": (
        "Bare 0–19 år: Andel vanskeligstilte, alle (tabell 17) er over 10 prosent."
    ),
    "konstant/startlan-2011 langt over tabell-24/startlan_antall/2020": (
        "1 060 (startlån i Oslo, 2011) er langt over Antall, 2020 (tabell 24)."
    ),
    "tabell-12/(personer, husholdninger)/oslo/siste under 10 prosent og stabil("
    "tabell-12/personer/oslo/2015..2020)": (
        "Både personer og husholdninger, Oslo, siste (tabell 12) er under 10 prosent; Personer, "
        "Oslo, 2015–2020 (tabell 12) er stabil."
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_a_claim_in_words(catalog: Catalog, text: str) -> None:
    assert say_claim(parse_claim(text), catalog).replace("\u00a0", " ") == CASES[text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("navn(2 høyeste(tabell-14/personer/bydeler))",
         "De 2 høyeste: Personer, alle bydelene (tabell 14)."),
        ("antall(tabell-14/personer/bydeler over tabell-14/personer/oslo)",
         "Antall: Personer, alle bydelene (tabell 14) er over Personer, Oslo (tabell 14)."),
        ("retning(tabell-30/belop/første..siste, mer, mindre)",
         "Mer eller mindre: Brutto utbetalt, første–siste (tabell 30)."),
    ],
)  # fmt: skip
def test_a_word_in_words(catalog: Catalog, text: str, words: str) -> None:
    assert say_word(parse_word(text), catalog) == words
