"""The edition in work, computed from the committed snapshots."""

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import ROOT, store_of


def test_every_claim_of_the_text_holds(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    results = evaluate(store_of(real_values), read_chapters(ROOT, catalog), catalog)
    assert len(results.placed) > 150
    assert {name: claim.because for name, claim in results.false.items()} == {}


def test_carried_item_says_of_what_year_and_what_it_waits_for(catalog: Catalog) -> None:
    carried = [item for item in catalog.items.values() if item.carried]
    assert carried
    assert all(item.carried and any(c.isdigit() for c in item.carried.period) for item in carried)
    assert {item.carried.edition for item in carried if item.carried} == {"2022"}


def test_item_with_estimates_is_carried(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    """No estimate is made younger by an edition of a later year."""
    for key, item in catalog.items.items():
        if any(record.origin == "estimat" for record in real_values[key]):
            assert item.carried, key
