"""Tabell 29: statlig bostøtte in selected cities in one year."""

from typing import Any

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars
from kunnskapsgrunnlag.store.formulas import join_population, per_1000, year_total
from kunnskapsgrunnlag.store.traced import Traced

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
    known = set(housing_allowance["region"])
    register = {
        r: year_total(housing_allowance, "paid_nok", r, year)
        for r in printed["region"]
        if r in known
    }
    residents = join_population(printed, population, year=year)
    paid = _fill(printed, "paid_nok", register)
    over_cap = {r: _over_cap_pct(housing_allowance, r, year) for r in register}
    return pd.DataFrame(
        {
            "region": printed["region"],
            "mottakere": printed["recipients_year"],
            "utbetalt": paid,
            "per_1000": per_1000(printed["recipients_year"], residents),
            "per_innbygger": paid / residents,
            "over_tak": _fill(printed, "over_cap_pct", over_cap),
            "folkemengde": residents,
            "utbetalt_register": [
                register[r] / MILLION if r in register else None for r in printed["region"]
            ],
        }
    )


def _fill(printed: pd.DataFrame, measure: str, computed: dict[str, Traced]) -> "pd.Series[Any]":
    """The delivered number, or the computed one where the delivery leaves it to the register."""
    return pd.Series(
        [
            computed[r] if v.is_missing and r in computed else v
            for r, v in zip(printed["region"], printed[measure], strict=True)
        ],
        index=printed.index,
        dtype=object,
    )


def _over_cap_pct(register: pd.DataFrame, region: str, year: int) -> Traced:
    """Household months over the cap as a percentage of household months paid."""
    over = year_total(register, "over_cap", region, year)
    return over / year_total(register, "recipients", region, year) * 100


def draw(table: Table, chart: Chart) -> None:
    """Recipients and NOK per resident, and the share over the cap, in each city."""
    for panel in chart.panels("per_1000", "per_innbygger", "over_tak"):
        bars(panel, table)
