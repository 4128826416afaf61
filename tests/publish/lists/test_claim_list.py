import json
from typing import Any

import pytest

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    ClaimPlace,
    ClaimResult,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.lists.claim_list import claim_list
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, page_words
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, claim_of

PLACE = ClaimPlace("chapters/kapittel-5.md", 3, "Det ble flere.")


@pytest.fixture
def book(catalog: Catalog) -> Book:
    return Book(ROOT, catalog, Store({}), [], ClaimResults())


def claimed(**more: Any) -> ClaimResult:
    return claim_of(**{"places": [PLACE]} | more)


def results_of(*claims: ClaimResult, **words: WordResult) -> ClaimResults:
    return ClaimResults({f"p{at}": claim for at, claim in enumerate(claims)}, words)


def in_print(blocks: list[Node]) -> str:
    return json.dumps(blocks[1], ensure_ascii=False)


def on_page(blocks: list[Node]) -> str:
    return "|".join(page_words(blocks))


def test_the_pdf_has_what_is_claimed_by_page_without_the_numbers(book: Book) -> None:
    made = in_print(claim_list(results_of(claimed()), book))
    assert "Teksten har 1 påstander: 1 prøvd mot statistikk, 0 mot anslag" in made
    assert "Alle holder. I tillegg velger tallene 0 ord." in made
    assert '"5 Hvem er vanskeligstilte på boligmarkedet? (1)"' in made
    assert '"Det ble flere."' in made
    assert "2 > 1" not in made


def test_a_false_claim_says_so_with_its_numbers_in_the_pdf(book: Book) -> None:
    made = in_print(claim_list(results_of(claimed(holds=False, because="1 < 2")), book))
    assert "1 av dem holder ikke." in made
    assert "HOLDER IKKE: Det ble flere. (1 < 2)" in made


def test_the_site_has_the_numbers_and_the_place(book: Book) -> None:
    table, _ = claim_list(results_of(claimed()), book)
    assert "|2 > 1|" in on_page([table])
    assert '["chapters/kapittel-5.html#pastand-p0-tekst", ""]' in json.dumps(table)


def test_what_stands_in_no_text_is_left_out(book: Book) -> None:
    made = claim_list(results_of(claimed(places=[])), book)
    assert on_page(made) == "Påstand|Resultat|Tallene|Sted"
    assert "Det ble flere" not in in_print(made)


def test_a_word_is_told_with_what_the_numbers_chose(book: Book) -> None:
    word = WordResult(
        words="Om det ble flere.",
        expression="retning(tabell-6/a/første..siste)",
        text="økte",
        numbers=["tabell-6/a", "tabell-6/b"],
        places=[PLACE],
    )
    made = claim_list(results_of(retning=word), book)

    assert "Om det ble flere: «økte»." in in_print(made)
    assert "2 tall i tabell 6" in on_page(made)


def test_the_three_kinds_are_told_apart(book: Book) -> None:
    held = results_of(claimed(), claimed(basis=ESTIMATES), claimed(basis=FITTED))
    made = claim_list(held, book)
    counts = "1 prøvd mot statistikk, 1 mot anslag, 1 lagt inn i anslagene og ikke prøvd"
    assert counts in in_print(made)
    for state in ("✓ holder", "≈ bygger på anslag", "ikke prøvd: lagt inn i anslagene"):
        assert state in on_page(made)
