"""Figur 37: households with low income in the bydeler, added up from delbydeler."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.items import bydeler_over_time as shared
from kunnskapsgrunnlag.items.bydeler_over_time import beside, in_years
from kunnskapsgrunnlag.store.formulas import change_from_first, only
from kunnskapsgrunnlag.store.traced import Traced, total

MEASURES = ("households", "low_income")


def compute(households: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Households with low income in each bydel: those of its delbydeler; Oslo as the source has it.

    Args:
        households: One row per delbydel (and Oslo) and year, with `households` and `low_income`.
        years: The years of the reader's table.

    Returns:
        `region`, `year`; in the years of the table `lavinntekt` (households), `andel` (percent of
        all households) and `endring` (percentage points since the first of them); in every year
        `over_tid` (percent). A bydel with a hidden delbydel is missing, and not a smaller sum.

    Raises:
        KgError: If the parts do not add up to the source's own number for Oslo.
    """
    found = [row for year in sorted(set(households["year"])) for row in _year(households, year)]
    table = pd.DataFrame(found)
    share = table["low_income"] / table["households"] * 100
    table = table.assign(over_tid=share, andel=in_years(share, table["year"], years))
    asked = table[table["year"].isin(years)]
    change = pd.DataFrame({"endring": change_from_first(asked, "andel")}, dtype=object)
    below = in_years(table["low_income"], table["year"], years)
    return beside(table, change).assign(lavinntekt=below).drop(columns=list(MEASURES))


def _year(households: pd.DataFrame, year: int) -> list[dict[str, object]]:
    rows = households[households["year"] == year]
    for measure in MEASURES:
        _check_sum(rows, measure, year)
    bydel = [BY_KEY[region].parent for region in rows["region"]]
    parts = {key: rows[[parent == key for parent in bydel]] for key in BYDELER}
    return [
        *(
            {"region": k, "year": year} | {m: total(p[m]) for m in MEASURES}
            for k, p in parts.items()
        ),
        {"region": "oslo", "year": year} | {m: only(rows, m, region="oslo") for m in MEASURES},
    ]


def _check_sum(rows: pd.DataFrame, measure: str, year: int) -> None:
    city: Traced = only(rows, measure, region="oslo")
    parts = total(rows[rows["region"] != "oslo"][measure])
    if not (parts.is_missing or city.is_missing) and parts.value != city.value:
        raise KgError(
            f"{measure}, {year}: the delbydeler add up to {parts.value:.0f}, and Oslo has "
            f"{city.value:.0f}. Restore the snapshot, or fetch all areas."
        )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Oslo's share through the years; below it the bydeler."""
    shared.draw(
        table,
        fig,
        "andel",
        over_time="Prosent av husholdningene i Oslo",
        by_bydel="Prosent av husholdningene i bydelene",
        decimals=1,
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """Oslo's course, and the bydeler."""
    return shared.describe(
        table,
        "andel",
        of="andelen husholdninger med lavinntekt",
        unit=" prosent",
        per="andelen i prosent",
    )
