"""Tabell 30: social assistance to rent and electricity in Oslo, gross."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_up
from kunnskapsgrunnlag.store.formulas import change_from_previous, growth_from_first


def compute(paid: pd.DataFrame) -> pd.DataFrame:
    """Amounts as delivered, with their change and growth.

    Args:
        paid: One row per year, with `paid_nok` (NOK).

    Returns:
        `year`, `belop` (NOK million), `endring` (NOK million from the year before), `vekst`
        (percent since the first year).
    """
    table = pd.DataFrame({"year": paid["year"], "belop": paid["paid_nok"] / 1_000_000})
    return table.assign(
        endring=change_from_previous(table, "belop"), vekst=growth_from_first(table, "belop")
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """One bar per year."""
    fig.set_figheight(2.4)
    bars_up(fig.subplots(), table["year"].tolist(), table["belop"].tolist(), decimals=0)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The amount of every year."""
    parts = [f"{say(v)} i {y}" for y, v in zip(table["year"], table["belop"], strict=True)]
    return f"Søylediagram over utbetalt beløp i millioner kroner: {listed(parts)}."
