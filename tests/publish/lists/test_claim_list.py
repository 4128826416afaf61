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
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.lists.claim_list import claim_list
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, claim_of

PLACE = ClaimPlace("chapters/kapittel-5.md", 3)
TEXT = read_text("kapittel-5", PLACE.file, 'Ifølge SSB [ble det flere]{.pastand kode="p0"}.\n')


@pytest.fixture
def book(catalog: Catalog) -> Book:
    return Book(ROOT, catalog, Store({}), [TEXT], ClaimResults())


def claimed(**more: Any) -> ClaimResult:
    return claim_of(**{"places": [PLACE]} | more)


def words_of(book: Book, *claims: ClaimResult, **words: WordResult) -> str:
    results = ClaimResults({f"p{at}": claim for at, claim in enumerate(claims)}, words)
    return "|".join(page_words(claim_list(results, book)))


def test_the_three_kinds_are_counted_apart_and_words_besides(book: Book) -> None:
    word = WordResult(words="Om det ble flere.", expression="", text="økte", places=[PLACE])
    kinds = (claimed(), claimed(), claimed(basis=ESTIMATES), claimed(basis=FITTED))
    told = words_of(book, *kinds, claimed(places=[]), retning=word)

    assert "Teksten har 4 påstander:" in told
    assert "2 er prøvd mot statistikk." in told
    assert "1 er prøvd mot anslag." in told
    assert "1 er ikke prøvd" in told
    assert "1 ord velges av tallene." in told
    assert "Alle som er prøvd, holder." in told


@pytest.mark.parametrize(("holds", "said"), [(False, "holder ikke"), (None, "kan ikke avgjøres")])
def test_a_claim_that_does_not_hold_is_told_with_its_words_and_numbers(
    book: Book, holds: bool | None, said: str
) -> None:
    made = claim_list(ClaimResults({"p0": claimed(holds=holds, because="1 < 2")}), book)
    told = "|".join(page_words(made))

    assert f"ble det flere|: {said} (1 < 2)" in told
    assert "chapters/kapittel-5.html#pastand-p0-tekst" in json.dumps(made)
