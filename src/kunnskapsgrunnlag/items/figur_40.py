"""Figur 40: housing costs above the cap of statlig bostøtte, Oslo and the country, by year."""

from typing import Any

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, lines
from kunnskapsgrunnlag.rules.prices import fixed_prices
from kunnskapsgrunnlag.store.formulas import (
    change_from_first,
    growth_from_first,
    only,
    rate_in_force,
    year_total,
)
from kunnskapsgrunnlag.store.traced import Traced

NOVEMBER = 11
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
    november = housing_allowance[housing_allowance["month"] == NOVEMBER]
    rows = [
        {
            "region": region,
            "year": year,
            "over_tak": _over_cap_pct(housing_allowance, region, year),
            "boutgift": only(november, "mean_rent_nok_month", region=region, year=year),
        }
        | {name: _cap(rates, size, year) for name, size in CAPS.items() if region == "oslo"}
        for region in ("oslo", "hele-landet")
        for year in range(first_year, last_year + 1)
    ]
    table = pd.DataFrame(rows).astype({name: object for name in CAPS})
    table = table.where(table.notna(), None)
    fixed = fixed_prices(table["boutgift"], table["year"], prices, base=last_year, month=NOVEMBER)
    table = table.assign(boutgift_faste=fixed, avstand=_distance(table))
    return table.assign(
        over_tak_endring=change_from_first(table, "over_tak"),
        boutgift_vekst=growth_from_first(table, "boutgift"),
        boutgift_vekst_faste=growth_from_first(table, "boutgift_faste"),
    )


def _over_cap_pct(register: pd.DataFrame, region: str, year: int) -> Traced:
    """Household months over the cap as a percentage of household months paid."""
    over = year_total(register, "over_cap", region, year)
    return over / year_total(register, "recipients", region, year) * 100


def _cap(rates: pd.DataFrame, size: str, year: int) -> Traced | None:
    """Oslo's cap in November; None in years that the table of rates does not have."""
    on = f"{year}-{NOVEMBER}-01"
    known = rates[(rates["group"] == size) & (rates["valid_from"] <= on)]
    if known.empty:
        return None
    amount = rate_in_force(rates, "øvre boutgift", size, on)
    return (amount + rate_in_force(rates, "tillegg i øvre boutgift", "Oslo", on)) / 12


def _distance(table: pd.DataFrame) -> "pd.Series[Any]":
    country = table[table["region"] == "hele-landet"].set_index("year")["over_tak"]
    distances = [
        own - country[year] if region == "oslo" else None
        for region, year, own in zip(table["region"], table["year"], table["over_tak"], strict=True)
    ]
    return pd.Series(distances, index=table.index, dtype=object)


def draw(table: Table, chart: Chart) -> None:
    """The share in Oslo and the country; below it Oslo's mean cost and its caps."""
    lines(chart.panel("over_tak"), table)
    lines(chart.panel("boutgift", "tak_fem", "tak_en"), table[table["region"] == "oslo"])
