"""Figur 26: disadvantaged persons and startlån in each bydel.

Until the loans of the bydeler are delivered, the figure shows what the printed report says of them:
no relation is drawn that a model has put in.
"""

import pandas as pd

from kunnskapsgrunnlag.items.kit import BYDELER, Chart, Table, bars, lookup, ranked, with_oslo


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
    both = persons.merge(loans, on="region", validate="one_to_one")
    both = both[both["region"].isin([*BYDELER, "oslo"])]
    residents = lookup(with_oslo(population, year), "residents", both["region"], year=year)
    table = pd.DataFrame(
        {
            "region": both["region"],
            "vanskeligstilte": both["persons"],
            "startlan": both["loans"],
            "per_1000": both["loans"] / residents * 1000,
            "per_1000_vanskeligstilte": both["loans"] / both["persons"] * 1000,
        }
    )
    has_loans = table["startlan"].notna()
    # Only where most bydeler have a number do the two counts show a relation.
    if has_loans[table["region"].isin(BYDELER)].mean() > 0.5:
        return table.reset_index(drop=True)
    # Before the delivery: loans where there are some, and both counts for Oslo alone.
    is_oslo = table["region"] == "oslo"
    counts = table[["vanskeligstilte", "per_1000_vanskeligstilte"]].where(is_oslo)
    return table.assign(**counts)[has_loans].reset_index(drop=True)


def draw(table: Table, chart: Chart) -> None:
    """Loans for the residents of each bydel that has a number, the most first; Oslo as a line."""
    oslo = table[table["region"] == "oslo"]
    bars(chart.panel("per_1000"), ranked(table, "per_1000"), reference=oslo)
