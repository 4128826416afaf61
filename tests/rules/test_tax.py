from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.tax import gross_from_net, net_from_gross
from tests.rules import law

TAXES = law("skatt")
ON = date(2021, 6, 1)
years = st.sampled_from([date(2020, 1, 1), date(2021, 12, 31), date(2022, 7, 1)])
wages = st.floats(0, 3_000_000)
interest = st.floats(0, 200_000)


# Husbanken's annual reports 2021 (table 15) and 2022 (table 11); a wage below all limits.
@pytest.mark.parametrize(
    ("gross", "net", "off"),
    [(12 * 21_981, 217_711, 2), (12 * 19_814, 200_086, 2), (59_650, 59_650, 0)],
)
def test_published_net_incomes_come_out(gross: float, net: float, off: float) -> None:
    assert net_from_gross(TAXES, ON, gross).value == pytest.approx(net, abs=off)


def test_interest_lowers_the_tax_on_ordinary_income() -> None:
    without, relieved = (
        net_from_gross(TAXES, ON, 400_000, interest_paid=paid).value for paid in (0, 10_000)
    )

    assert relieved - without == pytest.approx(2_200)


def test_brackets_above_the_wage_are_no_part_of_it_and_the_contribution_is_phased_in() -> None:
    low = net_from_gross(TAXES, ON, 60_650)
    names = {rate.name for rate in net_from_gross(TAXES, ON, 200_000).rates}

    assert low.value == pytest.approx(60_650 - 250)
    assert low.status == "antatt"
    assert "trinn 1 sats" in names
    assert "trinn 2 fra" not in names
    assert net_from_gross(TAXES, ON, 300_000).status == "belagt"


def test_every_bracket_of_a_high_wage_is_taxed() -> None:
    taxable = 1_100_000 - 106_750 - 52_450
    brackets = (
        0.017 * (260_100 - 184_800)
        + 0.04 * (651_250 - 260_100)
        + 0.132 * (1_021_550 - 651_250)
        + 0.162 * (1_100_000 - 1_021_550)
    )

    net = net_from_gross(TAXES, ON, 1_100_000).value

    assert net == pytest.approx(1_100_000 * (1 - 0.082) - 0.22 * taxable - brackets)


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2023, 1, 1)])
def test_years_outside_the_table_are_refused(on: date) -> None:
    with pytest.raises(KgError, match=on.isoformat()):
        net_from_gross(TAXES, on, 300_000)


@given(years, wages, interest)
def test_gross_from_net_inverts_net_from_gross(on: date, gross: float, paid: float) -> None:
    net = net_from_gross(TAXES, on, gross, interest_paid=paid).value

    found = gross_from_net(TAXES, on, net, interest_paid=paid).value

    assert found == pytest.approx(gross, abs=0.01)


@given(years, wages, st.floats(0, 100_000), interest)
def test_a_higher_wage_leaves_more(on: date, gross: float, more: float, paid: float) -> None:
    low, high = (
        net_from_gross(TAXES, on, g, interest_paid=paid).value for g in (gross, gross + more)
    )

    assert low <= high + 1e-6
    assert high - low <= more + 1e-6
