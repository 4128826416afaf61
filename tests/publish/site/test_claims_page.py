"""The reviewers' page of claims."""

import re
from dataclasses import replace

from kunnskapsgrunnlag.book.claim_results import ClaimResult, WordResult
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.site.claims_page import Entry, _number
from tests.checkout import Checkout
from tests.conftest import claim_of

PAGE = "build/site/kontroll/pastander.html"


def entry(result: ClaimResult | WordResult, state: str, attributes: str = "") -> Entry:
    mark = read_text("a", "a.md", f"[Det øker.]{{.pastand {attributes}}}").marks[0]
    return Entry("pastand-a", state, result, mark)


def test_a_claim_tells_verdict_test_numbers_and_what_would_turn_it() -> None:
    claim = claim_of(turns="når 2020 er 1 eller lavere", years={"tabell-6": {"siste": 2025}})
    assert entry(claim, "statistikk").rows == {
        "Dom": "✓ holder",
        "Prøvd": "Det ble flere.",
        "Tallene": "2 > 1",
        "Usann": "når 2020 er 1 eller lavere",
        "År": "siste i tabell 6 er 2025",
    }


def test_a_claim_tells_what_estimates_were_made_of_and_what_is_excused() -> None:
    given = entry(claim_of(), "tilpasset", 'gitt="tabell-13-02" unntak="rundt: avrundet i kilden"')
    assert given.rows["Dom"] == "ikke prøvd: en forutsetning som anslagene er laget etter"
    assert given.rows["Unntak"] == "rundt: avrundet i kilden"
    assert given.kind == "Forutsetning"
    assert given.written["Gitt"] == "tabell-13-02"


def test_a_claim_that_does_not_hold_or_cannot_be_judged_says_so() -> None:
    assert entry(claim_of(holds=False), "usann").rows["Dom"] == "holder ikke"
    assert entry(claim_of(holds=None), "usann").rows["Dom"] == "kan ikke avgjøres"


def test_a_word_tells_what_the_numbers_chose_and_some_of_them() -> None:
    word = entry(WordResult(words="Om.", expression="", text="økte"), "ord")
    rows = replace(word, numbers=[f"Andel, {year}" for year in range(2016, 2021)]).rows
    assert rows["Dom"] == "tallene velger «økte»"
    assert rows["Tallene"] == "Andel, 2016; Andel, 2017; Andel, 2018 … og 2 til"


def test_a_number_is_named_in_words(catalog: Catalog) -> None:
    words = _number(catalog, "figur-38/husholdninger/gamle-oslo/2024")
    assert words == "Husholdninger med boligbehov, Gamle Oslo, 2024 (figur 38)"


def test_every_claim_and_word_of_the_text_is_on_the_page_once(built: Checkout) -> None:
    results = built.json("build/claims.json")
    wanted = [
        *(f"pastand-{name}" for name, claim in results["claims"].items() if claim["places"]),
        *(f"ord-{name}" for name, word in results["words"].items() if word["places"]),
    ]
    page = built.read(PAGE)
    assert sorted(re.findall(r'id="((?:pastand|ord)-[^"]+)"', page)) == sorted(wanted)


def test_the_sentence_stands_whole_with_its_tested_words_marked(built: Checkout) -> None:
    page = built.read(PAGE)
    assert re.search(r"<a [^>]+>[^<]+<strong>[^<]+</strong>[^<]*</a></h3>", page)
    assert "{." not in page
    # Keys and expressions stand only where it is told how the claim is written.
    seen = re.sub(r"<details.*?</details>|<[^>]+>", " ", page.partition("<main")[2], flags=re.S)
    keys = re.findall(r"\b(?:figur|tabell|kapittel)-\d+\b|\b[a-zæøå]+_[a-zæøå]+\b", seen)
    assert keys == []
    assert "](" not in page
