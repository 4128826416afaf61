from datetime import date

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.kommunal_bolig import income_limit
from tests.rules import law

RATES, BASE = law("kommunal_bolig"), law("grunnbelop")
COUPLE = "ektepar eller samboere"


def test_the_limit_of_2021_is_four_times_the_base_amount() -> None:
    assert income_limit(RATES, BASE, date(2021, 12, 9)).value == 425_596


def test_couples_have_five_times() -> None:
    assert income_limit(RATES, BASE, date(2021, 12, 9), COUPLE).value == 5 * 106_399


@pytest.mark.parametrize(("month", "day", "base"), [(4, 30, 101_351), (5, 1, 106_399)])
def test_the_base_amount_changes_on_the_first_of_may(month: int, day: int, base: float) -> None:
    assert income_limit(RATES, BASE, date(2021, month, day)).value == 4 * base


def test_both_rates_are_kept() -> None:
    outcome = income_limit(RATES, BASE, date(2021, 12, 9))

    assert {rate.name for rate in outcome.rates} == {"inntektsgrense", "grunnbeløp"}
    assert outcome.status == "belagt"


def test_the_new_regulation_of_2024_is_not_guessed() -> None:
    with pytest.raises(KgError, match=r"ny tildelingsforskrift fra 1\.1\.2024"):
        income_limit(RATES, BASE, date(2024, 1, 1))


def test_a_year_before_the_base_amounts_is_refused() -> None:
    with pytest.raises(KgError, match="grunnbelop: «grunnbeløp» har ingen verdi 2009-12-31"):
        income_limit(RATES, BASE, date(2009, 12, 31))
