"""Tabell 13: the number of disadvantaged persons in each bydel."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars, ranked, share_of


def compute(persons: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, and each bydel's share of Oslo.

    Args:
        persons: One row per bydel, for those without a bydel, and for Oslo, with `persons`.

    Returns:
        `region`, `personer` (count), `andel` (percent of Oslo).
    """
    table = persons.rename(columns={"persons": "personer"})
    return table.assign(andel=share_of(table, "personer", "oslo"))


def draw(table: Table, chart: Chart) -> None:
    """Each bydel, the largest first."""
    bars(chart.panel("personer"), ranked(table, "personer"))
