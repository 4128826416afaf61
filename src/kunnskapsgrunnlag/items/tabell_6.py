"""Tabell 6: mean monthly rent by price zone and rooms, in the edition's year and the newest."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import kroner_axis, line_panel
from kunnskapsgrunnlag.formulas import growth_from_first, share_of_country
from kunnskapsgrunnlag.theme import DARK_BLUE, GREY, WARM_BLUE
from kunnskapsgrunnlag.words import region_name, say

ORDER = (
    "hele-landet",
    "oslo-og-baerum",
    "akershus-utenom-baerum",
    "bergen",
    "trondheim",
    "stavanger",
)


def compute(rents: pd.DataFrame, printed: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Rents of SSB's table, and of the printed report for the zones that were not fetched.

    Args:
        rents: One row per zone, rooms and year, with `rent_nok_month`.
        printed: The same for the remaining zones.
        years: The years to show; the first is the edition's own.

    Returns:
        `region`, `category` (rooms), `year`, `leie` (NOK per month), `vekst` (percent since the
        first year), `forhold` (percent of the whole country's rent).
    """
    both = pd.concat([rents[~rents["region"].isin(printed["region"])], printed], ignore_index=True)
    table = both[both["year"].isin(years)].rename(
        columns={"rooms": "category", "rent_nok_month": "leie"}
    )
    table = table.sort_values(
        ["region", "year", "category"],
        key=lambda c: c.map(ORDER.index) if c.name == "region" else c,
    ).reset_index(drop=True)
    return table.assign(
        vekst=growth_from_first(table, "leie"),
        forhold=share_of_country(table, "leie"),
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One line per zone over the number of rooms; the edition's year solid, the newest dashed."""
    fig.set_figheight(4.3)
    ax = fig.subplots()
    first, newest = min(table["year"]), max(table["year"])
    colours = {"oslo-og-baerum": WARM_BLUE, "hele-landet": DARK_BLUE}
    lines = []
    for (region, year), rows in table.groupby(["region", "year"], sort=False):
        rows = rows.dropna(subset="leie")
        name = f"{region_name(str(region))} {year}" if newest != first else region_name(str(region))
        lines.append(
            (
                name,
                rows["category"].str[0].astype(int),
                rows["leie"],
                colours.get(str(region), GREY),
                "-" if year == first else "--",
            )
        )
    line_panel(ax, lines, decimals=0, end_values=False)
    ax.set_xticks(range(1, 6), ["1 rom", "2", "3", "4", "5 eller flere"])
    kroner_axis(ax)


def describe(table: pd.DataFrame, item: Item) -> str:
    """Where rents are highest, and how much they differ from the country."""
    year = min(table["year"])
    first = table[table["year"] == year].dropna(subset="leie")
    two = first[first["category"] == "2-rom"].set_index("region")["leie"]
    top = first.sort_values("leie").iloc[-1]
    return (
        f"Linjediagram over månedlig leie etter antall rom i {len(two)} prissoner i {year}. "
        f"En toroms kostet {say(two['oslo-og-baerum'])} kroner i Oslo og Bærum og "
        f"{say(two['hele-landet'])} kroner i hele landet. Høyest leie har "
        f"{region_name(str(top['region']))} for boliger med {top['category'][0]} rom eller flere: "
        f"{say(top['leie'])} kroner."
    )
