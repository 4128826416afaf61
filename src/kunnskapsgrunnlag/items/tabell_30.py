"""Tabell 30: social assistance to rent and electricity in Oslo, gross."""

import pandas as pd
import seaborn as sns

from kunnskapsgrunnlag.items.kit import (
    Chart,
    Table,
    change_from_previous,
    growth_from_first,
    label_bars,
)


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


def draw(table: Table, chart: Chart) -> None:
    """One bar per year, with its number."""
    known = table.dropna(subset="belop")
    panel = chart.panel("belop")
    sns.barplot(panel.frame(known), x="year", y="belop", saturation=1, width=0.6, ax=panel.ax)
    label_bars(panel, known)
