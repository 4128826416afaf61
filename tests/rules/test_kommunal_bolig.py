from datetime import date

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.kommunal_bolig import income_limit
from tests.rules import law

RATES, BASE = law("kommunal_bolig"), law("grunnbelop")


@pytest.mark.parametrize(
    ("on", "group", "limit"),
    [
        (date(2021, 12, 9), "enslig", 425_596),
        (date(2021, 12, 9), "ektepar eller samboere", 5 * 106_399),
        # The base amount changes on the first of May.
        (date(2021, 4, 30), "enslig", 4 * 101_351),
        (date(2021, 5, 1), "enslig", 4 * 106_399),
    ],
)
def test_the_limit_is_a_multiple_of_the_base_amount(on: date, group: str, limit: float) -> None:
    outcome = income_limit(RATES, BASE, on, group)
    assert outcome.value == limit
    assert {rate.name for rate in outcome.rates} == {"inntektsgrense", "grunnbeløp"}


def test_years_outside_the_tables_are_refused() -> None:
    with pytest.raises(KgError, match=r"ny tildelingsforskrift fra 1\.1\.2024"):
        income_limit(RATES, BASE, date(2024, 1, 1))
    with pytest.raises(KgError, match="grunnbelop: «grunnbeløp» har ingen verdi 2009-12-31"):
        income_limit(RATES, BASE, date(2009, 12, 31))
