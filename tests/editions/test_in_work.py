"""The edition in work, and the archive, computed from the committed snapshots by today's code."""

import pytest

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.claims.evaluate import evaluate, false_ones
from kunnskapsgrunnlag.editions.archive import archived_keys, read_archived, read_manifest
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.marks import read_chapters
from kunnskapsgrunnlag.values import Record, Store, merge
from tests.conftest import ROOT

HERE = Project(ROOT)


def test_every_claim_of_the_text_holds(
    catalog_in_work: Catalog, records_in_work: dict[str, list[Record]]
) -> None:
    items = ((key, {"values": held, "cells": {}}) for key, held in records_in_work.items())
    names = {key: item.categories or {} for key, item in catalog_in_work.items.items()}

    held = evaluate(Store(merge(items)), read_chapters(ROOT, catalog_in_work), names)

    placed = [name for name, claim in held["claims"].items() if claim["places"]]
    assert len(placed) > 150
    assert [(name, claim["because"]) for name, claim in false_ones(held)] == []


def test_carried_item_says_of_what_year_and_what_it_waits_for(catalog_in_work: Catalog) -> None:
    if catalog_in_work.edition.previous is None:
        pytest.skip("the first edition carries nothing over")
    carried = [item for item in catalog_in_work.items.values() if item.carried]

    assert carried
    assert all(item.carried and any(c.isdigit() for c in item.carried.period) for item in carried)
    assert {item.carried.edition for item in carried if item.carried} <= set(archived_keys(HERE))


def test_item_with_estimates_is_carried(
    catalog_in_work: Catalog, records_in_work: dict[str, list[Record]]
) -> None:
    """No estimate is made younger by an edition of a later year."""
    if catalog_in_work.edition.previous is None:
        pytest.skip("the first edition carries nothing over")
    for key, item in catalog_in_work.items.items():
        if any(record["origin"] == "estimat" for record in records_in_work[key]):
            assert item.carried, key


@pytest.mark.parametrize("key", archived_keys(HERE))
def test_archived_edition_is_whole(key: str) -> None:
    archived = read_archived(HERE, key)

    assert archived.key == key
    assert len(archived.values) > 1000
    assert set(read_manifest(HERE, key)["sources"]) >= {
        source for value in archived.values.values() for source in value.sources
    }


def test_todays_code_makes_the_numbers_that_the_2022_edition_published(
    real_records: dict[str, list[Record]],
) -> None:
    if "2022" not in archived_keys(HERE):
        pytest.skip("the 2022 edition is in work")
    archived = read_archived(HERE, "2022").values

    made = {record["address"]: record["text"] for held in real_records.values() for record in held}

    assert made == {address: value.text for address, value in archived.items()}
