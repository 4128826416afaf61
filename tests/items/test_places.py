"""Items that compare places: tabell 6, 10, 29, 31 and figur 25."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.items import figur_25, tabell_6, tabell_10, tabell_29, tabell_31
from tests.conftest import (
    NBSP,
    cell,
    frame,
    numbers,
    rows_of,
    spaced,
    texts,
    values_of,
)

Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]


@pytest.fixture
def rents() -> pd.DataFrame:
    return frame(
        region=["oslo-og-baerum", "hele-landet"] * 4,
        rooms=["2-rom", "2-rom", "5-rom", "5-rom"] * 2,
        year=[2020] * 4 + [2025] * 4,
        rent_nok_month=numbers([12000, 9600, 22000, 14000, 15000, 12000, 27000, 17000], "r"),
    )


@pytest.fixture
def printed_rents() -> pd.DataFrame:
    return frame(
        region=["bergen", "bergen"],
        rooms=["2-rom", "5-rom"],
        year=[2020, 2020],
        rent_nok_month=[cell(9120, "b0"), cell(math.nan, "b1", symbol="..")],
    )


@pytest.fixture
def register() -> pd.DataFrame:
    """Oslo and the country in the twelve months of 2020, the same in each."""
    return frame(
        region=["oslo"] * 12 + ["hele-landet"] * 12,
        year=[2020] * 24,
        month=[*range(1, 13)] * 2,
        recipients=numbers([100.0] * 12 + [1000.0] * 12, "r"),
        paid_nok=numbers([1e6] * 12 + [8e6] * 12, "p"),
        over_cap=numbers([75.0] * 12 + [600.0] * 12, "o"),
        mean_rent_nok_month=numbers([11000.0] * 12 + [8800.0] * 12, "m"),
    )


@pytest.fixture
def printed() -> pd.DataFrame:
    """Tabell 29 as delivered: a full stop where the register has the number."""
    return frame(
        region=["oslo", "bergen", "hele-landet"],
        recipients_year=numbers([500, 200, 3000], "y"),
        paid_nok=[cell(math.nan, "x0", symbol="."), cell(5e6, "x1"), cell(1e8, "x2")],
        over_cap_pct=[
            *[cell(math.nan, "c0", symbol="."), cell(61, "c1", places=0)],
            cell(math.nan, "c2", symbol="."),
        ],
    )


@pytest.fixture
def population() -> pd.DataFrame:
    return frame(
        region=["oslo", "bergen", "hele-landet", "oslo"],
        year=[2020, 2020, 2020, 2021],
        residents=numbers([10000, 5000, 100000, 9], "f"),
    )


def tabell29(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    prices = frame(year=[2020] * 12, month=[*range(1, 13)], price_index=numbers([80.0] * 12, "i"))
    annual = frame(
        region=["hele-landet"], year=[2021],
        recipients_year=numbers([2900], "ay"), paid_nok=numbers([9e7], "ap"),
    )  # fmt: skip
    table = tabell_29.compute(
        *(printed, register, annual, population, prices), year=2020, first_year=2020, last_year=2020
    )
    return table.set_index("region", drop=False).loc[["oslo", "bergen", "hele-landet"]]


def test_tabell_6_grows_from_the_editions_year(
    rents: pd.DataFrame, printed_rents: pd.DataFrame
) -> None:
    table = tabell_6.compute(rents, printed_rents, years=[2020, 2025])

    growth = table.set_index(["region", "category", "year"])["vekst"]
    assert growth["oslo-og-baerum", "2-rom", 2025].value == pytest.approx(25)
    assert growth["oslo-og-baerum", "2-rom", 2020] is pd.NA


def test_tabell_6_compares_with_the_country_of_the_same_rooms_and_year(
    rents: pd.DataFrame, printed_rents: pd.DataFrame
) -> None:
    table = tabell_6.compute(rents, printed_rents, years=[2020, 2025])

    share = table.set_index(["region", "category", "year"])["forhold"]
    assert share["oslo-og-baerum", "2-rom", 2020].value == 125
    assert share["oslo-og-baerum", "2-rom", 2025].value == 125
    assert share["bergen", "2-rom", 2020].value == pytest.approx(95)
    assert share["bergen", "5-rom", 2020].symbol == ".."


def test_tabell_6_takes_a_zone_from_one_table_only(
    rents: pd.DataFrame, printed_rents: pd.DataFrame
) -> None:
    longer = frame(
        region=["bergen", "bergen"],
        rooms=["2-rom", "5-rom"],
        year=[2020, 2020],
        rent_nok_month=numbers([1, 2], "s"),
    )

    table = tabell_6.compute(pd.concat([rents, longer]), printed_rents, years=[2020])

    bergen = table[table["region"] == "bergen"]
    assert [v.cells for v in bergen["leie"]] == [("k:s0",), ("k:s1",)]


def test_tabell_6_draws_oslos_zone_and_the_country_in_the_last_year(
    rents: pd.DataFrame, printed_rents: pd.DataFrame, drawn: Draw
) -> None:
    fig = drawn("tabell-6", tabell_6.compute(rents, printed_rents, years=[2020, 2025]))

    assert rows_of(fig) == ["2 rom", "5 rom eller flere"]
    assert {spaced("15 000"), spaced("12 000"), "Oslo og Bærum"} <= set(texts(fig))
    assert spaced("9 600") not in texts(fig)


TABELL_10: dict[str, Any] = {"years": [2020], "month": 11, "printed_year": 2020}


def test_tabell_10_has_country_oslo_printed_cities_and_bydeler(register: pd.DataFrame) -> None:
    bydeler = frame(
        region=["alna", "gamle-oslo", "husbanken-rest"],
        year=[2020] * 3,
        month=[11] * 3,
        mean_rent_nok_month=numbers([1, 2, 3], "d"),
    )
    cities = frame(region=["bergen"], mean_rent_nok_month=numbers([9400], "c"))

    table = tabell_10.compute(pd.concat([bydeler, register]), cities, **TABELL_10)

    assert {*table["region"]} == {"hele-landet", "oslo", "bergen", "gamle-oslo", "alna"}


def test_tabell_10_says_how_much_is_above_the_country(register: pd.DataFrame) -> None:
    cities = frame(region=["bergen"], mean_rent_nok_month=numbers([9680], "c"))

    table = tabell_10.compute(register, cities, **TABELL_10).set_index("region")

    assert table["over_landet"]["oslo"].value == pytest.approx(25)
    assert table["over_landet"]["bergen"].value == pytest.approx(10)


def test_tabell_10_draws_the_years_and_the_cities_of_one_of_them(
    register: pd.DataFrame, drawn: Draw
) -> None:
    after = register.assign(year=2021)
    cities = frame(region=["bergen"], mean_rent_nok_month=numbers([9400], "c"))
    table = tabell_10.compute(
        pd.concat([register, after]), cities, years=[2020, 2021], month=11, printed_year=2021
    )

    fig = drawn("tabell-10", table)

    assert rows_of(fig, 1) == ["Oslo", "Bergen", "Hele landet"]
    assert texts(fig, 1)[:3] == [spaced("11 000"), spaced("9 400"), spaced("8 800")]


def test_the_note_of_tabell_10_on_the_newest_month_says_the_register(
    catalog: Catalog, tables: dict[str, pd.DataFrame]
) -> None:
    rows = tables["husbanken-bostotte"]
    last = rows[(rows["year"] == 2026) & (rows["month"] == 7)].set_index("region")
    note = next(note for note in catalog.items["tabell-10"].notes if "juli 2026" in note)

    for region in ("oslo", "hele-landet"):
        assert nb(last["mean_rent_nok_month"][region].value).replace(NBSP, " ") in note


NEWER = frame(
    region=["oslo"], year=[2023], loans=numbers([30], "nl"), loans_nok=numbers([6e7], "na")
)


def test_figur_25_divides_by_the_population_of_the_year(population: pd.DataFrame) -> None:
    loans = frame(
        region=["bergen", "oslo"],
        loans=numbers([10, 40], "l"),
        loans_nok=numbers([5e6, 30e6], "a"),
    )

    table = figur_25.compute(loans, NEWER, population, years=[2020])

    assert values_of(table["per_1000"]) == [2, 4]
    assert values_of(table["per_innbygger"]) == [1000, 3000]


def test_figur_25_refuses_a_region_without_population(population: pd.DataFrame) -> None:
    loans = frame(region=["drammen"], loans=numbers([1], "l"), loans_nok=numbers([1], "a"))

    with pytest.raises(KgError, match="1 av 1 rader som trengs, først for region «drammen»"):
        figur_25.compute(loans, NEWER, population, years=[2020])


def test_figur_25_draws_and_tells_both_rates(
    population: pd.DataFrame, drawn: Draw, told: Tell
) -> None:
    loans = frame(
        region=["oslo", "bergen"],
        loans=numbers([40, 10], "l"),
        loans_nok=numbers([30e6, 5e6], "a"),
    )
    table = figur_25.compute(loans, NEWER, population, years=[2020])

    fig = drawn("figur-25", table)

    assert rows_of(fig) == ["Oslo", "Bergen"]
    assert texts(fig, 0)[:2] == ["4,0", "2,0"]
    assert texts(fig, 1)[:2] == [spaced("3 000"), spaced("1 000")]
    assert "innbyggere, 2020: Oslo 4,0 og Bergen 2,0." in told("figur-25", table)


def test_tabell_29_takes_oslos_amount_from_the_months(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> None:
    paid = tabell29(printed, register, population)["utbetalt"]

    assert values_of(paid) == [12e6, 5e6, 1e8]
    assert set(paid["oslo"].cells) == {f"k:p{n}" for n in range(12)}
    assert paid["hele-landet"].cells == ("k:x2",)


def test_tabell_29_takes_the_share_over_the_cap_from_the_months(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> None:
    share = tabell29(printed, register, population)["over_tak"]

    assert values_of(share) == [75, 61, 60]


def test_tabell_29_divides_by_the_population_of_the_year(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> None:
    table = tabell29(printed, register, population)

    assert values_of(table["per_1000"]) == [50, 40, 30]
    assert values_of(table["per_innbygger"]) == [1200, 1000, 1000]


def test_tabell_29_keeps_the_registers_own_amount(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> None:
    amounts = tabell29(printed, register, population)["utbetalt_register"]

    assert values_of(amounts) == [12, None, 96]


def test_tabell_29_refuses_a_part_of_a_year(
    printed: pd.DataFrame, register: pd.DataFrame, population: pd.DataFrame
) -> None:
    with pytest.raises(KgError, match=r"paid_nok.*oslo.*ventet tolv måneder, fant 11"):
        tabell29(printed, register.drop(index=3), population)


def test_tabell_29_draws_and_tells_three_rates(
    printed: pd.DataFrame,
    register: pd.DataFrame,
    population: pd.DataFrame,
    drawn: Draw,
    told: Tell,
) -> None:
    table = tabell29(printed, register, population)

    fig = drawn("tabell-29", table)

    assert rows_of(fig, 2) == ["Oslo", "Bergen", "Hele landet"]
    assert texts(fig, 2)[:3] == ["75,0", "61", "60,0"]
    assert "taket (prosent): Oslo 75,0, Bergen 61 og Hele landet 60,0." in told("tabell-29", table)


@pytest.fixture
def paid() -> pd.DataFrame:
    return frame(
        region=["oslo", "hele-landet"],
        paid_nok=numbers([1_200_000_000, 6_000_000_000], "g"),
        paid_nok_per_adult=numbers([2400, 1500], "a"),
        paid_nok_per_case=numbers([60000, 50000], "c"),
    )


def test_tabell_31_counts_the_cases_behind_the_amounts(paid: pd.DataFrame) -> None:
    table = tabell_31.compute(paid)

    assert values_of(table["tilfeller"]) == [20000, 120000]


def test_tabell_31_is_in_thousands_with_oslos_share(paid: pd.DataFrame) -> None:
    table = tabell_31.compute(paid)

    assert values_of(table["brutto"]) == [1_200_000, 6_000_000]
    assert values_of(table["andel"]) == [20, None]


def test_tabell_31_draws_and_tells_both_rates(paid: pd.DataFrame, drawn: Draw, told: Tell) -> None:
    table = tabell_31.compute(paid)

    assert texts(drawn("tabell-31", table), 1)[:2] == [spaced("60 000"), spaced("50 000")]
    assert f"(kr): Oslo {spaced('2 400')} og Hele landet" in told("tabell-31", table)
