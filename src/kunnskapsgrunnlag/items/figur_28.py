"""Figur 28: mean housing cost against the cap of statlig bostøtte, by household size."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bar_height, bars, look
from kunnskapsgrunnlag.store.formulas import rate_in_force
from kunnskapsgrunnlag.store.traced import Traced

MONTHS = 12
SIZES = {
    "1-person": "1 person",
    "2-personer": "2 personer",
    "3-personer": "3 personer",
    "4-personer": "4 personer",
    "5-personer": "5 personer eller flere",
}


def compute(costs: pd.DataFrame, rates: pd.DataFrame, *, date: str) -> pd.DataFrame:
    """Mean cost as delivered, the cap from the regulation, and the part that is not covered.

    Args:
        costs: One row per household size, with `mean_rent_nok_month`.
        rates: The rates of statlig bostøtte.

    Returns:
        `category` (household size), `boutgift`, `tak` (NOK per month), `utenfor` (percent of the
        mean cost that lies above the cap).
    """
    table = costs.rename(columns={"household_size": "category", "mean_rent_nok_month": "boutgift"})
    caps = [_cap(rates, SIZES[size], date) for size in table["category"]]
    table = table.assign(tak=pd.Series(caps, index=table.index, dtype="traced"))
    # The cost stands once, so that its band is not counted twice.
    return table.assign(utenfor=(1 - table["tak"] / table["boutgift"]) * 100)


def _cap(rates: pd.DataFrame, size: str, date: str) -> Traced:
    amount = rate_in_force(rates, "øvre boutgift", size, date)
    return (amount + rate_in_force(rates, "tillegg i øvre boutgift", "Oslo", date)) / MONTHS


def draw(table: Table, chart: Chart) -> None:
    """Mean cost of each household size, and a bar up to the cap: the rest is seen to be left."""
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
    first, last = (chart.value(row, "utenfor") for row in (table.iloc[0], table.iloc[-1]))
    if not first or not last or first.value is None or last.value is None:
        return ""
    return f"Fra {first.text} til {last.text} prosent av boutgiften regnes ikke med."
