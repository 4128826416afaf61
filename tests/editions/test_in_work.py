"""The edition in work, computed from the committed snapshots."""

from kunnskapsgrunnlag.book.claim_results import evaluate, false_ones
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.values import Record, Store, merge
from tests.conftest import ROOT


def test_every_claim_of_the_text_holds(
    catalog: Catalog, real_records: dict[str, list[Record]]
) -> None:
    items = ((key, {"values": held, "cells": {}}) for key, held in real_records.items())
    names = {key: item.categories or {} for key, item in catalog.items.items()}

    held = evaluate(Store(merge(items)), read_chapters(ROOT, catalog), names)

    placed = [name for name, claim in held["claims"].items() if claim["places"]]
    assert len(placed) > 150
    assert [(name, claim["because"]) for name, claim in false_ones(held)] == []


def test_carried_item_says_of_what_year_and_what_it_waits_for(catalog: Catalog) -> None:
    carried = [item for item in catalog.items.values() if item.carried]

    assert carried
    assert all(item.carried and any(c.isdigit() for c in item.carried.period) for item in carried)
    assert {item.carried.edition for item in carried if item.carried} == {"2022"}


def test_item_with_estimates_is_carried(
    catalog: Catalog, real_records: dict[str, list[Record]]
) -> None:
    """No estimate is made younger by an edition of a later year."""
    for key, item in catalog.items.items():
        if any(record["origin"] == "estimat" for record in real_records[key]):
            assert item.carried, key
