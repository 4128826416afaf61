"""Figur 32: municipal dwellings in each bydel, and in Oslo over the years."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    BYDELER,
    Chart,
    Table,
    bars,
    lines,
    lookup,
    ranked,
    tile_map,
    with_oslo,
)


def compute(
    dwellings: pd.DataFrame,
    population: pd.DataFrame,
    kostra: pd.DataFrame,
    *,
    dwellings_year: int,
    years: list[int],
) -> pd.DataFrame:
    """The city's own count in the bydeler, against the population; Oslo's number in KOSTRA.

    Args:
        dwellings: One row per bydel (and Oslo), with `dwellings` at the end of `dwellings_year`.
        population: One row per part of Oslo and year, with `residents` on 1 January.
        kostra: One row per year, with `dwellings` and `owned` in Oslo at the end of it.
        years: The years of KOSTRA.

    Returns:
        `region`, `year`, `boliger` and `per_1000` (per 1 000 residents on the next 1 January) by
        the city's count; `disponert`, `eid` and `disponert_per_1000` by KOSTRA.
    """
    counted = dwellings[dwellings["region"].isin([*BYDELER, "oslo"])].reset_index(drop=True)
    city = kostra[kostra["year"].isin(years)].rename(columns={"owned": "eid"})
    after = population[population["year"] - 1 >= min(years)]
    people = pd.concat([with_oslo(population, year) for year in sorted({*after["year"]})])
    people = people.assign(year=people["year"] - 1)
    residents = lookup(people, "residents", counted["region"], year=dwellings_year)
    known = city[["region", "year"]].merge(people, on=["region", "year"], how="left")
    city = city.assign(
        disponert_per_1000=city["dwellings"] / known["residents"].set_axis(city.index) * 1000
    )
    own = counted.rename(columns={"dwellings": "boliger"}).assign(year=dwellings_year)
    own = own.assign(per_1000=own["boliger"] / residents * 1000)
    city = city.rename(columns={"dwellings": "disponert"})
    return own.merge(city, on=["region", "year"], how="outer")


def draw(table: Table, chart: Chart) -> None:
    """Dwellings on the map, per resident, and Oslo over the years."""
    rows = table.dropna(subset="boliger")
    on_map, beside = chart.panels("boliger", "per_1000")
    tile_map(on_map, rows)
    bars(beside, ranked(rows, "per_1000"), reference=rows[rows["region"] == "oslo"])
    if len(city := table.dropna(subset="disponert")):
        lines(chart.panel("disponert"), city, height=150)
