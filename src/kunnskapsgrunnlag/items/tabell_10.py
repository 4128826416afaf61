"""Tabell 10: mean housing cost in the housing allowance register, one month."""

import pandas as pd

from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.items.kit import Chart, Table, bars
from kunnskapsgrunnlag.store.formulas import above


def compute(
    housing_allowance: pd.DataFrame, printed: pd.DataFrame, *, year: int, month: int
) -> pd.DataFrame:
    """Mean housing cost of the households paid in one month.

    Args:
        housing_allowance: The register, one row per region and month, `mean_rent_nok_month`.
        printed: The same measure for the cities that are not in the extract.

    Returns:
        `region`, `boutgift` (NOK per month), `over_landet` (percent above the country). The
        country, Oslo, the printed cities and then the bydeler, which the text uses.
    """
    when = (housing_allowance["year"] == year) & (housing_allowance["month"] == month)
    both = pd.concat([housing_allowance[when], printed], ignore_index=True)
    order = ["hele-landet", "oslo", *printed["region"], *BYDELER]
    table = both[both["region"].isin(order)][["region", "mean_rent_nok_month"]]
    table = table.rename(columns={"mean_rent_nok_month": "boutgift"})
    table = table.sort_values("region", key=lambda c: c.map(order.index)).reset_index(drop=True)
    return table.assign(over_landet=above(table, "boutgift"))


def draw(table: Table, chart: Chart) -> None:
    """One bar per region of the printed table, the highest first."""
    shown = table[table["region"].isin(chart.item.regions or [])]
    bars(chart.panel("boutgift"), shown.sort_values("boutgift", ascending=False))
