"""Tabell 12: the share of disadvantaged persons and households, Oslo and the country."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, change_from_first, lines, ratio_to


def compute(disadvantaged: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, their change since the first year, and Oslo against the country.

    Args:
        disadvantaged: One row per region and year, with `persons_pct` and `households_pct`.

    Returns:
        `region`, `year`, `personer`, `husholdninger` (percent), `…_endring` (percentage points)
        and `personer_forhold` (ratio to the country, Oslo only).
    """
    table = disadvantaged.rename(
        columns={"persons_pct": "personer", "households_pct": "husholdninger"}
    )
    return table.assign(
        personer_endring=change_from_first(table, "personer"),
        husholdninger_endring=change_from_first(table, "husholdninger"),
        personer_forhold=ratio_to(table, "personer"),
    )


def draw(table: Table, chart: Chart) -> None:
    """Oslo and the country, persons and households."""
    for panel in chart.panels("personer", "husholdninger", share=True):
        lines(panel, table)
