"""Figur 27: statlig and kommunal bostøtte in Oslo: recipients, amount and mean."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, lines
from kunnskapsgrunnlag.store.formulas import (
    change_from_previous,
    growth_from_first,
    only,
    year_total,
)
from kunnskapsgrunnlag.store.traced import Traced

MILLION = 1_000_000
PARTS = ("mottakere", "utbetalt", "snitt")


def compute(
    housing_allowance: pd.DataFrame, municipal: pd.DataFrame, *, first_year: int, last_year: int
) -> pd.DataFrame:
    """The state's columns from the monthly register, the municipality's as delivered.

    Args:
        housing_allowance: The register, one row per region and month.
        municipal: One row per year, the same three measures for kommunal bostøtte. A year that it
            does not hold is missing, and said to be.

    Returns:
        `year` and for each scheme `…_mottakere` (households in December), `…_utbetalt` (NOK
        million in the year), `…_snitt` (NOK in December), with changes from the year before and
        growth since the first year.
    """
    years = range(first_year, last_year + 1)
    december = housing_allowance[housing_allowance["month"] == 12]
    rows = [
        {
            "year": year,
            "statlig_mottakere": only(december, "recipients", region="oslo", year=year),
            "statlig_utbetalt": year_total(housing_allowance, "paid_nok", "oslo", year) / MILLION,
            "statlig_snitt": only(december, "mean_paid_nok_month", region="oslo", year=year),
            "kommunal_mottakere": _known(municipal, "recipients", year),
            "kommunal_utbetalt": _known(municipal, "paid_nok", year) / MILLION,
            "kommunal_snitt": _known(municipal, "mean_paid_nok_month", year),
        }
        for year in years
    ]
    table = pd.DataFrame(rows)
    return table.assign(
        statlig_mottakere_endring=change_from_previous(table, "statlig_mottakere"),
        statlig_utbetalt_endring=change_from_previous(table, "statlig_utbetalt"),
        statlig_mottakere_vekst=growth_from_first(table, "statlig_mottakere"),
        statlig_snitt_vekst=growth_from_first(table, "statlig_snitt"),
        kommunal_mottakere_vekst=growth_from_first(table, "kommunal_mottakere"),
        kommunal_utbetalt_endring=change_from_previous(table, "kommunal_utbetalt"),
    )


def _known(municipal: pd.DataFrame, measure: str, year: int) -> Traced:
    """The year's number, or a missing one: the series ends before the state's does."""
    if year in set(municipal["year"]):
        return only(municipal, measure, year=year)
    return Traced.missing("..")


def draw(table: Table, chart: Chart) -> None:
    """Three panels, in each a line for the state's and one for the municipality's scheme."""
    pairs = [(f"statlig_{part}", f"kommunal_{part}") for part in PARTS]
    for panel in chart.panels(*pairs, columns=1):
        lines(panel, table, height=150)
