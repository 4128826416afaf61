import pytest

from kunnskapsgrunnlag import verify
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.records import fill_braces
from kunnskapsgrunnlag.values import Record, Store, merge
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
    with pytest.raises(KgError, match="unknown address «tabell-24/startlan-belop/2018»"):
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
