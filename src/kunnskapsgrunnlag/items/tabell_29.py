"""Tabell 29: statlig bostøtte in selected cities in one year."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars
from kunnskapsgrunnlag.store.formulas import lookup, year_sum

MILLION = 1_000_000


def compute(
    printed: pd.DataFrame, housing_allowance: pd.DataFrame, population: pd.DataFrame, *, year: int
) -> pd.DataFrame:
    """Oslo's amount, and Oslo's and the country's share over the cap, come from the months.

    Args:
        printed: One row per region: `recipients_year` (households, each counted once),
            `paid_nok`, `over_cap_pct`; a missing number is taken from the register.
        housing_allowance: The register, one row per region and month.
        population: One row per region and year, with `residents`.

    Returns:
        `region`, `mottakere`, `utbetalt` (NOK), `per_1000`, `per_innbygger` (NOK), `over_tak`
        (percent), `folkemengde`, `utbetalt_register` (NOK million, where the register has it).
    """
    register = housing_allowance[housing_allowance["region"].isin(printed["region"])]
    sums = year_sum(register, ["paid_nok", "over_cap", "recipients"], year)
    table = printed.merge(sums, on="region", how="left", suffixes=("", "_register"))
    residents = lookup(population, "residents", table["region"], year=year)
    paid = table["paid_nok"].fillna(table["paid_nok_register"])
    # Household months over the cap of household months paid.
    over_cap = table["over_cap"] / table["recipients"] * 100
    return pd.DataFrame(
        {
            "region": table["region"],
            "mottakere": table["recipients_year"],
            "utbetalt": paid,
            "per_1000": table["recipients_year"] / residents * 1000,
            "per_innbygger": paid / residents,
            "over_tak": table["over_cap_pct"].fillna(over_cap),
            "folkemengde": residents,
            "utbetalt_register": table["paid_nok_register"] / MILLION,
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Recipients and NOK per resident, and the share over the cap, in each city."""
    for panel in chart.panels("per_1000", "per_innbygger", "over_tak"):
        bars(panel, table)
