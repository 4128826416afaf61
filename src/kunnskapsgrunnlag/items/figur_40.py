"""Figur 40: housing costs above the cap of statlig bostøtte, Oslo and the country, by year."""

from itertools import product

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Chart,
    Table,
    Traced,
    beside,
    change_from_first,
    growth_from_first,
    lines,
    lookup,
    rate_in_force,
    year_sum,
)
from kunnskapsgrunnlag.rules.prices import deflated, fixed_prices

NOVEMBER = 11
REGIONS = ("oslo", "hele-landet")
CAPS = {"tak_en": "1 person", "tak_fire": "4 personer", "tak_fem": "5 personer eller flere"}


def compute(
    housing_allowance: pd.DataFrame,
    rates: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    first_year: int,
    last_year: int,
) -> pd.DataFrame:
    """The share of household months over the cap, and November's mean cost beside Oslo's caps.

    Args:
        housing_allowance: The register, one row per region and month.
        rates: The rates of statlig bostøtte.
        prices: The consumer price index, one row per month.

    Returns:
        `region` (Oslo and the country), `year`, `over_tak` (percent), `boutgift` and
        `boutgift_faste` (NOK per month, the latter in November of the last year's kroner), `tak_…`
        (NOK per month; Oslo alone, as far back as the rates go), changes since the first year, and
        `avstand` (percentage points from Oslo to the country).
    """
    keys = pd.DataFrame(
        product(REGIONS, range(first_year, last_year + 1)), columns=["region", "year"]
    )
    register = housing_allowance[housing_allowance["region"].isin(REGIONS)]
    months = year_sum(register, ["over_cap", "recipients"])
    november = register[register["month"] == NOVEMBER]
    over, paid = lookup(months, "over_cap", keys), lookup(months, "recipients", keys)
    cost = lookup(november, "mean_rent_nok_month", keys)
    is_oslo = keys["region"] == "oslo"
    table = keys.assign(
        over_tak=over / paid * 100,
        boutgift=cost,
        boutgift_faste=fixed_prices(cost, keys["year"], prices, base=last_year, month=NOVEMBER),
        **{
            name: pd.Series([_cap(rates, size, y) for y in keys["year"]], dtype="traced")
            for name, size in CAPS.items()
        },
    )
    table[list(CAPS)] = table[list(CAPS)].where(is_oslo)
    real = table.assign(boutgift=deflated(cost, table["year"], prices, month=NOVEMBER))
    country = beside(table, "over_tak", region="hele-landet")
    return table.assign(
        avstand=(table["over_tak"] - country).where(is_oslo),
        over_tak_endring=change_from_first(table, "over_tak"),
        boutgift_vekst=growth_from_first(table, "boutgift"),
        boutgift_vekst_faste=growth_from_first(real, "boutgift"),
    )


def _cap(rates: pd.DataFrame, size: str, year: int) -> Traced | None:
    """Oslo's cap in November; None in years that the table of rates does not have."""
    on = f"{year}-{NOVEMBER}-01"
    known = rates[(rates["group"] == size) & (rates["valid_from"] <= on)]
    if known.empty:
        return None
    amount = rate_in_force(rates, "øvre boutgift", size, on)
    return (amount + rate_in_force(rates, "tillegg i øvre boutgift", "Oslo", on)) / 12


def draw(table: Table, chart: Chart) -> None:
    """The share in Oslo and the country; below it Oslo's mean cost and its caps."""
    lines(chart.panel("over_tak"), table)
    lines(chart.panel("boutgift", "tak_fem", "tak_en"), table[table["region"] == "oslo"])
