"""Figur 4: prices per square metre in Oslo as far as the printed report gives them."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars, matrix, only

CITY, ABOVE, BELOW = "oslo", "over Oslo", "godt under Bispevika"


def compute(prices: pd.DataFrame) -> pd.DataFrame:
    """The prices that are printed, how far they lie from the city's, and what is said of areas.

    Args:
        prices: One row per area, with `price_nok_m2` (missing where it is not printed) and
            `compared` (words; a symbol where the text compares nothing).

    Returns:
        `category` (area), `pris` (NOK per m2), `over_oslo` (percent above the city; None where it
        cannot be told) and `sammenligning` (words or None).
    """
    city = only(prices, "price_nok_m2", area=CITY)
    table = prices.rename(columns={"area": "category", "price_nok_m2": "pris"})
    above = (table["pris"] / city - 1) * 100
    return table.drop(columns="compared").assign(
        over_oslo=above.where((table["category"] != CITY) & table["pris"].notna()),
        sammenligning=table["compared"].where(table["compared"].notna()),
    )


def draw(table: Table, chart: Chart) -> None:
    """Bars for the printed prices and Oslo as a line; below, the areas that are only compared."""
    priced = table.dropna(subset="pris").sort_values("pris", ascending=False)
    is_city = priced["category"] == CITY
    bars(chart.panel("pris"), priced[~is_city], reference=priced[is_city])
    compared = table.dropna(subset="sammenligning")
    matrix(chart.panel("sammenligning"), compared, [ABOVE, BELOW])
