"""Figur 27: statlig and kommunal bostøtte in Oslo: recipients, amount and mean."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Chart,
    Table,
    change_from_previous,
    growth_from_first,
    lines,
    lookup,
    year_sum,
)
from kunnskapsgrunnlag.rules.prices import deflated, fixed_prices

MILLION = 1_000_000
PARTS = ("mottakere", "utbetalt", "snitt")


def compute(
    housing_allowance: pd.DataFrame,
    municipal: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    first_year: int,
    last_year: int,
) -> pd.DataFrame:
    """The state's columns from the monthly register, the municipality's as delivered.

    Args:
        housing_allowance: The register, one row per region and month.
        municipal: One row per year, the same three measures for kommunal bostøtte. A year that it
            does not hold is missing, and said to be.
        prices: The consumer price index, one row per month.

    Returns:
        `year` and for each scheme `…_mottakere` (households in December), `…_utbetalt` (NOK
        million in the year), `…_snitt` (NOK in December), with changes from the year before and
        growth since the first year; `…_faste` is in the last year's kroner.
    """
    years = pd.DataFrame({"year": range(first_year, last_year + 1)})
    state = housing_allowance[housing_allowance["region"] == "oslo"]
    december = state[state["month"] == 12]
    paid = year_sum(state, ["paid_nok"])
    # The municipality's series may end before the state's does.
    table = years.assign(
        statlig_mottakere=lookup(december, "recipients", years),
        statlig_utbetalt=lookup(paid, "paid_nok", years) / MILLION,
        statlig_snitt=lookup(december, "mean_paid_nok_month", years),
        kommunal_mottakere=lookup(municipal, "recipients", years, lacking=".."),
        kommunal_utbetalt=lookup(municipal, "paid_nok", years, lacking="..") / MILLION,
        kommunal_snitt=lookup(municipal, "mean_paid_nok_month", years, lacking=".."),
    )
    last, year = last_year, table["year"]
    table = table.assign(
        statlig_utbetalt_faste=fixed_prices(table["statlig_utbetalt"], year, prices, base=last),
        statlig_snitt_faste=fixed_prices(table["statlig_snitt"], year, prices, base=last, month=12),
        kommunal_utbetalt_faste=fixed_prices(table["kommunal_utbetalt"], year, prices, base=last),
    )
    real = table.assign(
        statlig_utbetalt=deflated(table["statlig_utbetalt"], year, prices),
        statlig_snitt=deflated(table["statlig_snitt"], year, prices, month=12),
    )
    return table.assign(
        statlig_utbetalt_faste_vekst=growth_from_first(real, "statlig_utbetalt"),
        statlig_snitt_faste_vekst=growth_from_first(real, "statlig_snitt"),
        statlig_mottakere_endring=change_from_previous(table, "statlig_mottakere"),
        statlig_utbetalt_endring=change_from_previous(table, "statlig_utbetalt"),
        statlig_mottakere_vekst=growth_from_first(table, "statlig_mottakere"),
        statlig_snitt_vekst=growth_from_first(table, "statlig_snitt"),
        kommunal_mottakere_vekst=growth_from_first(table, "kommunal_mottakere"),
        kommunal_utbetalt_endring=change_from_previous(table, "kommunal_utbetalt"),
    )


def draw(table: Table, chart: Chart) -> None:
    """Three panels, in each a line for the state's and one for the municipality's scheme."""
    pairs = [(f"statlig_{part}", f"kommunal_{part}") for part in PARTS]
    for panel in chart.panels(*pairs, columns=1):
        lines(panel, table, height=150)
