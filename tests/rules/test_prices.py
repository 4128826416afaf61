import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.prices import fixed_prices, price_index


@pytest.fixture
def prices() -> pd.DataFrame:
    """80 in each month of 2020; in 2025 from 95 in January to 106 in December."""
    months = [(2020, m, 80.0) for m in range(1, 13)] + [(2025, m, 94.0 + m) for m in range(1, 13)]
    return pd.DataFrame(months, columns=["year", "month", "price_index"])


def test_a_year_is_the_mean_of_its_months(prices: pd.DataFrame) -> None:
    assert price_index(prices, 2025) == 100.5
    assert price_index(prices, 2025, 11) == 105


def test_amounts_are_moved_to_the_prices_of_one_year(prices: pd.DataFrame) -> None:
    amounts = pd.Series([800.0, None, 1000.0], dtype=object).where(lambda c: c.notna(), None)

    yearly = fixed_prices(amounts, [2020, 2020, 2025], prices, base=2025)
    monthly = fixed_prices(amounts, [2020, 2020, 2025], prices, base=2025, month=11)

    assert yearly.tolist() == [1005.0, None, 1000.0]
    assert monthly.tolist() == [1050.0, None, 1000.0]


def test_a_part_of_a_year_has_no_mean(prices: pd.DataFrame) -> None:
    with pytest.raises(KgError, match="har 11 av 12 måneder i 2025"):
        price_index(prices.drop(index=20), 2025)
