"""Tabell 6: mean monthly rent by price zone and rooms."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, growth_from_first, pairs, share_of


def compute(rents: pd.DataFrame, zones: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Rents of every price zone.

    Args:
        rents: One row per zone, rooms and year, with `rent_nok_month`; few zones, many years.
        zones: The same for all zones, in fewer years.
        years: The years of the reader's table; the first is the one that was printed.

    Returns:
        `region`, `category` (rooms), `year`, `leie` (NOK per month), `vekst` (percent since the
        first year) and `forhold` (percent of the whole country's rent).
    """
    others = zones[~zones["region"].isin(rents["region"])]
    table = pd.concat([rents, others], ignore_index=True)
    table = table.rename(columns={"rooms": "category", "rent_nok_month": "leie"})
    table = table[table["year"].isin(years)]
    return table.assign(vekst=growth_from_first(table, "leie"), forhold=share_of(table, "leie"))


def draw(table: Table, chart: Chart) -> None:
    """What homes of each size cost in the last year, in Oslo's zone and in the country."""
    year = table["year"].max()
    panel = chart.panel("leie")
    panel.title = f"{panel.title}, {year}"
    last = table[table["year"] == year]
    pairs(panel, last, regions=("oslo-og-baerum", "hele-landet"), by="category")
