"""What items with a row for each bydel share: which rows, in which order, and Oslo beside them."""

import math

import pandas as pd
from matplotlib.axes import Axes

from kunnskapsgrunnlag.base.nb_text import region_name, say
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.figures.paired_rows import Series, two_per_row
from kunnskapsgrunnlag.store.formulas import ranked as ranked


def by_region(table: pd.DataFrame, measure: str) -> dict[str, float]:
    """The values of the bydeler by region key, in the order of the table."""
    rows = table[table["region"].isin(BYDELER)]
    return dict(zip(rows["region"], rows[measure], strict=True))


def value_of(table: pd.DataFrame, measure: str, region: str) -> float:
    """The value of one region, such as Oslo; NaN where the table does not have it."""
    found = table.loc[table["region"] == region, measure].tolist()
    return found[0] if found else math.nan


def bydeler_word(count: int) -> str:
    """`1 bydel`, `7 bydeler`."""
    return f"{count} bydel{'' if count == 1 else 'er'}"


def against_oslo(table: pd.DataFrame, measure: str, decimals: int = 1) -> str:
    """How many bydeler lie above Oslo as a whole, as a sentence; no words if Oslo is unknown."""
    oslo = value_of(table, measure, "oslo")
    if math.isnan(oslo):
        return ""
    above = sum(value > oslo for value in by_region(table, measure).values())
    return f" {bydeler_word(above)} ligger over Oslo samlet, som har {say(oslo, decimals)}."


def said(table: pd.DataFrame, measure: str, decimals: int = 0) -> list[str]:
    """`Stovner 10,9` for each bydel that has a value, the highest first."""
    rows = ranked(table, measure).dropna(subset=measure)
    return [
        f"{region_name(region)} {say(value, decimals)}"
        for region, value in zip(rows["region"], rows[measure], strict=True)
    ]


def draw_pair(
    table: pd.DataFrame,
    ax: Axes,
    measures: dict[str, str],
    *,
    order: str,
    decimals: int,
    bars: bool = False,
) -> None:
    """Two measures of each bydel in its row, sorted by `order`; `measures` is measure -> name."""
    rows = ranked(table, order)
    first, second = (Series(name, rows[m].tolist()) for m, name in measures.items())
    names = [region_name(r) for r in rows["region"]]
    two_per_row(ax, names, first, second, decimals=decimals, bars=bars)
