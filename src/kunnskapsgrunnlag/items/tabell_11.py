"""Tabell 11: the number of disadvantaged persons and households, Oslo and the country."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, change_from_previous, lines, share_of


def compute(disadvantaged: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, the change from the year before and Oslo's share of the country.

    Args:
        disadvantaged: One row per region and year, with `persons` and `households`.

    Returns:
        `region`, `year`, `personer`, `husholdninger` (counts), `…_endring` (counts) and `…_andel`
        (percent of the country, Oslo only).
    """
    table = disadvantaged.rename(columns={"persons": "personer", "households": "husholdninger"})
    extra = {
        f"{measure}_{name}": formula(table, measure)
        for measure in ("personer", "husholdninger")
        for name, formula in (("endring", change_from_previous), ("andel", share_of))
    }
    return table.assign(**extra)


def draw(table: Table, chart: Chart) -> None:
    """How both counts have changed since the first year, in Oslo and in the country."""
    for panel in chart.panels("personer", "husholdninger", share=True):
        lines(panel, table, index=True)
