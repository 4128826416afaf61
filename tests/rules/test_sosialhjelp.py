from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.sosialhjelp import Norm, gross_limit, net_limit
from tests.conftest import NBSP
from tests.rules import law

RATES, TAXES = law("sosialhjelp"), law("skatt")
ON = date(2021, 11, 1)


@pytest.mark.parametrize(
    ("norm", "net", "gross", "status"),
    [("statlig", 16_450, 233_800, "belagt"), ("oslo", 17_614, 254_300, "antatt")],
)
def test_limits_of_a_single_person_in_2021(
    norm: Norm, net: float, gross: float, status: str
) -> None:
    assert net_limit(RATES, ON, 10_000, norm=norm).value == net
    outcome = gross_limit(RATES, TAXES, ON, 10_000, norm=norm)
    assert outcome.value == pytest.approx(gross, abs=50)
    assert outcome.status == status


def test_the_norm_follows_the_date_and_the_household() -> None:
    days = (date(2022, 6, 30), date(2022, 7, 1))
    couple = net_limit(RATES, ON, 0, norm="statlig", group="ektepar eller samboere")

    assert [net_limit(RATES, on, 0, norm="statlig").value for on in days] == [6550, 6650]
    assert couple.value == 10_800


def test_the_steps_say_how() -> None:
    first, *_, last = gross_limit(RATES, TAXES, ON, 10_000, norm="statlig").steps

    assert first.replace(NBSP, " ").startswith(
        "statlig veiledende sats 6 450 + husleie 10 000 = 16 450"
    )
    assert last.startswith("inntektsgrense per år")


@pytest.mark.parametrize(
    ("on", "norm", "group", "problem"),
    [
        (date(2017, 12, 31), "statlig", "enslig", "2017-12-31"),
        (date(2025, 1, 1), "statlig", "enslig", "2025-01-01"),
        (date(2020, 12, 31), "oslo", "enslig", "2020-12-31"),
        (date(2025, 1, 1), "oslo", "enslig", "2025-01-01"),
        (date(2023, 2, 1), "statlig", "barn 0–5 år", "ikke funnet for denne gruppen"),
    ],
)
def test_a_norm_that_is_not_in_the_table_is_refused(
    on: date, norm: Norm, group: str, problem: str
) -> None:
    with pytest.raises(KgError, match=problem):
        net_limit(RATES, on, 10_000, norm=norm, group=group)


def test_a_year_without_taxes_has_a_net_limit_only() -> None:
    assert net_limit(RATES, date(2024, 1, 1), 0, norm="oslo").value == 8730
    with pytest.raises(KgError, match=r"skatt: .* har ingen verdi"):
        gross_limit(RATES, TAXES, date(2024, 1, 1), 0, norm="oslo")


@given(st.floats(0, 30_000), st.floats(0, 10_000))
def test_the_limit_rises_with_rent(rent: float, more: float) -> None:
    low, high = (gross_limit(RATES, TAXES, ON, r, norm="oslo").value for r in (rent, rent + more))
    assert high >= low + 12 * more - 0.01
