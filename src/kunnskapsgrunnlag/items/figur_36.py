"""Figur 36: recipients of social assistance in the bydeler."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    BYDELER,
    Chart,
    Table,
    growth_from_first,
    lines,
    lookup,
    pairs,
    ranked,
)


def compute(
    recipients: pd.DataFrame, population: pd.DataFrame, *, years: list[int]
) -> pd.DataFrame:
    """Recipients in each bydel and in Oslo, against the population on 1 January of the year.

    Args:
        recipients: One row per bydel (and Oslo) and year, with `recipients`.
        population: The same, with `residents`; by the same division into bydeler.
        years: The years that the bydeler are compared in.

    Returns:
        `region`, `year`; in those years, and for Oslo in every year, `mottakere`; in those years
        `per_1000` (per 1 000 residents) and `vekst` (percent since the first of them); in every
        year `over_tid` (recipients) and, where the population is known, `per_1000_tid`.
    """
    table = recipients[recipients["region"].isin([*BYDELER, "oslo"])][
        ["region", "year", "recipients"]
    ]
    table = table.rename(columns={"recipients": "over_tid"})
    asked = table[table["year"].isin(years)]
    is_shown = table["year"].isin(years) | (table["region"] == "oslo")
    residents = lookup(population, "residents", asked[["region", "year"]])
    known = table[["region", "year"]].merge(population, on=["region", "year"], how="left")
    return table.assign(
        per_1000_tid=table["over_tid"] / known["residents"].set_axis(table.index) * 1000,
        mottakere=table.loc[is_shown, "over_tid"],
        per_1000=asked["over_tid"] / residents * 1000,
        vekst=growth_from_first(asked, "over_tid"),
    ).reset_index(drop=True)


def draw(table: Table, chart: Chart) -> None:
    """Oslo's number through the years; below it the bydeler in the first year and the last."""
    years = chart.item.settings["years"]
    lines(chart.panel("mottakere"), table[table["region"] == "oslo"], height=150)
    rows = table[table["year"].isin(years)]
    pairs(chart.panel("per_1000"), ranked(rows, "per_1000"), years=years)
