"""Tabell 14: the share of disadvantaged persons and households in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, region_name, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.paired_rows import Reference, reference_lines
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, INK, unlike_panels
from kunnskapsgrunnlag.figures.tilemap import map_words, tile_map
from kunnskapsgrunnlag.items.bydeler import against_oslo, by_region, draw_pair, said, value_of
from kunnskapsgrunnlag.store.formulas import bydeler, lookup

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


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Persons and households of each bydel, the highest share of persons first; then the map."""
    heights = {
        "Andel personer og husholdninger (prosent)": 5.0,
        "Rutekart: andel personer (prosent)": 5.35,
    }
    rows, chart = unlike_panels(fig, heights)
    pair = {"personer": "Personer", "husholdninger": "Husholdninger"}
    draw_pair(table, rows, pair, order="personer", decimals=1)
    oslo, country = (value_of(table, "personer", region) for region in ("oslo", "hele-landet"))
    reference_lines(
        rows,
        [
            Reference(oslo, f"Personer i Oslo {say(oslo, 1)}", DARK_BLUE, "--"),
            Reference(country, f"Personer i hele landet {say(country, 1)}", INK, ":"),
        ],
    )
    tile_map(chart, by_region(table, "personer"), decimals=1, unit="Prosent")


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and lowest shares of persons, how many lie above Oslo, and the map."""
    rows = said(table, "personer", 1)
    country = value_of(table, "personer", "hele-landet")
    return (
        f"Andel personer og husholdninger i prosent for {len(rows)} bydeler, sortert etter "
        f"personer. Høyest er {listed(rows[:3])}; lavest er {listed(rows[-3:])}."
        f"{against_oslo(table, 'personer')} I hele landet er andelen {say(country, 1)}. "
        f"{map_words(by_region(table, 'personer'), decimals=1)}"
    )
