import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Measure
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.values import Store, address_of, item_values, printed_text
from tests.conftest import (
    cell,
    frame,
    item_of,
    measure_of,
    numbers,
    receipt_of,
    result_of,
    spaced,
    value_of,
)

RECEIPTS = {"k": receipt_of("k")}


def text_of(number: Traced, **more: Any) -> str:
    return printed_text(number, Measure.model_validate(measure_of(**more)))


def store_of(*addresses: str, **years: list[int]) -> Store:
    values = {address: value_of(address) for address in addresses}
    return Store(values, years)


@pytest.fixture
def store() -> Store:
    addresses = [
        *(f"figur-27/mottakere/{year}" for year in (2019, 2020)),
        *(f"figur-27/endring/{year}" for year in (2018, 2019)),
        "tabell-6/leie/oslo/2-rom/2020",
        "tabell-6/leie/oslo/2-rom/2025",
        "tabell-6/leie/bergen/2-rom/2020",
        "tabell-10/boutgift/oslo",
    ]
    return store_of(*addresses, **{"figur-27": [2018, 2020], "tabell-6": [2020, 2025]})


def test_an_address_has_the_parts_that_the_item_has() -> None:
    item = item_of(dims=["region", "category", "year"])
    row = {"region": "oslo", "category": "2-rom", "year": 2020}

    assert address_of("tabell-6", item, "leie", row) == "tabell-6/leie/oslo/2-rom/2020"


@pytest.mark.parametrize(
    ("value", "entry", "expected"),
    [
        (1_382_863, {}, "1 382 863"),
        (6.04, {"decimals": 1}, "6,0"),
        (1_952_756, {"round_to": 1000}, "1 953 000"),
        (-416, {}, "−416"),
    ],
)
def test_a_number_is_printed_as_its_measure_says(
    value: float, entry: dict[str, Any], expected: str
) -> None:
    assert text_of(cell(value), **entry) == spaced(expected)


def test_a_number_is_not_printed_finer_than_its_source_gave_it() -> None:
    assert text_of(cell(11, places=0), decimals=1) == "11"
    assert text_of(cell(6.1, places=2), decimals=1) == "6,1"


def test_words_are_printed_as_they_are() -> None:
    assert text_of(cell(math.nan, text="statlig")) == "statlig"


def test_a_missing_number_is_printed_as_its_symbol() -> None:
    assert text_of(cell(math.nan, symbol=":")) == ":"
    assert text_of(cell(math.nan)) == ".."


def test_a_record_says_all_there_is_to_say_of_a_number() -> None:
    table = frame(year=[2020], belop=[cell(768.6, half_width=0.5)])

    (record,) = item_values("tabell-1", item_of(), table, RECEIPTS)

    assert record.address == "tabell-1/belop/2020"
    assert (record.value, record.text, record.unit) == (768.6, "769", "mill. kr")
    assert (record.low, record.high) == (768.1, 769.1)
    assert (record.origin, record.cells, record.year) == ("trykt", ("k:A1",), 2020)


def test_there_is_one_record_per_number_in_the_order_of_the_table() -> None:
    item = item_of(measures={"b": measure_of(), "a": measure_of()})
    table = frame(year=[2019, 2020], a=numbers([1, 2]), b=numbers([3, 4]))

    found = [r.address for r in item_values("tabell-1", item, table, RECEIPTS)]

    assert found == ["tabell-1/b/2019", "tabell-1/a/2019", "tabell-1/b/2020", "tabell-1/a/2020"]


def test_a_measure_with_a_hyphen_finds_its_column() -> None:
    item = item_of(measures={"per_1000": measure_of()})

    (record,) = item_values("tabell-1", item, frame(year=[2020], per_1000=numbers([1])), RECEIPTS)

    assert record.measure == "per_1000"


def test_a_question_without_an_answer_has_no_record() -> None:
    table = pd.DataFrame({"year": [2019, 2020], "belop": pd.Series([None, cell(1)], dtype=object)})

    assert [r.year for r in item_values("tabell-1", item_of(), table, RECEIPTS)] == [2020]


def test_a_missing_number_has_a_record_without_a_value() -> None:
    table = frame(year=[2020], belop=[cell(math.nan, symbol="..")])

    (record,) = item_values("tabell-1", item_of(), table, RECEIPTS)

    assert (record.value, record.low, record.high) == (None, None, None)
    assert record.text == ".."


@pytest.mark.parametrize("source", ["a", "z"])
def test_a_number_of_several_sources_has_the_weakest_origin(source: str) -> None:
    official = Traced.cell(2, f"{source}:i1")
    table = frame(year=[2019, 2020], belop=[cell(1) / official, official])
    receipts = RECEIPTS | {source: receipt_of(source, origin="offisiell")}

    found = [r.origin for r in item_values("tabell-1", item_of(), table, receipts)]

    assert found == ["trykt", "offisiell"]


def test_regions_outside_the_readers_table_are_not_shown() -> None:
    item = item_of(dims=["region"], regions=["oslo"])
    table = frame(region=["oslo", "alna"], belop=numbers([1, 2]))

    assert [r.shown for r in item_values("tabell-1", item, table, RECEIPTS)] == [True, False]


def test_a_measure_for_the_text_only_is_not_shown() -> None:
    item = item_of(measures={"belop": measure_of(show=False)})

    (record,) = item_values("tabell-1", item, frame(year=[2020], belop=numbers([1])), RECEIPTS)

    assert not record.shown


def test_a_measure_without_a_column_is_refused() -> None:
    item = item_of(measures={"belop": measure_of(), "vekst": measure_of()})

    with pytest.raises(KgError, match=r"tabell-1: compute\(\) gives no column for «vekst»"):
        item_values("tabell-1", item, frame(year=[2020], belop=numbers([1])), RECEIPTS)


def test_a_column_that_is_not_declared_is_refused() -> None:
    table = frame(year=[2020], belop=numbers([1]), over_tak=numbers([2]))

    with pytest.raises(KgError, match=r"gives «over_tak», which params.yaml does not declare"):
        item_values("tabell-1", item_of(), table, RECEIPTS)


def test_the_store_knows_every_address_and_the_first_and_last_year() -> None:
    first = value_of("tabell-1/a/2018", year=2018)
    last = value_of("tabell-1/a/2020", year=2020)
    other = value_of("figur-9/b/ssb")

    store = Store.of([result_of("tabell-1", [last, first]), result_of("figur-9", [other])])

    assert set(store.values) == {"tabell-1/a/2018", "tabell-1/a/2020", "figur-9/b/ssb"}
    assert store.years == {"tabell-1": [2018, 2020]}


def test_the_store_gathers_the_cells_of_all_items() -> None:
    cells = {f"k:A{row}": SourceCell("k", "k.csv", f"rad {row}", "1") for row in (1, 2)}
    results = [result_of(key, [], cells={key: cell}) for key, cell in cells.items()]

    assert Store.of(results).cells == cells


def test_an_address_stands_once() -> None:
    with pytest.raises(KgError, match="tabell-1: the address tabell-1/a stands twice"):
        Store.of([result_of("tabell-1", [value_of("tabell-1/a")] * 2)])


def test_a_plain_address_stands_for_itself(store: Store) -> None:
    assert store.resolve("figur-27/mottakere/2019") == "figur-27/mottakere/2019"
    assert store.resolve(" tabell-10/boutgift/oslo ") == "tabell-10/boutgift/oslo"


def test_siste_is_the_last_year(store: Store) -> None:
    assert store.resolve("figur-27/mottakere/siste") == "figur-27/mottakere/2020"


def test_første_is_the_first_year(store: Store) -> None:
    assert store.resolve("tabell-6/leie/oslo/2-rom/første") == "tabell-6/leie/oslo/2-rom/2020"


def test_siste_is_the_last_year_that_the_measure_has(store: Store) -> None:
    assert store.resolve("figur-27/endring/siste") == "figur-27/endring/2019"


def test_siste_is_the_last_year_that_the_region_has(store: Store) -> None:
    assert store.resolve("tabell-6/leie/bergen/2-rom/siste") == "tabell-6/leie/bergen/2-rom/2020"


def test_an_unknown_address_names_the_nearest(store: Store) -> None:
    expected = "unknown address «figur-27/motakere/2020». Write «figur-27/mottakere/2020»?"

    with pytest.raises(KgError, match=expected.replace("?", r"\?")):
        store.resolve("figur-27/motakere/2020")


def test_an_unknown_item_names_the_items(store: Store) -> None:
    with pytest.raises(KgError, match="There is: figur-27, tabell-10, tabell-6"):
        store.resolve("x/y")


def test_siste_of_a_number_without_years_is_unknown(store: Store) -> None:
    with pytest.raises(KgError, match="unknown address «tabell-10/boutgift/siste»"):
        store.resolve("tabell-10/boutgift/siste")


def test_a_record_is_found_by_its_address(store: Store) -> None:
    assert store.get("figur-27/mottakere/siste").address == "figur-27/mottakere/2020"


def test_an_items_years_can_be_named(store: Store) -> None:
    assert (store.year("figur-27/første"), store.year("figur-27/siste ")) == (2018, 2020)


def test_an_item_without_years_is_refused(store: Store) -> None:
    with pytest.raises(KgError, match="«tabell-10» has no years"):
        store.year("tabell-10/siste")


def test_a_year_is_the_first_or_the_last(store: Store) -> None:
    with pytest.raises(KgError, match="«figur-27/forrige»: expected «figur-27/siste»"):
        store.year("figur-27/forrige")


def test_the_store_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "values.json"
    store = Store(
        {"figur-9/a": value_of("figur-9/a", "3,6 %", year=2020)},
        {"figur-9": [2020, 2020]},
        cells={"k:A1": SourceCell("k", "k.csv", "rad 1", "3,6", "", "3,7", "E1")},
    )
    path.write_text(json.dumps(store.to_json()), encoding="utf-8")

    assert Store.read(path) == store


def test_a_store_that_is_not_made_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"values\.json has not been made yet. Run: kg build"):
        Store.read(tmp_path / "values.json")
