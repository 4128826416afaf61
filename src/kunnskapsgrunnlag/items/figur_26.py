"""Figur 26: disadvantaged persons and startlån in each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog import Item
from kunnskapsgrunnlag.formulas import join_population, per_1000
from kunnskapsgrunnlag.items.bydeler import against_oslo, ranked, value_of, with_oslo
from kunnskapsgrunnlag.points import ABOVE_NAMES, Guide, guides, name_points, points, round_values
from kunnskapsgrunnlag.tidy.regions import BYDELER
from kunnskapsgrunnlag.words import region_name, say


def compute(
    persons: pd.DataFrame, loans: pd.DataFrame, population: pd.DataFrame, *, year: int
) -> pd.DataFrame:
    """Both counts of each bydel and of Oslo, and loans against residents and against persons.

    Args:
        persons: One row per bydel (and others), with `persons`.
        loans: One row per bydel (and Oslo), with `loans`.
        population: One row per bydel and year, with `residents`.

    Returns:
        `region`, `vanskeligstilte` (persons), `startlan` (loans), `per_1000` (loans per 1 000
        residents), `per_1000_vanskeligstilte` (loans per 1 000 disadvantaged persons).
    """
    both = persons.merge(loans, on="region", how="inner", validate="one_to_one")
    both = both[both["region"].isin([*BYDELER, "oslo"])].reset_index(drop=True)
    residents = join_population(both, with_oslo(population, year=year), year=year)
    return pd.DataFrame(
        {
            "region": both["region"],
            "vanskeligstilte": both["persons"],
            "startlan": both["loans"],
            "per_1000": per_1000(both["loans"], residents),
            "per_1000_vanskeligstilte": per_1000(both["loans"], both["persons"]),
        }
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A named point per bydel, persons across and loans upwards; lines of equal rate."""
    rows = ranked(table, "startlan").dropna()
    fig.set_figheight(4.9)
    ax = fig.subplots()
    held = rows["vanskeligstilte"].tolist(), rows["startlan"].tolist()
    points(ax, *held, across="Vanskeligstilte personer", upwards="Startlån")
    oslo = value_of(table, "per_1000_vanskeligstilte", "oslo")
    rates = round_values(rows["per_1000_vanskeligstilte"])
    guides(
        ax,
        [
            *(Guide("rate", rate, f"{say(rate)} per {say(1000)}") for rate in rates),
            Guide("rate", oslo, f"Oslo {say(oslo, 1)}", strong=True),
        ],
    )
    lines = f"Linjer: startlån per {say(1000)} vanskeligstilte"
    ax.set_title(lines, weight="normal", fontsize=10.5, pad=ABOVE_NAMES)
    name_points(ax, *held, [region_name(r) for r in rows["region"]])


def describe(table: pd.DataFrame, item: Item) -> str:
    """Where there are most and fewest loans for the residents, and Oslo's line."""
    rows = ranked(table, "per_1000").dropna()
    high, low = rows.iloc[0], rows.iloc[-1]
    return (
        f"Spredningsdiagram med {len(rows)} bydeler, antall vanskeligstilte personer bortover og "
        f"antall startlån oppover, med linjer for antall lån per {say(1000)} vanskeligstilte."
        f"{against_oslo(table, 'per_1000_vanskeligstilte')} Flest lån per {say(1000)} innbyggere "
        f"har {region_name(high['region'])} med {say(high['per_1000'], 1)}, færrest har "
        f"{region_name(low['region'])} med {say(low['per_1000'], 1)}."
    )
