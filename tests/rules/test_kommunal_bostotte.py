import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.kommunal_bostotte import income_limit, support
from tests.rules import law

RATES = law("kommunal_bostotte")
ON = date(2021, 11, 1)
people = st.integers(1, 7)


# Worked out by hand in steps of 50 kroner.
@pytest.mark.parametrize(
    ("rent", "said"), [(8_000, 211_850), (10_000, 238_650), (12_000, 260_600), (14_000, 283_600)]
)
def test_limits_come_out_in_steps_of_fifty_kroner(rent: float, said: float) -> None:
    assert 50 * math.floor(income_limit(RATES, ON, rent).value / 50) == said


def test_the_percentage_rises_by_the_started_step() -> None:
    # 15 + 3 long steps + 32 short ones: 50 percent of 238 650 is reasonable.
    paid = support(RATES, ON, 238_650, 10_000)
    assert paid.value == pytest.approx(0.9 * (120_000 - 0.5 * 238_650))


def test_the_lowest_percentage_holds_up_to_its_income() -> None:
    assert support(RATES, ON, 50_000, 10_000).value == pytest.approx(0.9 * (120_000 - 7_500))
    assert support(RATES, ON, 80_000, 10_000, 2).value == pytest.approx(0.9 * (120_000 - 12_000))
    assert support(RATES, ON, 90_000, 10_000, 3).value == pytest.approx(0.9 * (120_000 - 13_500))


def test_rent_below_the_floor_and_less_than_the_smallest_support_give_nothing() -> None:
    assert support(RATES, ON, 0, 499).value == 0
    assert income_limit(RATES, ON, 499).value == 0
    assert support(RATES, ON, 0, 500).value == pytest.approx(0.9 * 6_000)
    assert support(RATES, ON, 238_667, 10_000).value == 0


def test_the_formula_is_evidenced_and_refused_after_november_2022() -> None:
    assert income_limit(RATES, date(2022, 11, 30), 10_000).status == "belagt"
    with pytest.raises(KgError, match="2022-12-01: fra 2022-12-01 «forskriften er opphevet"):
        income_limit(RATES, date(2022, 12, 1), 10_000)


@given(st.floats(0, 20_000), st.floats(0, 5_000), people)
def test_the_limit_rises_with_rent(rent: float, more: float, persons: int) -> None:
    low, high = (income_limit(RATES, ON, r, persons).value for r in (rent, rent + more))
    assert high >= low


@given(st.floats(0, 500_000), st.floats(0, 100_000), st.floats(0, 20_000), people)
def test_support_never_rises_with_income(
    income: float, more: float, rent: float, persons: int
) -> None:
    low, high = (support(RATES, ON, i, rent, persons).value for i in (income, income + more))
    assert high <= low


@given(st.floats(1_000, 20_000), people)
def test_one_more_person_lowers_no_limit(rent: float, persons: int) -> None:
    own, more = (income_limit(RATES, ON, rent, n).value for n in (persons, persons + 1))
    assert more >= own
