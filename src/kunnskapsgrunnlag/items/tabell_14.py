"""Tabell 14: the share of disadvantaged persons and households in each bydel."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Chart,
    KgError,
    Table,
    bydeler,
    lookup,
    nb,
    pairs,
    ranked,
    region_name,
    tile_map,
)

# The shares leave out students and others, so their base is smaller than the population: 6,0
# percent of Oslo's persons are 38 723 of about 645 000, and the residents are 693 494.
SMALLEST_BASE, LARGEST_BASE = 0.6, 1.1


def compute(
    shares: pd.DataFrame,
    national: pd.DataFrame,
    persons: pd.DataFrame,
    population: pd.DataFrame,
    *,
    year: int,
) -> pd.DataFrame:
    """Shares as delivered for bydeler and Oslo, and the whole country's.

    Args:
        shares: One row per bydel and for Oslo, with `persons_pct` and `households_pct`.
        national: One row per region and year with the same measures (tabell 12).
        persons: One row per bydel with `persons` (tabell 13), which the shares must agree with.
        population: One row per bydel and year, with `residents`.

    Returns:
        `region`, `personer` and `husholdninger` (percent).

    Raises:
        KgError: If a share and the number of persons cannot both be right.
    """
    _refuse_disagreement(shares, persons, population, year)
    names = {"persons_pct": "personer", "households_pct": "husholdninger"}
    country = national[(national["region"] == "hele-landet") & (national["year"] == year)]
    rows = pd.concat([shares, country.drop(columns="year")], ignore_index=True)
    return rows.rename(columns=names)


def _refuse_disagreement(
    shares: pd.DataFrame, persons: pd.DataFrame, population: pd.DataFrame, year: int
) -> None:
    rows = bydeler(shares)
    share, places = rows["persons_pct"], rows["region"]
    count = lookup(persons, "persons", places)
    residents = lookup(population, "residents", places, year=year)
    base = count / share * 100
    part = base / residents
    for at in rows.index[(part < SMALLEST_BASE) | (part > LARGEST_BASE)][:1]:
        name = region_name(places[at])
        raise KgError(
            f"{share[at].cells[0]} har {share[at].expr} prosent av personene i {name}, og "
            f"{count[at].cells[0]} har {count[at].expr} personer. Det ville vært av "
            f"{nb(base[at].value)} personer, men {name} har {nb(residents[at].value)} innbyggere. "
            "Rett den av leveringene som er feil."
        )


def draw(table: Table, chart: Chart) -> None:
    """Both shares of each bydel, the highest of persons first; then the persons on the map."""
    oslo = table[table["region"] == "oslo"]
    pairs(chart.panel("personer", "husholdninger"), ranked(table, "personer"), reference=oslo)
    tile_map(chart.panel("personer"), table)
