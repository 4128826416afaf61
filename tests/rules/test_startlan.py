from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.startlan import annuity_factor, maximum_income, minimum_income
from tests.rules import changed, law

RATES, TAXES = law("startlan"), law("skatt")
ON = date(2021, 11, 1)
HOME = 3_000_000
RATE = 2.075
terms = st.floats(5, 50)


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


def test_husbankens_example_of_2020_comes_out_from_the_loan() -> None:
    wage = minimum_income(
        RATES, TAXES, date(2020, 6, 1), 2_350_000, term_years=50, interest_pct=1.61
    )

    assert wage.value == pytest.approx(296_392, rel=0.005)
    assert wage.status == "utledet"


def test_lower_other_costs_take_less() -> None:
    frugal = changed(RATES, "andre faste utgifter", value=3500)
    less = minimum_income(frugal, TAXES, ON, HOME, term_years=50, interest_pct=RATE)
    assert less.value == pytest.approx(314_000, abs=100)


@given(terms, terms, st.floats(0, 15), st.floats(0, 5))
def test_a_shorter_term_and_a_higher_interest_take_a_higher_wage(
    one: float, other: float, interest: float, more: float
) -> None:
    easy, hard = (
        minimum_income(RATES, TAXES, ON, HOME, term_years=term, interest_pct=pct).value
        for term, pct in ((max(one, other), interest), (min(one, other), interest + more))
    )

    assert hard >= easy - 0.01


@pytest.mark.parametrize(("term", "said"), [(50, 334_100), (30, 391_800)])
def test_a_home_of_three_million_takes_this_wage(term: float, said: float) -> None:
    found = minimum_income(RATES, TAXES, ON, HOME, term_years=term, interest_pct=RATE)
    assert found.value == pytest.approx(said, abs=100)
    assert found.status == "antatt"


def test_the_assumed_maximum_is_a_fifth_of_the_loan() -> None:
    highest = maximum_income(RATES, ON, HOME)

    assert (highest.value, highest.status) == (600_000, "antatt")
    # Without interest every payment is loan.
    assert annuity_factor(0, 10) == 120


@pytest.mark.parametrize(
    ("on", "term", "interest", "problem"),
    [
        *((ON, term, RATE, "startlan: ventet en løpetid over 0 og opp til 50") for term in (0, 51)),
        *((ON, 50, pct, "startlan: ventet en rente fra 0 til 100") for pct in (-0.1, 100)),
        (date(2019, 12, 31), 50, RATE, "2019-12-31"),
        (date(2022, 6, 1), 50, RATE, "2022-06-01"),
    ],
)
def test_terms_interests_and_dates_that_cannot_be_are_refused(
    on: date, term: float, interest: float, problem: str
) -> None:
    with pytest.raises(KgError, match=problem):
        minimum_income(RATES, TAXES, on, HOME, term_years=term, interest_pct=interest)


def test_the_interest_is_an_assumption_and_no_rate() -> None:
    wage = minimum_income(RATES, TAXES, ON, HOME, term_years=50, interest_pct=RATE)
    assert any("forutsatt 50 år med 2,075 prosent rente" in step for step in wage.steps)
    assert not [rate for rate in RATES.rates if "rente" in rate.name]


@given(st.floats(100_000, 6_000_000), st.floats(0, 1_000_000))
def test_a_dearer_home_takes_a_higher_wage(price: float, more: float) -> None:
    low, high = (
        minimum_income(RATES, TAXES, ON, p, term_years=50, interest_pct=RATE).value
        for p in (price, price + more)
    )

    assert high >= low
