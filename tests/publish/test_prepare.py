from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS
from kunnskapsgrunnlag.publish import prepare
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.item_results import fill_braces
from kunnskapsgrunnlag.store.values import Record, Store, merge
from tests.conftest import ROOT, record_of, spaced


@pytest.fixture
def store() -> Store:
    address = "tabell-24/startlan-belop/2017"
    return Store(
        {"values": {address: record_of(address, spaced("1 197"))}, "years": {}, "cells": {}}
    )


def test_a_note_says_the_computed_and_the_printed_number(store: Store) -> None:
    text = "Trykt {trykt:tabell-24/startlan-belop/2017}, rett {tabell-24/startlan-belop/2017}."

    filled = fill_braces(text, store, {"tabell-24/startlan-belop/2017": "1 97"})

    assert filled == f"Trykt {spaced('1 97')}, rett {spaced('1 197')}."


def test_a_note_without_braces_stays_as_it_is(store: Store) -> None:
    assert fill_braces("Ingen tall.", store, {}) == "Ingen tall."


def test_a_note_about_an_unknown_number_is_refused(store: Store) -> None:
    with pytest.raises(KgError, match="raden for 2018 finnes ikke i tabell-24"):
        fill_braces("{tabell-24/startlan-belop/2018}", store, {})


def test_a_note_about_what_was_not_printed_is_refused(store: Store) -> None:
    with pytest.raises(KgError, match=r"errata\.yaml: nothing was printed at «tabell-24/x»"):
        fill_braces("{trykt:tabell-24/x}", store, {})


def test_every_erratum_can_be_told(real_records: dict[str, list[Record]]) -> None:
    store = Store(
        merge((key, {"values": found, "cells": {}}) for key, found in real_records.items())
    )
    edition = ROOT / "data" / "published" / "2022"
    printed = {p.address: p.text for p in verify.read_printed(edition)}

    told = [fill_braces(e.note, store, printed) for e in verify.read_errata(edition)]

    assert spaced("1 195 000") in told[0]
    assert spaced("1 197") in told[1]
    assert not any("{" in words for words in told)


def claimed(**more: Any) -> dict[str, Any]:
    held = {"holds": True, "because": "Oslo: 6,0 prosent > Hele landet: 3,4 prosent"}
    return held | more


def test_a_tick_says_what_was_compared_with_the_numbers() -> None:
    mark = prepare.claim_mark("p", claimed(basis=STATISTICS))

    assert mark["html"] == (
        '<a class="kg-holder" href="@UP@chapters/pastander.html#pastand-p" title="Sammenlignet: '
        'Oslo: 6,0 prosent &gt; Hele landet: 3,4 prosent" aria-label="Sammenlignet: Oslo: 6,0 '
        'prosent &gt; Hele landet: 3,4 prosent">✓</a>'
    )
    assert mark["typst"] == ""


def test_a_claim_on_estimates_says_so_on_the_page_and_in_the_pdf() -> None:
    mark = prepare.claim_mark("p", claimed(basis=ESTIMATES))

    assert mark["html"].endswith(">≈</a>")
    assert 'title="Bygger på anslag: Oslo: 6,0 prosent' in mark["html"]
    assert mark["typst"] == "#kg-bygger-pa-anslag"


def test_a_claim_that_estimates_were_made_to_fulfil_has_no_mark() -> None:
    assert prepare.claim_mark("p", claimed(basis=FITTED)) == {"html": "", "typst": ""}


@pytest.mark.parametrize("basis", [STATISTICS, ESTIMATES, FITTED])
def test_a_claim_that_does_not_hold_is_loud_whatever_it_rests_on(basis: str) -> None:
    mark = prepare.claim_mark("p", claimed(holds=False, basis=basis))

    assert "Påstanden holder ikke: Oslo: 6,0 prosent" in mark["html"]
    assert mark["typst"].startswith(" #kg-usann(")
