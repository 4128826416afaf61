"""Tabell 14: the share of disadvantaged persons and households in each bydel."""

import math

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, region_name, say
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.paired_rows import Reference, reference_lines
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, INK, unlike_panels
from kunnskapsgrunnlag.figures.tilemap import map_words, tile_map
from kunnskapsgrunnlag.items.bydeler import against_oslo, by_region, draw_pair, said, value_of
from kunnskapsgrunnlag.store.formulas import only

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
    for region in BYDELER:
        share = only(shares, "persons_pct", region=region)
        count = only(persons, "persons", region=region)
        if share.is_missing or count.is_missing or not share.value:
            continue
        residents = only(population, "residents", region=region, year=year).value
        if math.isnan(residents):
            continue
        base = count.value / share.value * 100
        if not SMALLEST_BASE <= base / residents <= LARGEST_BASE:
            raise KgError(
                f"{share.cells[0]} says {share.expr} percent of the persons in "
                f"{region_name(region)}, and {count.cells[0]} says {count.expr} persons. That "
                f"would be of {nb(base)} persons, and {region_name(region)} has {nb(residents)} "
                "residents. Correct one of the two deliveries."
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
