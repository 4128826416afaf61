"""Figur 39: households without a home, by where they stay."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars

TOTAL, NATIONAL = "uten-bolig", "nasjonal-definisjon"
HOUSED = ("leier-privat", "leier-kommunalt", "eier", "alle")


def compute(situations: pd.DataFrame) -> pd.DataFrame:
    """Households without a home in each situation, in all, and by the national definition.

    Args:
        situations: One row per situation, with `households`; those who have a home too.

    Returns:
        `category` (situation), `husholdninger`, and of the situations `andel` (percent of all who
        are without a home).
    """
    table = situations[~situations["situation"].isin(HOUSED)].reset_index(drop=True)
    table = table.rename(columns={"situation": "category", "households": "husholdninger"})
    whole = table.loc[table["category"] == TOTAL, "husholdninger"].iloc[0]
    is_part = ~table["category"].isin([TOTAL, NATIONAL])
    share = table["husholdninger"] / whole * 100
    return table.assign(andel=share.where(is_part))


def draw(table: Table, chart: Chart) -> None:
    """All without a home, those of the national definition, and each situation."""
    rows = table.sort_values("husholdninger", ascending=False, kind="stable")
    bars(chart.panel("husholdninger"), rows)
