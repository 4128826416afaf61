from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.bostotte import PLACES, Household, income_limit
from tests.rules import law

RATES = law("bostotte")
SINGLE = Household()
DATES = [
    *[date(2021, 6, 1), date(2021, 12, 1), date(2022, 1, 1), date(2022, 6, 1), date(2023, 6, 1)],
    *[date(2024, 5, 31), date(2025, 6, 1), date(2026, 6, 1)],
]
dates = st.sampled_from(DATES)
rents = st.floats(3000, 20000)
households = st.builds(Household, st.integers(1, 4), st.integers(0, 4), st.sampled_from(PLACES))


def limit_month(on: date, place: str = "Oslo", *, temporary: bool = False) -> float:
    """The limit of a single person whose rent is above every cap."""
    household = Household(place=place)
    return income_limit(RATES, on, 15_000, household, temporary=temporary).value / 12


# Husbanken's annual reports 2021 (table 15), 2022 (tables 11 and 21) and 2023 (table 19).
@pytest.mark.parametrize(
    ("on", "place", "temporary", "published", "off"),
    [
        (date(2021, 6, 1), "Oslo", False, 21_981, 1),
        (date(2021, 12, 1), "Oslo", False, 21_981, 1),
        (date(2021, 12, 1), "Oslo", True, 26_095, 3),
        (date(2021, 12, 1), "gruppe 4", False, 19_814, 5),
        (date(2021, 12, 1), "gruppe 4", True, 22_617, 5),
        (date(2022, 12, 1), "Oslo", True, 27_071, 5),
        (date(2022, 12, 1), "gruppe 2", True, 26_008, 5),
        (date(2022, 12, 1), "gruppe 3", True, 25_205, 5),
        (date(2022, 12, 1), "gruppe 4", True, 23_549, 5),
        (date(2023, 12, 1), "Oslo", True, 28_268, 5),
        (date(2023, 12, 1), "gruppe 4", True, 24_596, 5),
        # Published in round hundreds.
        (date(2023, 12, 1), "gruppe 4", False, 21_800, 50),
        (date(2025, 6, 1), "Oslo", False, 27_318, 1),
        (date(2026, 6, 1), "Oslo", False, 28_240, 1),
    ],
)
def test_published_limits_come_out(
    on: date, place: str, temporary: bool, published: float, off: float
) -> None:
    assert limit_month(on, place, temporary=temporary) == pytest.approx(published, abs=off)


def test_the_linear_form_holds_from_july_2024() -> None:
    names = {rate.name for rate in income_limit(RATES, date(2025, 6, 1), 15_000, SINGLE).rates}
    assert "lineær sats over innslagspunkt 2" in names
    assert "progressivt trinn" not in names


def test_the_second_adult_weighs_more_from_2022() -> None:
    weights = [
        rate.value
        for on in (date(2021, 12, 31), date(2022, 1, 1))
        for rate in income_limit(RATES, on, 15_000, Household(adults=2)).rates
        if rate.name == "vekt per voksen"
    ]

    assert weights == [0.1, 0.13]


def test_a_rent_that_never_gives_support_has_the_limit_zero() -> None:
    assert income_limit(RATES, date(2021, 6, 1), 1500, SINGLE).value == 0


def test_the_rates_that_decide_are_kept() -> None:
    capped = income_limit(RATES, date(2021, 6, 1), 10_000, SINGLE)
    below = income_limit(RATES, date(2021, 6, 1), 7_000, SINGLE)

    assert "øvre boutgift" in {r.name for r in capped.rates}
    assert "øvre boutgift" not in {r.name for r in below.rates}
    assert "vekt per voksen" not in {r.name for r in capped.rates}
    assert (capped.status, len(capped.cells)) == ("utledet", 10)


def test_2022_rests_on_an_assumption_and_2025_on_none() -> None:
    assert income_limit(RATES, date(2022, 6, 1), 10_000, SINGLE).status == "antatt"
    assert income_limit(RATES, date(2025, 6, 1), 10_000, SINGLE).status == "belagt"


@pytest.mark.parametrize(
    ("on", "household", "temporary", "problem"),
    [
        (date(2024, 6, 1), SINGLE, False, "3 satser har ingen verdi 2024-06-01: «innslagspunkt 1»"),
        (date(2024, 7, 1), SINGLE, False, "3 satser har ingen verdi 2024-07-01: «innslagspunkt 1»"),
        (date(2025, 5, 31), SINGLE, False, "«innslagspunkt 1», «innslagspunkt 2»"),
        (date(2020, 7, 1), SINGLE, False, "2020-07-01"),
        (date(2027, 6, 1), SINGLE, False, "2027-06-01"),
        (date(2021, 11, 30), SINGLE, True, "«midlertidig progressiv sats»"),
        (date(2024, 4, 1), SINGLE, True, "«midlertidig progressiv sats»"),
        (date(2021, 1, 1), Household(adults=2), False, "øvre boutgift"),
    ],
)
def test_what_is_not_in_the_table_is_refused(
    on: date, household: Household, temporary: bool, problem: str
) -> None:
    with pytest.raises(KgError, match=problem):
        income_limit(RATES, on, 10_000, household, temporary=temporary)


@given(dates, rents, st.floats(0, 5000), households)
def test_the_limit_rises_with_rent_up_to_the_cap_and_not_beyond(
    on: date, rent: float, more: float, household: Household
) -> None:
    low, high = (income_limit(RATES, on, r, household) for r in (rent, rent + more))

    assert high.value >= low.value
    if "øvre boutgift" in {r.name for r in low.rates}:
        assert high.value == low.value


@given(dates, rents, households)
def test_the_limit_falls_with_nobody_more_in_the_household(
    on: date, rent: float, household: Household
) -> None:
    own = income_limit(RATES, on, rent, household).value
    adult = Household(household.adults + 1, household.children, household.place)
    child = Household(household.adults, household.children + 1, household.place)

    assert income_limit(RATES, on, rent, adult).value >= own
    assert income_limit(RATES, on, rent, child).value >= own
