"""Figur 26: disadvantaged persons and startlån in each bydel.

Until the loans of the bydeler are delivered, the figure shows what the printed report says of them:
no relation is drawn that a model has put in.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name, rows_of, say
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.scatter import (
    ABOVE_NAMES,
    Guide,
    guides,
    name_points,
    points,
    round_values,
)
from kunnskapsgrunnlag.figures.theme import WARM_BLUE
from kunnskapsgrunnlag.items.bydeler import against_oslo, ranked, value_of, with_oslo
from kunnskapsgrunnlag.store.formulas import join_population, per_1000


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
    table = pd.DataFrame(
        {
            "region": both["region"],
            "vanskeligstilte": both["persons"],
            "startlan": both["loans"],
            "per_1000": per_1000(both["loans"], residents),
            "per_1000_vanskeligstilte": per_1000(both["loans"], both["persons"]),
        }
    )
    return table if _is_whole(table["startlan"], table["region"]) else _known(table)


def _is_whole(loans: pd.Series[Any], regions: pd.Series[Any]) -> bool:
    """Whether most bydeler have a number: only then do the two counts show a relation."""
    has_number = [not math.isnan(float(number)) for number in loans[regions.isin(BYDELER)]]
    return sum(has_number) * 2 > len(BYDELER)


def _known(table: pd.DataFrame) -> pd.DataFrame:
    """What is known before the delivery: loans where there are some, and both counts for Oslo."""
    has_loans = table["startlan"].map(lambda number: not math.isnan(float(number)))
    table = table[has_loans].reset_index(drop=True)
    is_oslo = table["region"] == "oslo"
    counts = ["vanskeligstilte", "per_1000_vanskeligstilte"]
    return table.assign(**{name: table[name].where(is_oslo, None) for name in counts})


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A named point per bydel, persons across and loans upwards; lines of equal rate.

    Before the delivery: loans per 1 000 residents where they are known.
    """
    if not _is_whole(table["startlan"], table["region"]):
        _draw_known(table, fig)
        return
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


def _draw_known(table: pd.DataFrame, fig: Figure) -> None:
    rows = table.sort_values("per_1000", ascending=False, kind="stable")
    fig.set_figheight(1.9)
    ax = fig.subplots()
    names = [region_name(region) for region in rows["region"]]
    bars_across(ax, names, rows["per_1000"].tolist(), decimals=1, colour=WARM_BLUE)
    ax.set_title(f"Startlån per {say(1000)} innbyggere")


def describe(table: pd.DataFrame, item: Item) -> str:
    """Where there are most and fewest loans for the residents, and Oslo's line."""
    if not _is_whole(table["startlan"], table["region"]):
        rows = table.sort_values("per_1000", ascending=False, kind="stable")
        said = [f"{region_name(r['region'])} {say(r['per_1000'], 1)}" for r in rows_of(rows)]
        return (
            f"Søylediagram over startlån per {say(1000)} innbyggere: {listed(said)}. "
            "Tallene for de andre bydelene er ikke levert."
        )
    rows = ranked(table, "per_1000").dropna()
    high, low = rows.iloc[0], rows.iloc[-1]
    return (
        f"Spredningsdiagram med {len(rows)} bydeler, antall vanskeligstilte personer bortover og "
        f"antall startlån oppover, med linjer for antall lån per {say(1000)} vanskeligstilte."
        f"{against_oslo(table, 'per_1000_vanskeligstilte')} Flest lån per {say(1000)} innbyggere "
        f"har {region_name(high['region'])} med {say(high['per_1000'], 1)}, færrest har "
        f"{region_name(low['region'])} med {say(low['per_1000'], 1)}."
    )
