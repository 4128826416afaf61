"""Figur 25: startlån in large municipalities, per 1 000 residents and per resident."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars, lookup


def compute(
    loans: pd.DataFrame, newer: pd.DataFrame, population: pd.DataFrame, *, years: list[int]
) -> pd.DataFrame:
    """Loans and amounts as delivered, against the population on 1 January.

    Args:
        loans: One row per region, of the first of the years, with `loans` (count) and `loans_nok`.
        newer: The same for the regions and years that Husbanken's annual reports have.
        population: One row per region and year, with `residents`.

    Returns:
        `region`, `year`, `antall`, `utbetalt` (NOK), `per_1000`, `per_innbygger` (NOK),
        `folkemengde`.
    """
    newer = newer[newer["year"].isin(years)]
    table = pd.concat([loans.assign(year=years[0]), newer], ignore_index=True)
    residents = lookup(population, "residents", table[["region", "year"]])
    return pd.DataFrame(
        {
            "region": table["region"],
            "year": table["year"],
            "antall": table["loans"],
            "utbetalt": table["loans_nok"],
            "per_1000": table["loans"] / residents * 1000,
            "per_innbygger": table["loans_nok"] / residents,
            "folkemengde": residents,
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Loans and NOK per resident in each year that has numbers, on common axes."""
    for year, rows in table.groupby("year"):
        for panel in chart.panels("per_1000", "per_innbygger"):
            panel.title = f"{panel.title}, {year}"
            bars(panel, rows, scale=table)
