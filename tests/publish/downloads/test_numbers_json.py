import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.numbers_json import item_numbers
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import ROOT, item_of, measure_of, result_of, spaced, value_of
from tests.publish.downloads.parts import CELLS, EDITION, STANDING, source_of

SCHEMA = json.loads((ROOT / "assets/data/numbers.schema.json").read_text(encoding="utf-8"))


def content_of(*values: Value, **source: Any) -> Any:
    result = result_of("tabell-1", values, sources={"k": source_of(**source)}, cells=CELLS)
    item = item_of(measures={"belop": measure_of(title="Beløp", unit="mill. kr", decimals=1)})
    return json.loads(item_numbers(EDITION, STANDING, ItemPart("tabell-1", item, result)))


def number_of(value: Value, **source: Any) -> Any:
    (number,) = content_of(value, **source)["numbers"].values()
    return number


def test_our_schemas_are_schemas() -> None:
    for path in (ROOT / "assets/data").glob("*.schema.json"):
        Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_a_file_of_numbers_has_the_form_that_its_schema_says() -> None:
    content = content_of(value_of("tabell-1/belop/2020", "7,9", 7.94, year=2020))

    Draft202012Validator(SCHEMA).validate(content)
    assert content["numbers"]["belop.2020"]["address"] == "tabell-1/belop/2020"


@pytest.mark.parametrize("part", ["value", "origin", "licences", "page"])
def test_the_schema_wants_every_part_of_a_number(part: str) -> None:
    content = content_of(value_of("tabell-1/belop/2020", "7,9", 7.94, year=2020))
    del content["numbers"]["belop.2020"][part]

    assert not Draft202012Validator(SCHEMA).is_valid(content)


def test_a_number_is_what_readers_see_and_says_what_it_was_before() -> None:
    number = number_of(
        value_of("tabell-1/belop/2020", spaced("−1 234,5"), -1234.54, year=2020, decimals=1)
    )
    assert (number["value"], number["exact"], number["text"]) == (
        -1234.5,
        -1234.54,
        spaced("−1 234,5"),
    )
    assert (number["period"], number["page"]) == ("2020", "sporing/tabell-1.html#belop.2020")


def test_a_whole_number_is_whole_and_said_once() -> None:
    number = number_of(value_of("tabell-1/belop/2020", "12", 12.0, year=2020))
    assert json.dumps(number["value"]) == "12"
    assert "exact" not in number


@pytest.mark.parametrize("sign", [":", "..", "ord"])
def test_a_hidden_or_missing_number_has_its_sign_and_nothing_to_work_it_out_by(sign: str) -> None:
    number = number_of(
        value_of("tabell-1/belop/2020", sign, None, year=2020, low=1.0, high=3.0, origin="estimat")
    )
    assert (number["value"], number["text"]) == (None, sign)
    assert {"exact", "low", "high"}.isdisjoint(number)


def test_an_estimate_has_its_bounds_rounded_as_the_number_is() -> None:
    number = number_of(
        value_of(
            "tabell-1/belop/2020", "8,7", 8.71, low=7.04, high=10.38, decimals=1, origin="estimat"
        )
    )
    assert (number["low"], number["high"]) == (7, 10.4)


def test_a_number_without_a_year_is_of_the_time_of_its_sources() -> None:
    assert number_of(value_of("tabell-1/belop"), period="2019–2020")["period"] == "2019–2020"


def test_a_number_has_the_licences_of_its_own_sources() -> None:
    content = content_of(
        value_of("tabell-1/belop/2020", year=2020),
        value_of("tabell-1/belop/2021", year=2021, cells=()),
        licence="NLOD 2.0 og CC BY 4.0",
    )
    first, second = content["numbers"].values()
    assert first["licences"] == ["CC-BY-4.0", "NLOD-2.0"]
    assert second["licences"] == []


def test_addresses_are_names_that_a_fragment_can_hold(catalog: Catalog) -> None:
    keys = [key for item in catalog.items.values() for key in item.categories or ()]
    assert not [key for key in [*keys, *catalog.items] if "." in key or "#" in key or "~" in key]
