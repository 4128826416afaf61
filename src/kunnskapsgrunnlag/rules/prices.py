"""Fixed prices: amounts of different years in the kroner of one, by SSB's consumer price index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError

if TYPE_CHECKING:
    Column = pd.Series[Any]


def price_index(prices: pd.DataFrame, year: int, month: int | None = None) -> Any:
    """The index of a month; of a year it is the mean of its twelve months.

    Args:
        prices: One row per month, with `price_index`.

    Raises:
        KgError: If the month, or one of the twelve, is not there.
    """
    rows = prices[prices["year"] == year]
    rows = rows if month is None else rows[rows["month"] == month]
    expected = 12 if month is None else 1
    if len(rows) != expected:
        raise KgError(
            f"Konsumprisindeksen har {len(rows)} av {expected} måneder i {year}. Hent tabell 14710 "
            "på nytt, eller velg et år som er helt."
        )
    whole = rows["price_index"].sum()
    return whole / expected if expected > 1 else whole


def deflated(
    amounts: Column,
    years: Sequence[int] | pd.Series[int],
    prices: pd.DataFrame,
    *,
    month: int | None = None,
) -> Column:
    """Each amount over the index of its own time: what growth in fixed prices compares.

    Args:
        years: Of which year each amount is.
        prices: One row per month, with `price_index`.
        month: Of which month in its year, where it is of one and not of a whole year.
    """
    then = {year: price_index(prices, year, month) for year in dict.fromkeys(years)}
    of_year = pd.Series([then[year] for year in years], index=amounts.index, dtype="traced")
    over: Column = amounts / of_year
    return over


def fixed_prices(
    amounts: Column,
    years: Sequence[int] | pd.Series[int],
    prices: pd.DataFrame,
    *,
    base: int,
    month: int | None = None,
) -> Column:
    """Each amount in the kroner of the year `base`; absent where there is no amount.

    Args:
        years, prices, month: As for `deflated`.
    """
    now = price_index(prices, base, month)
    moved = deflated(amounts * now, years, prices, month=month)
    # The base year's amounts are in its kroner already: no index has a part in them.
    in_base = pd.Series([year == base for year in years], index=amounts.index)
    kept: Column = moved.where(~in_base, amounts)
    return kept
