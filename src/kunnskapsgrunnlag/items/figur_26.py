"""Figur 26: disadvantaged persons and startlån in each bydel.

Until the loans of the bydeler are delivered, the figure shows what the printed report says of them:
no relation is drawn that a model has put in.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.items.bydeler import with_oslo
from kunnskapsgrunnlag.items.kit import Chart, Table, bars, ranked
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


def draw(table: Table, chart: Chart) -> None:
    """Loans for the residents of each bydel that has a number, the most first; Oslo as a line."""
    oslo = table[table["region"] == "oslo"]
    bars(chart.panel("per_1000"), ranked(table, "per_1000"), reference=oslo)
