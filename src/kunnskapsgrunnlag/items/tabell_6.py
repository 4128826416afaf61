"""Tabell 6: mean monthly rent by price zone and rooms; drawn over all years of SSB's table."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import region_name, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import line_panel
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, WARM_BLUE, panels
from kunnskapsgrunnlag.store.formulas import growth_from_first, share_of

ORDER = (
    "hele-landet",
    "oslo-og-baerum",
    "akershus-utenom-baerum",
    "bergen",
    "trondheim",
    "stavanger",
)
# The zones that are drawn, with colour and style of the line.
DRAWN = {"oslo-og-baerum": (WARM_BLUE, "-"), "hele-landet": (DARK_BLUE, "--")}


def compute(rents: pd.DataFrame, printed: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Rents of SSB's table, and of the printed report for the zones that were not fetched.

    Args:
        rents: One row per zone, rooms and year, with `rent_nok_month`.
        printed: The same for the remaining zones.
        years: The years of the reader's table; the first is the edition's own.

    Returns:
        `region`, `category` (rooms), `year`; in the years of the table `leie` (NOK per month),
        `vekst` (percent since the first of them) and `forhold` (percent of the whole country's
        rent); for the zones of SSB's table in every year `over_tid` (NOK per month).
    """
    own = rents[~rents["region"].isin(printed["region"])]
    table = pd.concat([own, printed[printed["year"].isin(years)]], ignore_index=True)
    table = table.rename(columns={"rooms": "category", "rent_nok_month": "leie"}).sort_values(
        ["region", "year", "category"],
        key=lambda c: c.map(ORDER.index) if c.name == "region" else c,
    )
    table = table.reset_index(drop=True)
    asked = table[table["year"].isin(years)]
    return table.assign(
        leie=asked["leie"],
        vekst=growth_from_first(asked, "leie"),
        forhold=share_of(asked, "leie"),
        over_tid=table["leie"].where(table["region"].isin(own["region"])),
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A panel per number of rooms with its own scale from zero: Oslo's zone and the country."""
    drawn = table.dropna(subset="over_tid")
    rooms = {k: name for k, name in (item.categories or {}).items() if k in set(drawn["category"])}
    for ax, room in zip(panels(fig, list(rooms.values()), 1.5), rooms, strict=True):
        _over_time(ax, drawn[drawn["category"] == room])


def _over_time(ax: Axes, table: pd.DataFrame) -> None:
    rows = {zone: table[table["region"] == zone] for zone in DRAWN}
    lines = [
        (region_name(zone), rows[zone]["year"], rows[zone]["over_tid"], *DRAWN[zone])
        for zone in DRAWN
        if not rows[zone].empty
    ]
    line_panel(ax, lines, decimals=0)
    years = sorted(set(table["year"]))
    ax.set_xticks([years[0], *(year for year in years[1:-1] if year % 5 == 0), years[-1]])
    ax.locator_params(axis="y", nbins=3)


def describe(table: pd.DataFrame, item: Item) -> str:
    """How the rent of two rooms has moved in both zones, and where rents are highest."""
    drawn = table.dropna(subset="over_tid")
    first, last = min(drawn["year"]), max(drawn["year"])
    parts = [
        f"fra {say(_rent(drawn, zone, first))} til {say(_rent(drawn, zone, last))} kroner i "
        f"{_inside(zone)}"
        for zone in DRAWN
    ]
    top = drawn[drawn["year"] == last].sort_values("over_tid").iloc[-1]
    return (
        f"Linjediagram over månedlig leie i Oslo og Bærum og i hele landet fra {first} til {last}, "
        f"med ett felt for hvert antall rom. For to rom gikk leien {parts[0]} og {parts[1]}. "
        f"Høyest leie i {last} har {region_name(str(top['region']))} for boliger med "
        f"{top['category'][0]} rom eller flere: {say(top['over_tid'])} kroner."
    )


def _rent(table: pd.DataFrame, zone: str, year: int) -> float:
    rows = table[(table["region"] == zone) & (table["year"] == year)]
    rents = rows.loc[rows["category"] == "2-rom", "over_tid"].tolist()
    return rents[0] if rents else math.nan


def _inside(zone: str) -> str:
    name = region_name(zone)
    return name if zone == "oslo-og-baerum" else name.lower()
