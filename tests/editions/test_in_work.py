"""The edition in work, and the archive, computed from the committed snapshots by today's code."""

import pytest

from kunnskapsgrunnlag.catalog import Catalog, read_catalog
from kunnskapsgrunnlag.claims.evaluate import evaluate, false_ones
from kunnskapsgrunnlag.editions.archive import archived_keys, read_archived, read_manifest
from kunnskapsgrunnlag.fetch.snapshot import read_snapshot, verify
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.marks import read_chapters
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.table import traced
from kunnskapsgrunnlag.values import Record, Store, merge, records
from tests.conftest import ROOT, compute_item

HERE = Project(ROOT)


@pytest.fixture(scope="module")
def in_work() -> Catalog:
    return read_catalog(HERE.params)


@pytest.fixture(scope="module")
def computed(in_work: Catalog) -> dict[str, list[Record]]:
    raw = {k: read_snapshot(k, HERE.raw / entry.file) for k, entry in in_work.sources.items()}
    receipts = {key: verify(snapshot) for key, snapshot in raw.items()}
    tables = {
        key: traced(reader(entry.reader)(raw[key], entry)) for key, entry in in_work.sources.items()
    }
    return {
        key: records(
            key,
            item,
            compute_item(in_work, tables, key),
            {source: receipts[source] for source in item.inputs.values()},
        )
        for key, item in in_work.items.items()
    }


def test_every_claim_of_the_text_holds(in_work: Catalog, computed: dict[str, list[Record]]) -> None:
    items = ((key, {"values": held, "cells": {}}) for key, held in computed.items())
    names = {key: item.categories or {} for key, item in in_work.items.items()}

    held = evaluate(Store(merge(items)), read_chapters(ROOT, in_work), names)

    placed = [name for name, claim in held["claims"].items() if claim["places"]]
    assert len(placed) > 150
    assert [(name, claim["because"]) for name, claim in false_ones(held)] == []


def test_carried_item_says_of_what_year_and_what_it_waits_for(in_work: Catalog) -> None:
    if in_work.edition.previous is None:
        pytest.skip("the first edition carries nothing over")
    carried = [item for item in in_work.items.values() if item.carried]

    assert carried
    assert all(item.carried and any(c.isdigit() for c in item.carried.period) for item in carried)
    assert {item.carried.edition for item in carried if item.carried} <= set(archived_keys(HERE))


def test_item_with_estimates_is_carried(
    in_work: Catalog, computed: dict[str, list[Record]]
) -> None:
    """No estimate is made younger by an edition of a later year."""
    if in_work.edition.previous is None:
        pytest.skip("the first edition carries nothing over")
    for key, item in in_work.items.items():
        if any(record["origin"] == "estimat" for record in computed[key]):
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
