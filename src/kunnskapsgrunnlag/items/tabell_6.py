"""Tabell 6: mean monthly rent by price zone and rooms; drawn over all years of SSB's tables."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, lines
from kunnskapsgrunnlag.store.formulas import growth_from_first, share_of

DRAWN = ("oslo-og-baerum", "hele-landet")


def compute(rents: pd.DataFrame, zones: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Rents of every price zone.

    Args:
        rents: One row per zone, rooms and year, with `rent_nok_month`; few zones, many years.
        zones: The same for all zones, in fewer years.
        years: The years of the reader's table; the first is the one that was printed.

    Returns:
        `region`, `category` (rooms), `year`; in the years of the table `leie` (NOK per month),
        `vekst` (percent since the first of them) and `forhold` (percent of the whole country's
        rent); in every year `over_tid` (NOK per month).
    """
    others = zones[~zones["region"].isin(rents["region"])]
    table = pd.concat([rents, others], ignore_index=True)
    table = table.rename(columns={"rooms": "category", "rent_nok_month": "over_tid"})
    asked = table[table["year"].isin(years)]
    return table.assign(
        leie=asked["over_tid"],
        vekst=growth_from_first(asked, "over_tid"),
        forhold=share_of(asked, "over_tid"),
    )


def draw(table: Table, chart: Chart) -> None:
    """A panel per number of rooms: Oslo's zone and the country."""
    rows = table[table["region"].isin(DRAWN)]
    for room, of_room in rows.groupby("category"):
        panel = chart.panel("over_tid", title=chart.name("category", room))
        lines(panel, of_room, height=120)
