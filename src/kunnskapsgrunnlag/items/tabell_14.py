"""Tabell 14: the share of disadvantaged persons and households in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import pairs_across, reference_line
from kunnskapsgrunnlag.formulas import only
from kunnskapsgrunnlag.theme import DARK_BLUE, DARK_GREEN, WARM_BLUE
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import listed, region_name, say


def compute(shares: pd.DataFrame, national: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Shares as delivered for bydeler and Oslo, and the whole country's.

    Args:
        shares: One row per bydel and for Oslo, with `persons_pct` and `households_pct`.
        national: One row per region and year with the same measures (tabell 12).

    Returns:
        `region`, `personer` and `husholdninger` (percent).
    """
    names = {"persons_pct": "personer", "households_pct": "husholdninger"}
    country = {
        new: only(national, old, region="hele-landet", year=year) for old, new in names.items()
    }
    rows = [*shares.rename(columns=names).to_dict("records"), {"region": "hele-landet", **country}]
    return pd.DataFrame(rows)


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Persons and households of each bydel, the highest share of persons first."""
    rows = _bydeler(table)
    fig.set_figheight(5.2)
    ax = fig.subplots()
    pairs_across(
        ax,
        [region_name(r) for r in rows["region"]],
        [
            ("Personer", rows["personer"].tolist(), WARM_BLUE, True),
            ("Husholdninger", rows["husholdninger"].tolist(), DARK_GREEN, False),
        ],
        decimals=1,
    )
    means = table.set_index("region")["personer"]
    reference_line(ax, means["oslo"], f"Oslo {say(means['oslo'], 1)}", WARM_BLUE)
    reference_line(
        ax, means["hele-landet"], f"Landet {say(means['hele-landet'], 1)}", DARK_BLUE, low=True
    )


def _bydeler(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["region"].isin(BYDELER)].sort_values("personer", ascending=False)


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and lowest shares of persons, and how many bydeler lie above Oslo."""
    rows = _bydeler(table).to_dict("records")
    oslo = table.set_index("region")["personer"]["oslo"]
    said = [f"{region_name(row['region'])} {say(row['personer'], 1)}" for row in rows]
    above = sum(row["personer"] > oslo for row in rows)
    return (
        f"Andel personer og husholdninger i prosent for {len(rows)} bydeler, sortert etter "
        f"personer. Høyest er {listed(said[:3])}; lavest er {listed(said[-3:])}. {above} bydeler "
        f"ligger over gjennomsnittet for Oslo på {say(oslo, 1)}."
    )
