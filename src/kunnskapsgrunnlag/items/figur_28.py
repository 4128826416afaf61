"""Figur 28: mean housing cost against the cap of statlig bostøtte, by household size."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Chart,
    Table,
    Traced,
    bar_height,
    bars,
    growth_from_first,
    lines,
    look,
    rate_in_force,
)

MONTHS = 12
SIZES = {
    "1-person": "1 person",
    "2-personer": "2 personer",
    "3-personer": "3 personer",
    "4-personer": "4 personer",
    "5-personer": "5 personer eller flere",
}


def compute(
    costs: pd.DataFrame, rates: pd.DataFrame, *, costs_year: int, dates: list[str]
) -> pd.DataFrame:
    """Mean cost as delivered, the caps from the regulation, and the part that is not covered.

    Args:
        costs: One row per household size, of `costs_year`, with `mean_rent_nok_month`.
        rates: The rates of statlig bostøtte.
        dates: A date in each of the years that caps are given for (ISO text).

    Returns:
        `category` (household size), `year`, `tak` (NOK per month) and `tak_vekst` (percent since
        the first year); in the year of the costs `boutgift` and `utenfor` (percent of the mean
        cost that lies above the cap).
    """
    keys = [(size, date) for size in costs["household_size"] for date in dates]
    caps = [_cap(rates, SIZES[size], date) for size, date in keys]
    table = pd.DataFrame(
        {
            "category": [size for size, _ in keys],
            "year": [int(date[:4]) for _, date in keys],
            "tak": pd.Series(caps, dtype="traced"),
        }
    )
    costs = costs.rename(
        columns={"household_size": "category", "mean_rent_nok_month": "boutgift"}
    ).assign(year=costs_year)
    table = table.merge(costs, on=["category", "year"], how="left")
    return table.assign(
        # The cost stands once, so that its band is not counted twice.
        utenfor=(1 - table["tak"] / table["boutgift"]) * 100,
        tak_vekst=growth_from_first(table, "tak"),
    )


def _cap(rates: pd.DataFrame, size: str, date: str) -> Traced:
    amount = rate_in_force(rates, "øvre boutgift", size, date)
    return (amount + rate_in_force(rates, "tillegg i øvre boutgift", "Oslo", date)) / MONTHS


def draw(table: Table, chart: Chart) -> None:
    """Mean cost of each household size and its cap; then the caps over the years."""
    _costs(table.dropna(subset="boutgift"), chart)
    lines(chart.panel("tak"), table)


def _costs(table: Table, chart: Chart) -> None:
    """A bar for the mean cost, and one up to the cap: the rest is seen to be left."""
    panel = chart.panel("boutgift", "tak", title=chart.heading(["boutgift"]))
    bars(panel, table)
    caps = panel.ax.barh(
        range(len(table)), table["tak"], bar_height(panel), color=look.MAIN, zorder=0.9
    )
    panel.mark(caps, table, "tak")
    for place, cap in enumerate(panel.values(table, "tak")):
        if cap and cap.value:
            panel.write(cap.text, cap.value, place, dx=-6, ha="right", colour=look.PAPER)
    panel.note = f"Søylene viser {panel.short('tak', within=True)}."


def describe(table: Table, chart: Chart) -> str:
    """The part of the cost that is not covered, from the smallest households to the largest."""
    rows = table.dropna(subset="utenfor")
    if rows.empty:
        return ""
    first, last = (chart.value(row, "utenfor") for row in (rows.iloc[0], rows.iloc[-1]))
    if not first or not last or first.value is None or last.value is None:
        return ""
    return f"Fra {first.text} til {last.text} prosent av boutgiften regnes ikke med."
