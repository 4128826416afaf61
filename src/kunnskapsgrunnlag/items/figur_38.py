"""Figur 38: households that need help to find a home, by bydel."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Chart,
    Table,
    change_from_first,
    growth_from_first,
    pairs,
    ranked,
)


def compute(need: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Households as the bydeler have registered them, and the growth between the two surveys.

    Args:
        need: One row per bydel (and Oslo) and year, with `households` and `municipal` (those for
            whom a municipal dwelling is recommended; hidden where it would show a small number).
        years: The years of the surveys.

    Returns:
        `region`, `year`, `husholdninger`, `kommunal`, `andel_kommunal` (percent), and in the last
        year `…endring` (households) and `…vekst` (percent) since the first.
    """
    table = need[need["year"].isin(years)].rename(
        columns={"households": "husholdninger", "municipal": "kommunal"}
    )
    return table.assign(
        andel_kommunal=table["kommunal"] / table["husholdninger"] * 100,
        endring=change_from_first(table, "husholdninger"),
        vekst=growth_from_first(table, "husholdninger"),
        kommunal_endring=change_from_first(table, "kommunal"),
        kommunal_vekst=growth_from_first(table, "kommunal"),
    )


def draw(table: Table, chart: Chart) -> None:
    """The households of each bydel in both surveys."""
    first, last = min(table["year"]), max(table["year"])
    rows = ranked(table[table["year"] == last], "husholdninger")
    both = pd.concat([table[table["year"] == first], rows])
    pairs(chart.panel("husholdninger"), both, years=(first, last))
