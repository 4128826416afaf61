"""Tabell 15: disadvantaged households with and without children in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import pairs_across
from kunnskapsgrunnlag.theme import DARK_GREEN, WARM_BLUE
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import region_name, say


def compute(households: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, and their sum.

    Args:
        households: One row per bydel, for those without a bydel, and for Oslo, with
            `households_without_children` and `households_with_children`.

    Returns:
        `region`, `uten_barn`, `med_barn`, `i_alt` (households).
    """
    table = households.rename(
        columns={"households_without_children": "uten_barn", "households_with_children": "med_barn"}
    )
    return table.assign(i_alt=table["uten_barn"] + table["med_barn"])


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Both numbers of each bydel on one line, the most households first."""
    rows = _bydeler(table)
    fig.set_figheight(5.0)
    pairs_across(
        fig.subplots(),
        [region_name(r) for r in rows["region"]],
        [
            ("Uten barn", rows["uten_barn"].tolist(), WARM_BLUE, True),
            ("Med barn", rows["med_barn"].tolist(), DARK_GREEN, False),
        ],
        decimals=0,
    )


def _bydeler(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["region"].isin(BYDELER)].sort_values("i_alt", ascending=False)


def describe(table: pd.DataFrame, item: Item) -> str:
    """Where there are most households of each kind."""
    rows = _bydeler(table)
    parts = []
    for measure, words in (("uten_barn", "uten barn"), ("med_barn", "med barn")):
        top = rows.sort_values(measure).iloc[-1]
        parts.append(f"flest {words} har {region_name(top['region'])} med {say(top[measure])}")
    return (
        f"Antall husholdninger i {len(rows)} bydeler, med og uten barn: {parts[0]}, og {parts[1]}."
    )
