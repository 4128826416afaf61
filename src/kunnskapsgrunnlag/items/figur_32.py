"""Figur 32: municipal dwellings in each bydel, in number and per 1 000 residents."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import named_points
from kunnskapsgrunnlag.formulas import join_population
from kunnskapsgrunnlag.theme import GREY
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import listed, region_name, say


def compute(dwellings: pd.DataFrame, population: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Dwellings as delivered, against the population on 1 January.

    Args:
        dwellings: One row per bydel (and Oslo), with `dwellings`.
        population: One row per bydel and year, with `residents`.

    Returns:
        `region`, `boliger` (dwellings), `per_1000` (dwellings per 1 000 residents).
    """
    rows = dwellings[dwellings["region"].isin(BYDELER)].reset_index(drop=True)
    residents = join_population(rows, population, year=year)
    return pd.DataFrame(
        {
            "region": rows["region"],
            "boliger": rows["dwellings"],
            "per_1000": rows["dwellings"] / residents * 1000,
        }
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A named point per bydel; lines at 1 000 dwellings and at 20 per 1 000."""
    fig.set_figheight(4.6)
    ax = fig.subplots()
    named_points(
        ax,
        table["boliger"].tolist(),
        table["per_1000"].tolist(),
        [region_name(r) for r in table["region"]],
        decimals=0,
    )
    ax.axvline(1000, color=GREY, linestyle=":", linewidth=1.4, zorder=0)
    ax.axhline(20, color=GREY, linestyle=":", linewidth=1.4, zorder=0)
    ax.set(xlabel="Kommunale boliger", ylabel="Per 1 000 innbyggere")


def describe(table: pd.DataFrame, item: Item) -> str:
    """The bydeler with most dwellings, and how many lie under the two lines."""
    rows = table.sort_values("boliger", ascending=False)
    said = [
        f"{region_name(row['region'])} {say(row['boliger'])}"
        for row in rows.head(3).to_dict("records")
    ]
    few = sum(v < 1000 for v in table["boliger"])
    thin = sum(v < 20 for v in table["per_1000"])
    return (
        f"Spredningsdiagram med {len(table)} bydeler. Flest kommunale boliger har {listed(said)}. "
        f"{few} bydeler har under 1 000 boliger, og {thin} har under 20 per 1 000 "
        "innbyggere."
    )
