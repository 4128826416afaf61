"""Figur 25: startlån in large municipalities, per 1 000 residents and per resident."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name, rows_of, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.theme import panels
from kunnskapsgrunnlag.store.formulas import join_population, per_1000


def compute(loans: pd.DataFrame, population: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Loans and amounts as delivered, against the population on 1 January.

    Args:
        loans: One row per region, with `loans` (count) and `loans_nok` (NOK).
        population: One row per region and year, with `residents`.

    Returns:
        `region`, `antall`, `utbetalt` (NOK), `per_1000`, `per_innbygger` (NOK), `folkemengde`.
    """
    residents = join_population(loans, population, year=year)
    return pd.DataFrame(
        {
            "region": loans["region"],
            "antall": loans["loans"],
            "utbetalt": loans["loans_nok"],
            "per_1000": per_1000(loans["loans"], residents),
            "per_innbygger": loans["loans_nok"] / residents,
            "folkemengde": residents,
        }
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Loans per 1 000 residents, then NOK per resident; Oslo and the country stand out."""
    names = [region_name(r) for r in table["region"]]
    titles = [f"Startlån per {say(1000)} innbyggere", "Utbetalt per innbygger (kroner)"]
    for ax, measure, decimals in zip(
        panels(fig, titles, 2.35), ("per_1000", "per_innbygger"), (1, 0), strict=True
    ):
        bars_across(ax, names, table[measure].tolist(), decimals=decimals, strong=["Oslo"])


def describe(table: pd.DataFrame, item: Item) -> str:
    """Both rates of every region."""
    parts = [
        f"{region_name(row['region'])} {say(row['per_1000'], 1)} lån og "
        f"{say(row['per_innbygger'])} kroner"
        for row in rows_of(table)
    ]
    return (
        f"Søylediagram i to deler, startlån per {say(1000)} innbyggere og utbetalt per innbygger: "
        f"{listed(parts)}."
    )
