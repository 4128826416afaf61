"""Tabell 29: statlig bostøtte in selected cities in one year, Oslo and the country in many."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars, year_sum
from kunnskapsgrunnlag.rules.prices import fixed_prices

MILLION = 1_000_000
KEYS = ["region", "year"]
MEASURES = ["paid_nok", "over_cap", "recipients"]


def compute(
    printed: pd.DataFrame,
    housing_allowance: pd.DataFrame,
    annual: pd.DataFrame,
    population: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    year: int,
    first_year: int,
    last_year: int,
) -> pd.DataFrame:
    """The cities as printed; Oslo's and the country's amounts and shares come from the months.

    Args:
        printed: One row per region, of `year`: `recipients_year` (households, each counted once),
            `paid_nok`, `over_cap_pct`; a missing number is taken from the register.
        housing_allowance: The register, one row per region and month.
        annual: One row per region and year, with `recipients_year` and `paid_nok`.
        population: One row per region and year, with `residents`.
        prices: The consumer price index, one row per month.

    Returns:
        `region`, `year`, `mottakere`, `utbetalt` (NOK), `utbetalt_faste` (NOK million in the last
        year's kroner), `per_1000`, `per_innbygger` (NOK), `over_tak` (percent), `folkemengde`,
        `utbetalt_register` and `utbetalt_arsrapport` (NOK million).
    """
    register = housing_allowance[housing_allowance["region"].isin(printed["region"])]
    years = range(first_year, last_year + 1)
    sums = pd.concat([year_sum(register, MEASURES, whole) for whole in years], ignore_index=True)
    table = sums.merge(printed.assign(year=year), on=KEYS, how="outer", suffixes=("_register", ""))
    table = table.merge(annual, on=KEYS, how="left", suffixes=("", "_annual"))
    table = table.merge(population, on=KEYS, how="left")
    households = table["recipients_year"].fillna(table["recipients_year_annual"])
    paid = table["paid_nok"].fillna(table["paid_nok_register"])
    # Household months over the cap of household months paid.
    over_cap = table["over_cap"] / table["recipients"] * 100
    return pd.DataFrame(
        {
            "region": table["region"],
            "year": table["year"],
            "mottakere": households,
            "utbetalt": paid,
            "utbetalt_faste": fixed_prices(paid, table["year"], prices, base=last_year) / MILLION,
            "per_1000": households / table["residents"] * 1000,
            "per_innbygger": paid / table["residents"],
            "over_tak": table["over_cap_pct"].fillna(over_cap),
            "folkemengde": table["residents"],
            "utbetalt_register": table["paid_nok_register"] / MILLION,
            "utbetalt_arsrapport": table["paid_nok_annual"] / MILLION,
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Recipients and NOK per resident, and the share over the cap, in the year of all cities."""
    year = table.loc[~table["region"].isin(["oslo", "hele-landet"]), "year"].max()
    for panel in chart.panels("per_1000", "per_innbygger", "over_tak"):
        bars(panel, table[table["year"] == year])
