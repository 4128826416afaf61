"""Tabell 10: mean housing cost in the housing allowance register, one month of each year."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import BYDELER, Chart, Table, above, bars, growth_from_first, lines


def compute(
    housing_allowance: pd.DataFrame,
    printed: pd.DataFrame,
    *,
    years: list[int],
    month: int,
    printed_year: int,
) -> pd.DataFrame:
    """Mean housing cost of the households paid in one month.

    Args:
        housing_allowance: The register, one row per region and month, `mean_rent_nok_month`.
        printed: The same measure for the cities that are not in the extract, of `printed_year`.

    Returns:
        `region`, `year`, `boutgift` (NOK per month), `over_landet` (percent above the country) and
        `vekst` (percent since the first year); the country, Oslo, the printed cities, the bydeler.
    """
    when = housing_allowance["year"].isin(years) & (housing_allowance["month"] == month)
    both = pd.concat([housing_allowance[when], printed.assign(year=printed_year)])
    wanted = ["hele-landet", "oslo", *printed["region"], *BYDELER]
    table = both.loc[both["region"].isin(wanted), ["region", "year", "mean_rent_nok_month"]]
    table = table.rename(columns={"mean_rent_nok_month": "boutgift"}).reset_index(drop=True)
    return table.assign(
        over_landet=above(table, "boutgift"), vekst=growth_from_first(table, "boutgift")
    )


def draw(table: Table, chart: Chart) -> None:
    """Oslo and the country over the years; then all cities in the year that all have."""
    shown = table[table["region"].isin(chart.item.regions or [])]
    every = shown["region"].map(shown["region"].value_counts()) > 1
    lines(chart.panel("boutgift"), shown[every])
    year = shown.loc[~every, "year"].max()
    cities = shown[shown["year"] == year].sort_values("boutgift", ascending=False)
    bars(chart.panel("boutgift", title=f"{chart.heading(['boutgift'])}, {year}"), cities)
