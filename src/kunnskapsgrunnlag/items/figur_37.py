"""Figur 37: households with low income in the bydeler, added up from delbydeler."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    BY_KEY,
    BYDELER,
    Chart,
    KgError,
    Table,
    change_from_first,
    lines,
    pairs,
    ranked,
)

MEASURES = ["households", "low_income"]


def compute(households: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Households with low income in each bydel: those of its delbydeler; Oslo as the source has it.

    Args:
        households: One row per delbydel (and Oslo) and year, with `households` and `low_income`.
        years: The years that the bydeler are compared in.

    Returns:
        `region`, `year`; in those years, and for Oslo in every year, `lavinntekt` (households)
        and `andel` (percent of all households); in those years `endring` (percentage points since
        the first of them); in every year `over_tid` (percent). A bydel with a hidden delbydel is
        missing, and not a smaller sum.

    Raises:
        KgError: If the parts do not add up to the source's own number for Oslo.
    """
    _check_sum(households)
    places = [BY_KEY[region].parent or region for region in households["region"]]
    table = households.assign(region=places)
    table = table[table["region"].isin([*BYDELER, "oslo"])]
    table = table.groupby(["region", "year"], as_index=False)[MEASURES].sum()
    table["over_tid"] = table["low_income"] / table["households"] * 100
    asked = table[table["year"].isin(years)]
    shown = table[table["year"].isin(years) | (table["region"] == "oslo")]
    return table[["region", "year", "over_tid"]].assign(
        lavinntekt=shown["low_income"],
        andel=shown["over_tid"],
        endring=change_from_first(asked, "over_tid"),
    )


def _check_sum(households: pd.DataFrame) -> None:
    is_oslo = households["region"] == "oslo"
    parts = households[~is_oslo].groupby("year")[MEASURES].sum()
    city = households[is_oslo].set_index("year")[MEASURES]
    # A hidden delbydel has no sum to compare.
    for measure in MEASURES:
        known = parts[measure].notna() & city[measure].notna()
        off = parts[known & (parts[measure] != city[measure])]
        for year in off.index[:1]:
            raise KgError(
                f"{measure}, {year}: delbydelene blir {float(parts.loc[year, measure]):.0f} til "
                f"sammen, og Oslo har {float(city.loc[year, measure]):.0f}. Hent tilbake "
                "øyeblikksbildet, eller hent alle områdene."
            )


def draw(table: Table, chart: Chart) -> None:
    """Oslo's share through the years; below it the bydeler in the first year and the last."""
    years = chart.item.settings["years"]
    lines(chart.panel("andel"), table[table["region"] == "oslo"], height=150)
    rows = table[table["year"].isin(years)]
    pairs(chart.panel("andel"), ranked(rows, "andel"), years=years)
