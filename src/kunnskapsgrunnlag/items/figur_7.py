"""Figur 7: the share of Oslo's households that own their home."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars

ALL = "alle-husholdninger"


def compute(owners: pd.DataFrame, tenure: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """The shares that the printed text gives, and the newest for all households.

    Args:
        owners: One row per kind of household, with `kind` (what it is divided by), `owners_pct`
            and `said` (how the text puts the number).
        tenure: One row per year, with `owner_pct`, `cooperative_pct` and `tenant_pct`.
        years: The year of the printed text, and the newest.

    Returns:
        `category` (households), `year`, `inndeling` (words), `andel` (percent), `ordlyd` (words)
        and, for all households, `leier` (percent).
    """
    printed = owners.rename(
        columns={"households": "category", "kind": "inndeling", "said": "ordlyd"}
    )
    printed = printed.rename(columns={"owners_pct": "andel"}).assign(year=years[0])
    newest = tenure[tenure["year"].isin(years)]
    newest = pd.DataFrame(
        {
            "category": ALL,
            "year": newest["year"],
            "andel": newest["owner_pct"] + newest["cooperative_pct"],
            "leier": newest["tenant_pct"],
        }
    )
    return pd.concat([printed, newest], ignore_index=True)


def draw(table: Table, chart: Chart) -> None:
    """All households in the newest year; below, each kind before, the highest share first."""
    printed, newest = table["year"].min(), table["year"].max()
    now = chart.panel("andel", title=f"{chart.heading(['andel'])} {newest}")
    bars(now, table[table["year"] == newest], scale=table)
    before = table[table["year"] == printed].sort_values("andel", ascending=False)
    is_all = before["category"] == ALL
    panel = chart.panel("andel", title=f"{chart.heading(['andel'])} {printed}")
    bars(panel, before[~is_all], reference=before[is_all], scale=table)
