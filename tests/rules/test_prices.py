import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.prices import fixed_prices, price_index
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


def test_a_part_of_a_year_has_no_mean(prices: pd.DataFrame) -> None:
    with pytest.raises(KgError, match="har 11 av 12 måneder i 2025"):
        price_index(prices.drop(index=20), 2025)
