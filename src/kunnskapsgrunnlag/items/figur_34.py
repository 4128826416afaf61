"""Figur 34: which actors take part in which housing instruments, and with what."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, matrix


def compute(roles: pd.DataFrame) -> pd.DataFrame:
    """What each actor has to do with each instrument, in words.

    Args:
        roles: One row per instrument and a column of words per actor; a symbol where the text
            names no role.

    Returns:
        `category` (instrument) and a column of words per actor; empty where there is no role.
    """
    table = roles.rename(columns={"instrument": "category"})
    actors = table.columns.drop("category")
    return table.assign(**{actor: table[actor].where(table[actor].notna()) for actor in actors})


def draw(table: Table, chart: Chart) -> None:
    """A row for each instrument, a column for each actor, and a dot where the actor has a role."""
    matrix(chart.panel(*chart.item.measures, title=""), table)
