"""Figur 25: startlån in large municipalities, per 1 000 residents and per resident."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars
from kunnskapsgrunnlag.store.formulas import lookup


def compute(loans: pd.DataFrame, population: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Loans and amounts as delivered, against the population on 1 January.

    Args:
        loans: One row per region, with `loans` (count) and `loans_nok` (NOK).
        population: One row per region and year, with `residents`.

    Returns:
        `region`, `antall`, `utbetalt` (NOK), `per_1000`, `per_innbygger` (NOK), `folkemengde`.
    """
    residents = lookup(population, "residents", loans["region"], year=year)
    return pd.DataFrame(
        {
            "region": loans["region"],
            "antall": loans["loans"],
            "utbetalt": loans["loans_nok"],
            "per_1000": loans["loans"] / residents * 1000,
            "per_innbygger": loans["loans_nok"] / residents,
            "folkemengde": residents,
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Loans and NOK per resident in each city."""
    for panel in chart.panels("per_1000", "per_innbygger"):
        bars(panel, table)
