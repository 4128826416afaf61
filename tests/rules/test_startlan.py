from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.startlan import (
    annuity_factor,
    largest_loan,
    maximum_income,
    minimum_income,
)
from tests.rules import changed, law

RATES, TAXES = law("startlan"), law("skatt")
ON = date(2021, 11, 1)
HOME = 3_000_000
RATE = 2.075
terms = st.floats(5, 50)
wages = st.floats(250_000, 900_000)


# Husbanken's annual report 2024, note e: money available, other costs, interest, loan.
@pytest.mark.parametrize(
    ("available", "other", "interest", "loan"),
    [(10_243, 4_600, 0.0161, 2_350_000), (14_134, 5_500, 0.0426, 2_130_000)],
)
def test_husbankens_example_comes_out_within_two_percent(
    available: float, other: float, interest: float, loan: float
) -> None:
    found = (available - other) * annuity_factor(interest, 50)

    assert found == pytest.approx(loan, rel=0.02)


def test_husbankens_example_of_2020_comes_out_from_the_wage() -> None:
    loan = largest_loan(RATES, TAXES, date(2020, 6, 1), 296_392, term_years=50, interest_pct=1.61)

    assert loan.value == pytest.approx(2_350_000, rel=0.02)
    assert loan.status == "utledet"


@pytest.mark.parametrize(("term", "said"), [(50, 334_100), (30, 391_800)])
def test_a_home_of_three_million_takes_this_wage(term: float, said: float) -> None:
    found = minimum_income(RATES, TAXES, ON, HOME, term_years=term, interest_pct=RATE)

    assert found.value == pytest.approx(said, abs=100)
    assert found.status == "antatt"


def test_lower_other_costs_take_less() -> None:
    frugal = changed(RATES, "andre faste utgifter", value=3500)

    assert minimum_income(
        frugal, TAXES, ON, HOME, term_years=50, interest_pct=RATE
    ).value == pytest.approx(314_000, abs=100)


def test_the_assumed_maximum_is_a_fifth_of_the_loan() -> None:
    highest = maximum_income(RATES, ON, HOME)

    assert (highest.value, highest.status) == (600_000, "antatt")


def test_a_wage_below_the_costs_services_nothing() -> None:
    assert largest_loan(RATES, TAXES, ON, 150_000, term_years=50, interest_pct=RATE).value == 0


def test_without_interest_every_payment_is_loan() -> None:
    assert annuity_factor(0, 10) == 120


@pytest.mark.parametrize("term", [0, -1, 51])
def test_terms_that_are_not_allowed_are_refused(term: float) -> None:
    with pytest.raises(KgError, match="startlan: expected a term above 0 and up to 50 years"):
        minimum_income(RATES, TAXES, ON, HOME, term_years=term, interest_pct=RATE)


@pytest.mark.parametrize("interest", [-0.1, 100])
def test_an_interest_that_can_be_none_is_refused(interest: float) -> None:
    with pytest.raises(KgError, match="startlan: expected an interest from 0 to 100 percent"):
        largest_loan(RATES, TAXES, ON, 400_000, term_years=50, interest_pct=interest)


def test_the_interest_is_an_assumption_and_no_rate() -> None:
    found = minimum_income(RATES, TAXES, ON, HOME, term_years=50, interest_pct=RATE)

    assert any("forutsatt 50 år med 2,075 prosent rente" in step for step in found.steps)
    assert not [rate for rate in RATES.rates if "rente" in rate.name]


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2022, 6, 1), date(2025, 6, 1)])
def test_dates_without_costs_are_refused(on: date) -> None:
    with pytest.raises(KgError, match=on.isoformat()):
        minimum_income(RATES, TAXES, on, HOME, term_years=50, interest_pct=RATE)


@given(wages, terms)
def test_minimum_income_inverts_largest_loan(gross: float, term: float) -> None:
    loan = largest_loan(RATES, TAXES, ON, gross, term_years=term, interest_pct=RATE).value

    found = minimum_income(RATES, TAXES, ON, loan, term_years=term, interest_pct=RATE).value

    assert found == pytest.approx(gross, abs=1)


@given(wages, terms, terms)
def test_the_loan_rises_with_the_term(gross: float, one: float, other: float) -> None:
    low, high = (
        largest_loan(RATES, TAXES, ON, gross, term_years=t, interest_pct=RATE).value
        for t in sorted((one, other))
    )

    assert high >= low - 0.01


@given(wages, st.floats(0, 15), st.floats(0.01, 5))
def test_the_loan_falls_with_the_interest(gross: float, interest: float, more: float) -> None:
    cheap, dear = (
        largest_loan(RATES, TAXES, ON, gross, term_years=30, interest_pct=rate).value
        for rate in (interest, interest + more)
    )

    assert dear <= cheap


@given(st.floats(100_000, 6_000_000), st.floats(0, 1_000_000))
def test_a_dearer_home_takes_a_higher_wage(price: float, more: float) -> None:
    low, high = (
        minimum_income(RATES, TAXES, ON, p, term_years=50, interest_pct=RATE).value
        for p in (price, price + more)
    )

    assert high >= low
