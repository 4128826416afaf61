"""Figur 36: recipients of social assistance in the bydeler."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.items import bydeler_over_time as shared
from kunnskapsgrunnlag.items.bydeler_over_time import REGIONS
from kunnskapsgrunnlag.store.formulas import growth_from_first, lookup


def compute(
    recipients: pd.DataFrame, population: pd.DataFrame, *, years: list[int]
) -> pd.DataFrame:
    """Recipients in each bydel and in Oslo, against the population on 1 January of the year.

    Args:
        recipients: One row per bydel (and Oslo) and year, with `recipients`.
        population: The same, with `residents`; by the same division into bydeler.
        years: The years of the reader's table.

    Returns:
        `region`, `year`; in the years of the table `mottakere`, `per_1000` (per 1 000 residents)
        and `vekst` (percent since the first of them); in every year `over_tid` (recipients).
    """
    table = recipients[recipients["region"].isin(REGIONS)][["region", "year", "recipients"]]
    table = table.rename(columns={"recipients": "over_tid"})
    asked = table[table["year"].isin(years)]
    residents = lookup(population, "residents", asked[["region", "year"]])
    return table.assign(
        mottakere=asked["over_tid"],
        per_1000=asked["over_tid"] / residents * 1000,
        vekst=growth_from_first(asked, "over_tid"),
    ).reset_index(drop=True)


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Oslo's number through the years; below it the bydeler against their population."""
    shared.draw(
        table,
        fig,
        "per_1000",
        over_time="Mottakere i Oslo",
        by_bydel="Mottakere per 1\N{NO-BREAK SPACE}000 innbyggere i bydelene",
        decimals=0,
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """Oslo's course, and the bydeler against their population."""
    return shared.describe(
        table,
        "per_1000",
        of="mottakere av sosialhjelp",
        unit="",
        per="mottakere per 1\N{NO-BREAK SPACE}000 innbyggere",
    )
