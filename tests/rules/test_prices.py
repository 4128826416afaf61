import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.prices import deflated, fixed_prices, price_index
from tests.conftest import cell, frame, numbers, values_of


@pytest.fixture
def prices() -> pd.DataFrame:
    """80 in each month of 2020; in 2025 from 95 in January to 106 in December."""
    months = [(2020, m, 80.0) for m in range(1, 13)] + [(2025, m, 94.0 + m) for m in range(1, 13)]
    years, order, index = zip(*months, strict=True)
    return frame(year=[*years], month=[*order], price_index=numbers([*index], "p"))


def test_a_year_is_the_mean_of_its_months(prices: pd.DataFrame) -> None:
    assert price_index(prices, 2025).value == 100.5
    assert price_index(prices, 2025, 11).value == 105


def test_amounts_are_moved_to_the_prices_of_one_year(prices: pd.DataFrame) -> None:
    amounts = pd.Series([cell(800), None, cell(1000)], dtype="traced")

    yearly = fixed_prices(amounts, [2020, 2020, 2025], prices, base=2025)
    monthly = fixed_prices(amounts, [2020, 2020, 2025], prices, base=2025, month=11)

    assert values_of(yearly) == [1005.0, None, 1000.0]
    assert values_of(monthly) == [1050.0, None, 1000.0]


def test_the_base_years_own_amounts_rest_on_no_index(prices: pd.DataFrame) -> None:
    amounts = pd.Series(numbers([800, 1000], "a"))

    moved = fixed_prices(amounts, [2020, 2025], prices, base=2025)

    assert [len(amount.cells) for amount in moved] == [1 + 24, 1]


def test_growth_in_fixed_prices_rests_on_the_index_of_its_two_times(prices: pd.DataFrame) -> None:
    amounts = pd.Series(numbers([800, 1050], "a"))

    first, last = deflated(amounts, [2020, 2025], prices, month=11)

    grown = last / first

    assert grown.value == 1050 / 105 / (800 / 80)
    assert len(grown.cells) == 4


def test_a_part_of_a_year_has_no_mean(prices: pd.DataFrame) -> None:
    with pytest.raises(KgError, match="har 11 av 12 måneder i 2025"):
        price_index(prices.drop(index=20), 2025)
