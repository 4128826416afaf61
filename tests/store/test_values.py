import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Measure
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.store.traced import Traced, lift
from kunnskapsgrunnlag.store.values import Store, item_values, printed_text
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


@pytest.fixture
def store() -> Store:
    addresses = [
        *(f"figur-27/mottakere/{year}" for year in (2019, 2020)),
        *(f"figur-27/endring/{year}" for year in (2018, 2019)),
        *(f"tabell-6/leie/{at}" for at in ("oslo/2-rom/2020", "oslo/2-rom/2025")),
        *("tabell-6/leie/bergen/2-rom/2020", "tabell-10/boutgift/oslo/2021"),
    ]
    values = {address: value_of(address) for address in addresses}
    return Store(values, {"figur-27": [2018, 2020], "tabell-6": [2020, 2025]})


def test_a_record_says_all_there_is_to_say_of_a_number() -> None:
    missing = cell(math.nan, symbol="..")
    rows = [cell(768.6, half_width=0.5), missing, None]
    table = pd.DataFrame({"year": [2020, 2021, 2022], "belop": pd.Series(rows, dtype="traced")})

    # A question without an answer has no record.
    record, symbol = item_values("tabell-1", item_of(), table, RECEIPTS)

    assert record.address == "tabell-1/belop/2020"
    assert (record.value, record.text, record.unit) == (768.6, "769", "mill. kr")
    assert (record.low, record.high) == (768.1, 769.1)
    assert (record.origin, record.cells, record.year) == ("trykt", ("k:A1",), 2020)
    assert (symbol.value, symbol.low, symbol.high, symbol.text) == (None, None, None, "..")


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pd.Series([1.5]), "kolonnen «belop» er «float64» og ikke «traced»"),
        (pd.Series([cell(1)], dtype=object), "kolonnen «belop» er «object» og ikke «traced»"),
        (pd.Series([lift(1)], dtype="traced"), "tabell-1/belop/2020: «1» er ikke laget av noen"),
    ],
)
def test_a_number_that_has_lost_its_cells_is_not_published(column: Any, words: str) -> None:
    table = pd.DataFrame({"year": [2020], "belop": column})
    with pytest.raises(KgError, match=words):
        item_values("tabell-1", item_of(), table, RECEIPTS)


def test_there_is_one_record_per_number_in_the_order_of_the_table() -> None:
    item = item_of(measures={"b": measure_of(), "a": measure_of()}, dims=["region", "year"])
    table = frame(region=["oslo"] * 2, year=[2019, 2020], a=numbers([1, 2]), b=numbers([3, 4]))

    addresses = [r.address for r in item_values("tabell-1", item, table, RECEIPTS)]

    rows = [f"{measure}/oslo/{year}" for year in (2019, 2020) for measure in "ba"]
    assert addresses == [f"tabell-1/{row}" for row in rows]


@pytest.mark.parametrize(
    ("number", "entry", "expected"),
    [
        (cell(1_382_863), {}, "1 382 863"),
        (cell(6.04), {"decimals": 1}, "6,0"),
        (cell(1_952_756), {"round_to": 1000}, "1 953 000"),
        (cell(-416), {}, "−416"),
        # Not finer than its source gave it.
        (cell(11, places=0), {"decimals": 1}, "11"),
        (cell(6.1, places=2), {"decimals": 1}, "6,1"),
        (cell(math.nan, text="statlig"), {}, "statlig"),
        (cell(math.nan, symbol=":"), {}, ":"),
        (cell(math.nan), {}, ".."),
    ],
)
def test_a_number_is_printed_as_its_measure_says(
    number: Traced, entry: dict[str, Any], expected: str
) -> None:
    measure = Measure.model_validate(measure_of(**entry))
    assert printed_text(number, measure) == spaced(expected)


def test_what_is_only_in_the_text_is_not_shown() -> None:
    item = item_of(dims=["region"], regions=["oslo"])
    table = frame(region=["oslo", "alna"], belop=numbers([1, 2]))
    assert [r.shown for r in item_values("tabell-1", item, table, RECEIPTS)] == [True, False]

    item = item_of(measures={"belop": measure_of(show=False)})
    (record,) = item_values("tabell-1", item, frame(year=[2020], belop=numbers([1])), RECEIPTS)
    assert not record.shown


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"vekst": [1]}, r"tabell-1: compute\(\) gir ingen kolonne for «belop»"),
        ({"belop": [1], "over_tak": [2]}, "gir «over_tak», som ikke står i params.yaml"),
    ],
)
def test_measures_and_columns_must_be_the_same(
    columns: dict[str, list[float]], problem: str
) -> None:
    table = frame(year=[2020], **{name: numbers(column) for name, column in columns.items()})
    with pytest.raises(KgError, match=problem):
        item_values("tabell-1", item_of(), table, RECEIPTS)


@pytest.mark.parametrize("source", ["a", "z"])
def test_a_number_of_several_sources_has_the_weakest_origin(source: str) -> None:
    official = Traced.cell(2, f"{source}:i1")
    table = frame(year=[2019, 2020], belop=[cell(1) / official, official])
    receipts = RECEIPTS | {source: receipt_of(source, origin="offisiell")}

    printed, own = item_values("tabell-1", item_of(), table, receipts)

    assert (printed.origin, own.origin) == ("trykt", "offisiell")


def test_the_store_has_the_numbers_years_and_cells_of_all_items(tmp_path: Path) -> None:
    years = [value_of(f"tabell-1/a/{year}", "3,6 %", year=year) for year in (2020, 2018)]
    cell_of = SourceCell("k", "k.csv", "rad 1", "3,6", "", "3,7", "E1")
    table = result_of("tabell-1", years, cells={"k:A1": cell_of})
    store = Store.of([table, result_of("figur-9", [value_of("figur-9/b/ssb")])])
    path = tmp_path / "values.json"

    assert set(store.values) == {"tabell-1/a/2018", "tabell-1/a/2020", "figur-9/b/ssb"}
    assert store.years == {"tabell-1": [2018, 2020]}
    assert store.cells == {"k:A1": cell_of}
    with pytest.raises(KgError, match=r"values\.json er ikke laget ennå. Kjør: kg build"):
        Store.read(path)
    path.write_text(json.dumps(store.to_json()), encoding="utf-8")
    assert Store.read(path) == store
    with pytest.raises(KgError, match="tabell-1: adressen tabell-1/a står to ganger"):
        Store.of([result_of("tabell-1", [value_of("tabell-1/a")] * 2)])


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("figur-27/mottakere/2019", "figur-27/mottakere/2019"),
        (" tabell-10/boutgift/oslo/2021 ", "tabell-10/boutgift/oslo/2021"),
        ("figur-27/mottakere/siste", "figur-27/mottakere/2020"),
        ("tabell-6/leie/oslo/2-rom/første", "tabell-6/leie/oslo/2-rom/2020"),
        # The last year that the measure, or the region, has.
        ("figur-27/endring/siste", "figur-27/endring/2019"),
        ("tabell-6/leie/bergen/2-rom/siste", "tabell-6/leie/bergen/2-rom/2020"),
    ],
)
def test_an_address_stands_for_a_plain_one(store: Store, address: str, plain: str) -> None:
    assert store.resolve(address) == store.get(address).address == plain


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("figur-27/motakere/2020", r"motakere/2020»\. Mente du «figur-27/mottakere/2020»\?"),
        ("x/y", "Det finnes figur-27, tabell-10, tabell-6"),
        ("tabell-10/boutgift/siste", "ukjent adresse «tabell-10/boutgift/siste»"),
    ],
)
def test_an_unknown_address_names_what_there_is(store: Store, address: str, problem: str) -> None:
    with pytest.raises(KgError, match=problem):
        store.resolve(address)


def test_an_items_years_can_be_named(store: Store) -> None:
    assert (store.year("figur-27/første"), store.year("figur-27/siste ")) == (2018, 2020)
    with pytest.raises(KgError, match="«tabell-10» har ingen år"):
        store.year("tabell-10/siste")
    with pytest.raises(KgError, match="«figur-27/forrige»: skriv «figur-27/siste»"):
        store.year("figur-27/forrige")
