from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.sosialhjelp import Norm, gross_limit, net_limit
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


def test_the_norm_follows_the_date() -> None:
    before, after = (
        net_limit(RATES, on, 0, norm="statlig").value
        for on in (date(2022, 6, 30), date(2022, 7, 1))
    )

    assert (before, after) == (6550, 6650)


def test_another_household_has_another_norm() -> None:
    couple = net_limit(RATES, ON, 0, norm="statlig", group="ektepar eller samboere")

    assert couple.value == 10_800


def test_the_steps_say_how() -> None:
    steps = gross_limit(RATES, TAXES, ON, 10_000, norm="statlig").steps

    assert (
        steps[0]
        .replace("\N{NO-BREAK SPACE}", " ")
        .startswith("statlig veiledende sats 6 450 + husleie 10 000 = 16 450")
    )
    assert steps[-1].startswith("inntektsgrense per år")


@pytest.mark.parametrize(
    ("on", "norm"),
    [
        (date(2017, 12, 31), "statlig"),
        (date(2025, 1, 1), "statlig"),
        (date(2020, 12, 31), "oslo"),
        (date(2025, 1, 1), "oslo"),
    ],
)
def test_dates_outside_the_table_are_refused(on: date, norm: Norm) -> None:
    with pytest.raises(KgError, match=on.isoformat()):
        net_limit(RATES, on, 10_000, norm=norm)


def test_a_norm_that_was_not_found_is_refused_with_the_reason() -> None:
    with pytest.raises(KgError, match=r"ikke funnet for denne gruppen"):
        net_limit(RATES, date(2023, 2, 1), 0, norm="statlig", group="barn 0–5 år")


def test_a_year_without_taxes_has_a_net_limit_only() -> None:
    assert net_limit(RATES, date(2024, 1, 1), 0, norm="oslo").value == 8730
    with pytest.raises(KgError, match=r"skatt: .* har ingen verdi"):
        gross_limit(RATES, TAXES, date(2024, 1, 1), 0, norm="oslo")


@given(st.floats(0, 30_000), st.floats(0, 10_000))
def test_the_limit_rises_with_rent(rent: float, more: float) -> None:
    low, high = (gross_limit(RATES, TAXES, ON, r, norm="oslo").value for r in (rent, rent + more))

    assert high >= low + 12 * more - 0.01
