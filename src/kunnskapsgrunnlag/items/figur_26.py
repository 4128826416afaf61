"""Figur 26: disadvantaged persons and startlån in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.charts import named_points
from kunnskapsgrunnlag.formulas import join_population
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import region_name, say


def compute(
    persons: pd.DataFrame, loans: pd.DataFrame, population: pd.DataFrame, *, year: int
) -> pd.DataFrame:
    """Both counts of each bydel, and loans per 1 000 residents.

    Args:
        persons: One row per bydel (and others), with `persons`.
        loans: One row per bydel (and Oslo), with `loans`.
        population: One row per bydel and year, with `residents`.

    Returns:
        `region`, `vanskeligstilte` (persons), `startlan` (loans), `per_1000` (loans).
    """
    both = persons.merge(loans, on="region", how="inner", validate="one_to_one")
    both = both[both["region"].isin(BYDELER)].reset_index(drop=True)
    residents = join_population(both, population, year=year)
    return pd.DataFrame(
        {
            "region": both["region"],
            "vanskeligstilte": both["persons"],
            "startlan": both["loans"],
            "per_1000": both["loans"] / residents * 1000,
        }
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A named point per bydel: persons across, loans upwards."""
    fig.set_figheight(4.6)
    ax = fig.subplots()
    named_points(
        ax,
        table["vanskeligstilte"].tolist(),
        table["startlan"].tolist(),
        [region_name(r) for r in table["region"]],
        decimals=0,
    )
    ax.set(xlabel="Vanskeligstilte personer", ylabel="Startlån")


def describe(table: pd.DataFrame, item: Item) -> str:
    """Where there are most and fewest loans for the residents."""
    rows = table.sort_values("per_1000")
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"Spredningsdiagram med {len(table)} bydeler, vanskeligstilte mot antall startlån. "
        f"Flest lån per 1 000 innbyggere har {region_name(high['region'])} med "
        f"{say(high['per_1000'], 1)}, færrest har {region_name(low['region'])} med "
        f"{say(low['per_1000'], 1)}."
    )
