"""Tabell 16: the share of disadvantaged households with and without children in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import pairs_across, reference_line
from kunnskapsgrunnlag.theme import DARK_GREEN, WARM_BLUE
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import listed, region_name, say


def compute(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered.

    Args:
        shares: One row per bydel and for Oslo, with `without_children_pct`, `with_children_pct`.

    Returns:
        `region`, `uten_barn`, `med_barn` (percent of the households of that kind).
    """
    return shares.rename(
        columns={"without_children_pct": "uten_barn", "with_children_pct": "med_barn"}
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Both shares of each bydel, the highest share with children first."""
    rows = _bydeler(table)
    fig.set_figheight(5.2)
    ax = fig.subplots()
    pairs_across(
        ax,
        [region_name(r) for r in rows["region"]],
        [
            ("Uten barn", rows["uten_barn"].tolist(), WARM_BLUE, True),
            ("Med barn", rows["med_barn"].tolist(), DARK_GREEN, False),
        ],
        decimals=1,
    )
    oslo = table[table["region"] == "oslo"].to_dict("records")[0]
    reference_line(ax, oslo["uten_barn"], f"Oslo uten barn {say(oslo['uten_barn'], 1)}", WARM_BLUE)
    reference_line(
        ax, oslo["med_barn"], f"Oslo med barn {say(oslo['med_barn'], 1)}", DARK_GREEN, low=True
    )


def _bydeler(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["region"].isin(BYDELER)].sort_values("med_barn", ascending=False)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and lowest shares with children, and Oslo's two."""
    rows = _bydeler(table).to_dict("records")
    oslo = table[table["region"] == "oslo"].to_dict("records")[0]
    said = [f"{region_name(row['region'])} {say(row['med_barn'], 1)}" for row in rows]
    return (
        f"Andel husholdninger i prosent for {len(rows)} bydeler, med og uten barn. Med barn er "
        f"andelen høyest i {listed(said[:3])} og lavest i {listed(said[-2:])}. I Oslo er den "
        f"{say(oslo['med_barn'], 1)} med barn og {say(oslo['uten_barn'], 1)} uten."
    )
