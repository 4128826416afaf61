"""Which period an item is of: one for all its sources, or several that readers are told of."""

from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.periods import (
    Period,
    asked_period,
    check_periods,
    check_stated_years,
    named_years,
    read_period,
    source_period,
)
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Carried, Item, Source
from tests.conftest import ROOT, cell, frame, item_of

MEASURE = {"b": {"name": "v", "role": "measure", "unit": "kr"}}
INPUTS = {"shares": "levering-tabell-1", "national": "trykt-tabell-2"}


def years(*numbers: int, month: int | None = None) -> Period:
    return Period(frozenset(numbers), month)


def source(**more: Any) -> Source:
    held = {"file": "trykt/x.csv", "reader": "delivery", "key": ["region"], "columns": MEASURE}
    return Source.model_validate(held | more)


def registered(period: str = "") -> tuple[str, str]:
    return "trykt/x.csv", period


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2020", years(2020)),
        ("2015–2018", years(2015, 2016, 2017, 2018)),
        ("november 2021", years(2021, month=11)),
        ("utgangen av 2019", years(2019)),
        ("folkemengden 1. januar 2020", years(2020, month=1)),
        ("Oslo 2020 og 2025", years(2020, 2025)),
        ("november 2021 og 2018", years(2018, 2021, month=11)),
        ("levert i går, sak 12345", None),
        ("", None),
    ],
)
def test_a_period_is_read_from_words(words: str, period: Period | None) -> None:
    assert read_period(words) == period


def test_a_period_is_told_in_words() -> None:
    assert [str(p) for p in (years(2020), years(2017, 2023), years(2015, 2016, 2017))] == [
        "2020",
        "2017 og 2023",
        "2015–2017",
    ]
    assert str(years(2021, month=11)) == "november 2021"
    assert named_years("2015–2020, mot 2012") == {2015, 2020, 2012}


def test_settings_ask_for_a_period() -> None:
    assert asked_period({"year": 2021, "month": 11}) == years(2021, month=11)
    assert asked_period({"years": [2020, 2025]}) == years(2020, 2025)
    assert asked_period({"first_year": 2016, "last_year": 2018}) == years(2016, 2017, 2018)
    assert asked_period({"date": "2021-11-01"}) == years(2021, month=11)
    assert asked_period({"norm": "oslo"}) is None


def test_a_table_with_years_is_of_those_that_are_asked_for_and_there() -> None:
    table = frame(year=[2019, 2020], v=[cell(1), cell(2)])

    assert source_period("k", source(), *registered(), table, None) == years(2019, 2020)
    assert source_period("k", source(), *registered(), table, years(2020)) == years(2020)
    assert source_period("k", source(), *registered(), table, years(2020, 2021)) == years(2020)


def test_a_table_without_years_is_of_the_period_of_its_provenance() -> None:
    table = frame(region=["oslo"], v=[cell(1)])

    assert source_period("k", source(), *registered("2020"), table, None) == years(2020)
    with pytest.raises(KgError, match=r"trykt/x\.csv: opplysningene sier ikke hvilket tidsrom"):
        source_period("k", source(), *registered(), table, None)


def test_words_and_rates_are_of_no_period() -> None:
    words = {"b": {"name": "v", "role": "words"}}
    table = frame(region=["oslo"], v=[cell(1)])

    assert source_period("k", source(columns=words), *registered(), table, None) is None
    assert source_period("k", source(reader="rates"), *registered(), table, None) is None


def test_sources_of_one_period_pass() -> None:
    item = item_of(inputs=INPUTS)

    check_periods("tabell-1", item, {"shares": years(2020), "national": years(2020)}, years(2020))
    check_periods("tabell-1", item, {"shares": years(2020, month=11)}, years(2020))
    check_periods("tabell-1", item, {}, None)


@pytest.mark.parametrize(
    ("national", "asked", "told"),
    [
        (years(2020), years(2020), "trykt-tabell-2 gjelder 2020"),
        (years(2020), None, "trykt-tabell-2 gjelder 2020"),
        (years(2025), years(2020), "settings ber om 2020"),
        (years(), years(2025), "trykt-tabell-2 gjelder ingen av årene"),
        (years(2025, month=3), years(2025, month=11), "settings ber om november 2025"),
    ],
)
def test_other_periods_are_refused(national: Period, asked: Period | None, told: str) -> None:
    item = item_of(inputs=INPUTS)

    with pytest.raises(KgError) as problem:
        check_periods("tabell-1", item, {"shares": years(2025), "national": national}, asked)

    assert "tabell-1: tallene er fra ulike tidsrom" in str(problem.value)
    assert "levering-tabell-1 gjelder 2025" in str(problem.value)
    assert told in str(problem.value)


def declared(national: str = "hele landet 2020") -> Item:
    return item_of(
        inputs=INPUTS, subtitle="Prosent", periods={"shares": "bydelene 2025", "national": national}
    )


MIXED = {"shares": years(2025), "national": years(2020)}


def test_declared_periods_stand_in_the_subtitle() -> None:
    check_periods("tabell-1", declared(), MIXED, years(2025))

    assert declared().subtitle == "Prosent: bydelene 2025; hele landet 2020"


@pytest.mark.parametrize(
    ("item", "periods", "told"),
    [
        (declared("hele landet 2019"), MIXED, "national: sier «hele landet 2019», men trykt-tab"),
        (declared("hele landet"), MIXED, "trykt-tabell-2 gjelder 2020"),
        (declared(), {"shares": years(2025), "national": years(2025)}, "alle kildene gjelder 2025"),
        (declared(), {**MIXED, "persons": years(2020)}, "se på «persons»"),
    ],
)
def test_declared_periods_that_are_not_those_of_the_data_are_refused(
    item: Item, periods: dict[str, Period], told: str
) -> None:
    with pytest.raises(KgError, match=r"items\.tabell-1\.periods") as problem:
        check_periods("tabell-1", item, periods, None)

    assert told in str(problem.value)


def test_subtitle_and_mark_tell_the_years_of_the_numbers() -> None:
    carried = Carried(edition="2022", period="2020").model_dump()

    check_stated_years("tabell-1", item_of(subtitle="Prosent, 2015–2020"), range(2015, 2021), 2020)
    check_stated_years("tabell-1", item_of(subtitle="Prosent"), [2020], 2020)
    with pytest.raises(KgError, match="subtitle: sier «Prosent, 2020», men ingen av tall"):
        check_stated_years("tabell-1", item_of(subtitle="Prosent, 2020"), [2025], 2025)
    with pytest.raises(KgError, match=r"carried\.period: sier «2020»"):
        check_stated_years(
            "tabell-1", item_of(subtitle="Prosent, 2025", carried=carried), [2025], 2025
        )
    with pytest.raises(KgError, match="men tallene går til 2024"):
        check_stated_years("tabell-1", item_of(subtitle="Tall, 2015–2020"), range(2015, 2025), 2024)


def test_no_item_of_the_catalogue_types_a_year_beside_declared_periods() -> None:
    items = read_catalog(ROOT / "params.yaml").items.values()
    mixed = [item for item in items if item.periods]

    assert {item.key for item in mixed} == {
        "figur-5",
        "figur-7",
        "tabell-10",
        "figur-25",
        "figur-27",
        "tabell-29",
        "figur-32",
    }
    assert not any(named_years(item.own_subtitle) for item in mixed)
