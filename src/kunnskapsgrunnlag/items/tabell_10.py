"""Tabell 10: mean housing cost in the housing allowance register, one month."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name, say
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.store.formulas import above_country


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
    return table.assign(over_landet=above_country(table, "boutgift"))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One bar per region of the printed table."""
    shown = table[table["region"].isin(item.regions or [])]
    fig.set_figheight(1.9)
    bars_across(
        fig.subplots(),
        [region_name(r) for r in shown["region"]],
        shown["boutgift"].tolist(),
        decimals=0,
        strong=["Oslo"],
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The mean of each region."""
    shown = table[table["region"].isin(item.regions or [])]
    parts = [
        f"{region_name(r)} {say(v)} kroner"
        for r, v in zip(shown["region"], shown["boutgift"], strict=True)
    ]
    return f"Søylediagram over gjennomsnittlig boutgift per måned: {listed(parts)}."
