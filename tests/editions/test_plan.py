"""What can be renewed, and what waits."""

from collections.abc import Mapping
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.plan import (
    CARRIED,
    PARTLY,
    RENEWED,
    TIMELESS,
    Basis,
    ItemPlan,
    item_plans,
    moved,
    period_of,
    renamed,
)
from tests.conftest import item_of

SOURCE = {"file": "ssb/a.json", "reader": "delivery"}
MEASURE = {"name": "v", "role": "measure", "unit": "kr"}


def catalog_of(settings: dict[str, Any], **sources: dict[str, Any]) -> Catalog:
    inputs = {name: name for name in sources}
    return Catalog.model_validate(
        {
            "edition": {
                "key": "2022",
                "title": "T",
                "subtitle": "U",
                "owner": "E",
                "printed": "januar 2022",
                "date": "2022-01-01",
                "data_year": 2020,
            },
            "sources": sources,
            "items": {"tabell-1": item_of(inputs=inputs, settings=settings).model_dump()},
            "chapters": {},
        }
    )


def plan(
    catalog: Catalog, last_years: dict[str, int], answer: tuple[int, int] | Exception = (10, 0)
) -> ItemPlan:
    def trial(_: str, __: Mapping[str, Any]) -> tuple[int, int]:
        if isinstance(answer, Exception):
            raise answer
        return answer

    (found,) = item_plans(Basis(catalog, 2025, last_years, {}, trial))
    return found


def test_item_whose_sources_have_the_new_year_is_renewed() -> None:
    found = plan(catalog_of({"year": 2020}, a=SOURCE), {"a": 2025})
    assert (found.state, found.settings) == (RENEWED, {"year": 2025})


def test_item_with_a_source_without_years_is_carried_though_another_has_newer() -> None:
    delivery = SOURCE | {"file": "estimat/x.csv", "delivery": "tabell-1"}
    found = plan(catalog_of({"year": 2020}, a=SOURCE, b=delivery), {"a": 2025})
    assert found.state == PARTLY
    assert found.settings == {"year": 2020}
    assert found.waits == "leveransen tabell-1"


def test_item_from_print_is_carried_and_says_what_it_waits_for() -> None:
    found = plan(catalog_of({}, trykt=SOURCE | {"file": "trykt/x.csv"}), {})
    assert (found.state, found.period, found.waits) == (CARRIED, "2020", "nye tall for trykt")


@pytest.mark.parametrize("answer", [(10, 10), KgError("no value on 2025-11-01")])
def test_item_that_cannot_be_computed_for_the_new_period_is_carried(answer: Any) -> None:
    found = plan(catalog_of({"year": 2020}, a=SOURCE), {"a": 2020}, answer)
    assert (found.state, found.settings) == (CARRIED, {"year": 2020})


def test_item_that_lacks_some_numbers_is_left_to_people() -> None:
    found = plan(catalog_of({"year": 2020}, a=SOURCE), {"a": 2025}, (10, 3))
    assert (found.state, found.settings) == (PARTLY, {"year": 2020})
    assert "3 av 10" in found.words


@pytest.mark.parametrize(
    ("column", "state"), [({"name": "w", "role": "words"}, TIMELESS), (MEASURE, CARRIED)]
)
def test_only_a_list_of_words_grows_no_older(column: dict[str, str], state: str) -> None:
    assert plan(catalog_of({}, a=SOURCE | {"columns": {"a": column}}), {}).state == state


@pytest.mark.parametrize(
    ("settings", "later"),
    [
        ({"first_year": 2016, "last_year": 2020}, {"first_year": 2021, "last_year": 2025}),
        ({"date": "2021-11-01", "rent": 1}, {"date": "2026-11-01", "rent": 1}),
        ({"years": [2020, 2025]}, {"years": [2020, 2025]}),
        ({}, {}),
    ],
)
def test_periods_move_and_nothing_else(settings: dict[str, Any], later: dict[str, Any]) -> None:
    assert moved(settings, 5) == later


@pytest.mark.parametrize(
    ("subtitle", "period"),
    [
        ("Oslo, 2016–2020", "2016–2020"),
        ("Antall, utgangen av 2019", "utgangen av 2019"),
        ("Kroner, november 2021", "november 2021"),
        ("Antall", "2020"),
    ],
)
def test_period_is_the_one_that_readers_are_told(subtitle: str, period: str) -> None:
    assert period_of(item_of(subtitle=subtitle), 2020) == period


def test_subtitle_follows_its_years_and_no_others() -> None:
    words = "Oslo, 2016–2020, vedtatt 2012"
    made = renamed(
        words, {"first_year": 2016, "last_year": 2020}, {"first_year": 2021, "last_year": 2025}
    )
    assert made == "Oslo, 2021–2025, vedtatt 2012"
