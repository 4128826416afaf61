from dataclasses import replace

import pytest

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimPlace, ClaimResults
from kunnskapsgrunnlag.book.marks import claim_name, read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.lists.corrections import corrections
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, page_words
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.notes import Note
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, claim_of, spaced, store_of

FOLDER = ROOT / "data" / "published" / "2022"
ERRATA = read_errata(FOLDER)


@pytest.fixture(scope="module")
def book(catalog: Catalog, real_values: dict[str, list[Value]]) -> Book:
    return Book(ROOT, catalog, store_of(real_values), read_chapters(ROOT, catalog), ClaimResults())


@pytest.fixture(scope="module")
def listed(book: Book) -> list[Node]:
    return corrections(ERRATA, book, {})


def cards(listed: list[Node]) -> list[Node]:
    return [b for b in listed if b["t"] == "Div" and "kg-kort" in b["c"][0][1]]


def words(nodes: object) -> str:
    return "".join(page_words(nodes))


def part(listed: list[Node], number: str, name: str) -> list[Node]:
    card = next(card for card in cards(listed) if words(card).startswith(f"{number} "))
    definitions = card["c"][1][2]["c"]
    (line,) = next(found for term, found in definitions if words(term) == name)
    content: list[Node] = line[0]["c"]
    return content


def targets(nodes: list[Node]) -> list[str]:
    return [node["c"][2][0] for node in nodes if node["t"] == "Link"]


def how(listed: list[Node], number: str) -> str:
    return words(part(listed, number, "Slik er den funnet"))


def test_all_errata_stand_on_the_page_by_the_printed_chapters(listed: list[Node]) -> None:
    chapters: dict[int, list[str]] = {}
    for block in listed[1:]:
        if block["t"] == "Header":
            chapters[int(words(block).split()[1].rstrip(":"))] = own = []
        elif block["t"] == "Div":
            own.append(words(block).split()[0])
    first = {erratum.id: int(erratum.sections[0].split(".")[0]) for erratum in ERRATA}
    assert list(chapters) == sorted(set(first.values()))
    assert {id: chapter for chapter, ids in chapters.items() for id in ids} == first


def test_a_chapter_has_its_title_as_long_as_the_book_has_it(listed: list[Node]) -> None:
    heads = [words(block) for block in listed if block["t"] == "Header"]
    assert "Kapittel 4: Boligmarkedet i Oslo" in heads
    assert "Kapittel 11" in heads


def test_a_card_says_its_kind_to_readers_and_to_the_choice(listed: list[Node]) -> None:
    card = cards(listed)[0]
    ((name, kind),) = [pair for pair in card["c"][0][2] if pair[0] == "data-slag"]
    assert name == "data-slag" and kind in words(card["c"][1][1])


def test_the_overview_counts_what_stands_below(listed: list[Node]) -> None:
    (grid,) = listed[0]["c"][1]
    last_row = grid["c"][4][0][3][-1][1]
    _, errors, imprecise, computed = (words(cell[4]) for cell in last_row)
    assert int(errors) + int(imprecise) == len(ERRATA)
    assert int(computed) == sum(not erratum.check.reason for erratum in ERRATA)


def test_a_number_leads_to_its_trace(listed: list[Node]) -> None:
    number = part(listed, "E01", "Regnestykke")[0]
    assert words(number) == spaced("15 230")
    assert targets([number]) == ["sporing/tabell-11.html#husholdninger.oslo.2020"]


def test_a_number_that_has_changed_since_leads_nowhere(book: Book) -> None:
    address = "tabell-11/husholdninger/oslo/2020"
    newer = replace(book.store.get(address), text=spaced("15 999"), value=15999.0)
    store = Store(book.store.values | {address: newer}, book.store.years)
    newer_book = Book(ROOT, book.catalog, store, book.texts, ClaimResults())
    listed = corrections(ERRATA, newer_book, {})
    number = part(listed, "E01", "Regnestykke")[0]
    assert number == {"t": "Str", "c": spaced("15 230")}


def test_a_claim_is_linked_only_where_the_text_carries_it(listed: list[Node], book: Book) -> None:
    name = claim_name(ERRATA[0].check.claim)
    carried = corrections(ERRATA, book, {name: claim_of(places=[ClaimPlace("a.md", 1)])})
    links = [targets(part(blocks, "E01", "Slik er den funnet")) for blocks in (listed, carried)]
    assert links == [[], [f"kontroll/pastander.html#pastand-{name}"]]


def test_a_claim_tells_the_numbers_that_it_fails_on(listed: list[Node]) -> None:
    numbers = f"2020: {spaced('15 230')} husholdninger < 2019: {spaced('15 646')} husholdninger"
    assert how(listed, "E01").endswith(f"Den holder ikke ({numbers}).")


def test_a_misprint_tells_both_numbers(listed: list[Node]) -> None:
    assert how(listed, "E13").endswith(f"trykt 197, regnet ut {spaced('1 197')}.")


def test_an_erratum_found_by_reading_says_so(listed: list[Node]) -> None:
    assert how(listed, "E31") == "Ved lesing. Feilen er en henvisning."


def test_a_note_leads_to_the_place_that_tells_more() -> None:
    note = Note("Rettet.", "x.html#rettelse-e12", "Se E12.")
    assert note.html("../") == 'Rettet. <a href="../x.html#rettelse-e12">Se E12.</a>'
    assert note.typst() == '[#"Rettet." #link(<rettelse-e12>)[#"Se E12."]]'
