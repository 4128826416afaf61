from typing import Any

import pytest

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.errata_checks import FOUND, Edition, found, read_edition
from kunnskapsgrunnlag.claims.registry import all_claims
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.table_block import Card, Entry, Group, Listing, Pieces
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.notes import Note
from kunnskapsgrunnlag.store.values import Record, Store, merge
from tests.conftest import ROOT, spaced

FOLDER = ROOT / "data" / "published" / "2022"
ERRATA = read_errata(FOLDER)
CARD = Card(
    "rettelse-e01",
    "E01",
    "Én < to",
    "Feil",
    [Entry("Kapittel 5. "), Entry("Tabell 6", link="x.html#tabell-6")],
    [("Det sto", [Entry("At 1 < 2.")])],
)


@pytest.fixture(scope="module")
def book(catalog: Catalog, real_records: dict[str, list[Record]]) -> Book:
    items = ((key, {"values": records, "cells": {}}) for key, records in real_records.items())
    return Book(ROOT, catalog, Store(merge(items)), read_chapters(ROOT, catalog), {})


@pytest.fixture(scope="module")
def edition(book: Book) -> Edition:
    return read_edition(FOLDER, book.store, book.catalog)


@pytest.fixture(scope="module")
def listed(edition: Edition, book: Book) -> Pieces:
    return corrections(ERRATA, edition, book, {})


def groups(listed: Pieces) -> list[Group]:
    return [piece for piece in listed.pieces if isinstance(piece, Group)]


def part(listed: Pieces, number: str, name: str) -> list[Entry]:
    card = next(c for group in groups(listed) for c in group.cards if c.number == number)
    return list(dict(card.parts)[name])


def how(listed: Pieces, number: str) -> str:
    return "".join(entry.words for entry in part(listed, number, "Slik er den funnet"))


def test_a_card_has_an_id_a_heading_and_its_parts_by_name() -> None:
    page = CARD.html()

    assert '<section class="kg-kort" id="rettelse-e01">' in page
    assert '<h3><span class="kg-nr">E01</span> Én &lt; to</h3>' in page
    assert "<dt>Det sto</dt><dd>At 1 &lt; 2.</dd>" in page
    assert '<a href="@UP@x.html#tabell-6">Tabell 6</a>' in page


def test_a_card_of_the_pdf_is_kept_together_and_out_of_the_contents() -> None:
    text = CARD.typst()

    assert text.startswith("#block(breakable: false)[")
    assert 'outlined: false)[#"E01 Én < to"] <rettelse-e01>' in text
    assert '#link(<tabell-6>, [#"Tabell 6"])' in text
    assert 'terms.item([#"Det sto:"], [#[#"At 1 < 2."]])' in text


def test_all_errata_stand_on_the_page_errors_first(listed: Pieces) -> None:
    numbers = [c.number for group in groups(listed) for c in group.cards]
    marks = [[c.mark for c in group.cards] for group in groups(listed)]

    assert sorted(numbers) == [erratum.id for erratum in ERRATA]
    assert all(own == sorted(own) for own in marks)


def test_the_overview_counts_what_stands_below(listed: Pieces, edition: Edition) -> None:
    overview = listed.pieces[0]
    assert isinstance(overview, Listing)
    _, errors, imprecise, computed = (entry.words for entry in list(overview.rows)[-1])

    states = [found(erratum, edition, all_claims()).state for erratum in ERRATA]
    assert int(errors) + int(imprecise) == len(states)
    assert int(computed) == states.count(FOUND)


def test_a_number_leads_to_its_trace(listed: Pieces) -> None:
    number = part(listed, "E01", "Regnestykke")[0]

    assert number.words == spaced("15 230")
    assert number.link == "sporing/tabell-11.html#husholdninger.oslo.2020"


def test_a_number_that_has_changed_since_leads_nowhere(book: Book) -> None:
    address = "tabell-11/husholdninger/oslo/2020"
    newer = book.store.get(address) | {"text": spaced("15 999"), "value": 15999.0}
    held: dict[str, Any] = {"values": book.store.values | {address: newer}}
    store = Store(held | {"years": book.store.years, "cells": {}})

    listed = corrections(ERRATA, read_edition(FOLDER, store, book.catalog), book, {})

    number = part(listed, "E01", "Regnestykke")[0]
    assert (number.words, number.link) == (spaced("15 230"), "")


def test_a_claim_is_linked_only_where_the_text_carries_it(
    listed: Pieces, edition: Edition, book: Book
) -> None:
    name = ERRATA[0].check.claim
    carried = corrections(ERRATA, edition, book, {name: {"places": [{}]}})

    links = [
        [entry.link for entry in part(each, "E01", "Slik er den funnet") if entry.link]
        for each in (listed, carried)
    ]
    assert links == [[], [f"chapters/pastander.html#pastand-{name}"]]


def test_a_claim_tells_the_numbers_that_it_fails_on(listed: Pieces) -> None:
    numbers = f"2020: {spaced('15 230')} husholdninger < 2019: {spaced('15 646')} husholdninger"

    assert how(listed, "E01").endswith(f"Den holder ikke ({numbers}).")


def test_a_misprint_tells_both_numbers(listed: Pieces) -> None:
    assert how(listed, "E13").endswith(f"trykt 197, regnet ut {spaced('1 197')}.")


def test_an_erratum_found_by_reading_says_so(listed: Pieces) -> None:
    assert how(listed, "E31") == "Ved lesing. Feilen er en henvisning."


def test_a_note_leads_to_the_place_that_tells_more() -> None:
    note = Note("Rettet.", "x.html#rettelse-e12", "Se E12.")

    assert note.html("../") == 'Rettet. <a href="../x.html#rettelse-e12">Se E12.</a>'
    assert note.typst() == '[#"Rettet." #link(<rettelse-e12>)[#"Se E12."]]'
