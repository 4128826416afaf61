from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.bostotte import PLACES, Household, income_limit, support
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
    ("on", "place", "temporary", "published"),
    [
        (date(2021, 12, 1), "gruppe 4", False, 19_814),
        (date(2021, 12, 1), "gruppe 4", True, 22_617),
        (date(2022, 12, 1), "Oslo", True, 27_071),
        (date(2022, 12, 1), "gruppe 2", True, 26_008),
        (date(2022, 12, 1), "gruppe 3", True, 25_205),
        (date(2022, 12, 1), "gruppe 4", True, 23_549),
        (date(2023, 12, 1), "Oslo", True, 28_268),
        (date(2023, 12, 1), "gruppe 4", True, 24_596),
    ],
)
def test_published_limits_come_out_within_five_kroner(
    on: date, place: str, temporary: bool, published: float
) -> None:
    assert limit_month(on, place, temporary=temporary) == pytest.approx(published, abs=5)


def test_single_in_oslo_june_2021_comes_out_within_a_krone() -> None:
    assert limit_month(date(2021, 6, 1)) == pytest.approx(21_981, abs=1)


def test_the_limit_published_in_round_hundreds_comes_out() -> None:
    assert round(limit_month(date(2023, 12, 1), "gruppe 4"), -2) == 21_800


@pytest.mark.parametrize(("on", "said"), [(date(2025, 6, 1), 27_318), (date(2026, 6, 1), 28_240)])
def test_the_linear_form_holds_from_july_2024(on: date, said: float) -> None:
    outcome = income_limit(RATES, on, 15_000, SINGLE)

    assert outcome.value / 12 == pytest.approx(said, abs=1)
    assert "lineær sats over innslagspunkt 2" in {rate.name for rate in outcome.rates}
    assert "progressivt trinn" not in {rate.name for rate in outcome.rates}


def test_the_temporary_rate_raises_the_limit() -> None:
    on = date(2021, 12, 1)

    assert limit_month(on, temporary=True) == pytest.approx(26_095, abs=3)
    assert limit_month(on) == pytest.approx(21_981, abs=1)


def test_support_is_the_coverage_of_what_the_own_share_leaves() -> None:
    paid = support(RATES, date(2021, 6, 1), 0, 15_000, SINGLE)

    assert paid.value == pytest.approx(0.737 * (73_104 + 23_928 - 21_643) / 12)


def test_support_below_the_minimum_is_not_paid() -> None:
    limit = limit_month(date(2021, 6, 1))

    assert support(RATES, date(2021, 6, 1), limit, 15_000, SINGLE).value >= 50
    assert support(RATES, date(2021, 6, 1), limit + 1, 15_000, SINGLE).value == 0


def test_a_rent_that_never_gives_support_has_the_limit_zero() -> None:
    assert income_limit(RATES, date(2021, 6, 1), 1500, SINGLE).value == 0


def test_the_second_adult_weighs_more_from_2022() -> None:
    two = Household(adults=2)

    before = support(RATES, date(2021, 12, 31), 20_000, 15_000, two).rates
    after = support(RATES, date(2022, 1, 1), 20_000, 15_000, two).rates

    assert [r.value for r in before if r.name == "vekt per voksen"] == [0.1]
    assert [r.value for r in after if r.name == "vekt per voksen"] == [0.13]


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


@pytest.mark.parametrize("on", [date(2024, 6, 1), date(2024, 7, 1), date(2025, 5, 31)])
def test_the_unknown_thresholds_of_2024_are_refused(on: date) -> None:
    with pytest.raises(KgError, match="3 rates have no value on") as refusal:
        income_limit(RATES, on, 10_000, SINGLE)

    assert on.isoformat() in str(refusal.value)
    assert "«innslagspunkt 1», «innslagspunkt 2»" in str(refusal.value)


@pytest.mark.parametrize("on", [date(2020, 7, 1), date(2027, 6, 1)])
def test_dates_outside_the_table_are_refused(on: date) -> None:
    with pytest.raises(KgError, match=on.isoformat()):
        support(RATES, on, 10_000, 10_000, SINGLE)


@pytest.mark.parametrize("on", [date(2021, 11, 30), date(2024, 4, 1)])
def test_the_temporary_rate_has_its_period(on: date) -> None:
    with pytest.raises(KgError, match="«midlertidig progressiv sats»"):
        income_limit(RATES, on, 10_000, SINGLE, temporary=True)


def test_a_household_size_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(KgError, match="øvre boutgift"):
        income_limit(RATES, date(2021, 1, 1), 10_000, Household(adults=2))


@pytest.mark.parametrize(
    ("adults", "children", "place"), [(0, 1, "Oslo"), (1, -1, "Oslo"), (1, 0, "Bergen")]
)
def test_what_is_no_household_is_refused(adults: int, children: int, place: str) -> None:
    with pytest.raises(KgError, match="Expected"):
        Household(adults, children, place)


@given(dates, rents, st.floats(0, 5000), households)
def test_the_limit_rises_with_rent_up_to_the_cap_and_not_beyond(
    on: date, rent: float, more: float, household: Household
) -> None:
    low, high = (income_limit(RATES, on, r, household) for r in (rent, rent + more))

    assert high.value >= low.value
    if "øvre boutgift" in {r.name for r in low.rates}:
        assert high.value == low.value


@given(dates, st.floats(0, 60_000), st.floats(0, 20_000), rents, households)
def test_support_never_rises_with_income(
    on: date, income: float, more: float, rent: float, household: Household
) -> None:
    low, high = (support(RATES, on, i, rent, household).value for i in (income, income + more))

    assert high <= low


@given(dates, rents, households)
def test_the_limit_is_where_support_ends(on: date, rent: float, household: Household) -> None:
    month = income_limit(RATES, on, rent, household).value / 12

    assert support(RATES, on, month + 1, rent, household).value == 0
    if month:
        assert support(RATES, on, month - 1, rent, household).value > 0


@given(dates, rents, households)
def test_the_limit_falls_with_nobody_more_in_the_household(
    on: date, rent: float, household: Household
) -> None:
    own = income_limit(RATES, on, rent, household).value
    adult = Household(household.adults + 1, household.children, household.place)
    child = Household(household.adults, household.children + 1, household.place)

    assert income_limit(RATES, on, rent, adult).value >= own
    assert income_limit(RATES, on, rent, child).value >= own


@given(dates, rents, st.integers(1, 4), st.integers(0, 4))
def test_dearer_places_have_no_lower_limit(
    on: date, rent: float, adults: int, children: int
) -> None:
    limits = [income_limit(RATES, on, rent, Household(adults, children, p)).value for p in PLACES]

    assert limits == sorted(limits, reverse=True)
