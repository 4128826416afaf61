"""Figur 32: municipal dwellings in each bydel, in number and per 1 000 residents."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name, say
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.scatter import ABOVE_NAMES, Guide, guides, name_points, points
from kunnskapsgrunnlag.figures.theme import unlike_panels
from kunnskapsgrunnlag.figures.tilemap import map_words, tile_map
from kunnskapsgrunnlag.items.bydeler import (
    against_oslo,
    by_region,
    bydeler_word,
    said,
    value_of,
)
from kunnskapsgrunnlag.store.formulas import lookup, ranked, with_oslo

# The bounds that the report names: 12 bydeler have fewer dwellings, 11 fewer per 1 000 residents.
DWELLINGS, RATE = 1000, 20


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


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A named point per bydel with the report's bounds and Oslo's mean; then the map."""
    rows = ranked(table, "boliger").dropna()
    per = f"per {say(1000)}"
    title = f"Antall boliger, og boliger {per} innbyggere"
    ax, chart = unlike_panels(fig, {title: 5.4, f"Rutekart: boliger {per} innbyggere": 5.35})
    held = rows["boliger"].tolist(), rows["per_1000"].tolist()
    points(ax, *held, across="Kommunale boliger", upwards=per.capitalize() + " innbyggere")
    oslo = value_of(table, "per_1000", "oslo")
    guides(
        ax,
        [
            Guide("x", DWELLINGS, f"{say(DWELLINGS)} boliger"),
            Guide("y", RATE, f"{RATE} {per}"),
            Guide("y", oslo, f"Oslo {say(oslo, 1)}", strong=True),
        ],
    )
    ax.set_title(title, pad=ABOVE_NAMES)
    name_points(ax, *held, [region_name(r) for r in rows["region"]])
    tile_map(chart, by_region(table, "per_1000"), decimals=1, unit=per.capitalize())


def describe(table: pd.DataFrame, item: Item) -> str:
    """The bydeler with most dwellings, how many lie under the two lines, and the map."""
    dwellings, rates = by_region(table, "boliger"), by_region(table, "per_1000")
    few = sum(value < DWELLINGS for value in dwellings.values())
    thin = sum(value < RATE for value in rates.values())
    return (
        f"Spredningsdiagram med {len(dwellings)} bydeler, antall kommunale boliger bortover og "
        f"boliger per {say(1000)} innbyggere oppover. Flest boliger har "
        f"{listed(said(table, 'boliger')[:3])}. {bydeler_word(few)} har under {say(DWELLINGS)} "
        f"boliger, og {thin} har under {RATE} per {say(1000)} innbyggere."
        f"{against_oslo(table, 'per_1000')} {map_words(rates, decimals=1)}"
    )
