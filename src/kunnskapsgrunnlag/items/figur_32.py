"""Figur 32: municipal dwellings in each bydel, in number and per 1 000 residents."""

import pandas as pd

from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.items.kit import Chart, Table, bars, ranked, tile_map
from kunnskapsgrunnlag.store.formulas import lookup, with_oslo


def compute(dwellings: pd.DataFrame, population: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Dwellings as delivered, against the population on 1 January.

    Args:
        dwellings: One row per bydel (and Oslo), with `dwellings`.
        population: One row per bydel and year, with `residents`.

    Returns:
        `region`, `boliger` (dwellings), `per_1000` (dwellings per 1 000 residents).
    """
    rows = dwellings[dwellings["region"].isin([*BYDELER, "oslo"])].reset_index(drop=True)
    residents = lookup(with_oslo(population, year), "residents", rows["region"], year=year)
    return pd.DataFrame(
        {
            "region": rows["region"],
            "boliger": rows["dwellings"],
            "per_1000": rows["dwellings"] / residents * 1000,
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Dwellings on the map; per resident the bydeler in their order, with Oslo as a line."""
    on_map, beside = chart.panels("boliger", "per_1000")
    tile_map(on_map, table)
    bars(beside, ranked(table, "per_1000"), reference=table[table["region"] == "oslo"])
