"""Kommunal bostøtte in Oslo, by the regulation that held until 30 November 2022.

support per year = coverage x (rent - reasonable cost), for tenants in kommunal bolig. The
reasonable cost is a percentage of the whole gross income that rises by the step. The rate table
ends with the regulation: later dates are refused, because the new regulation has another formula.
"""

from __future__ import annotations

import math
from datetime import date

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, RateTable, Working, last_below

MONTHS = 12


def support(
    rates: RateTable, on: date, income_year: float, rent_month: float, persons: int = 1
) -> Outcome:
    """Kommunal bostøtte per year, NOK, before coordination with statlig bostøtte."""
    working = Working(rates, on)
    group = _group(persons)
    floor = working.look("minste boutgift", group)
    rent = MONTHS * rent_month
    if rent < floor.value:
        working.use(floor)
        return working.done(0.0, f"husleie {nb(rent)} er under {nb(floor.value)}")
    share = _percentage(working, income_year, persons)
    paid = working.rate("dekningsgrad") * (rent - share * income_year)
    least = working.look("minste støtte")
    if paid < least.value:
        working.use(least)
        return working.done(0.0, f"under minste støtte {nb(least.value)}")
    return working.done(
        paid,
        f"rimelig boutgift {nb(share * 100)} prosent av {nb(income_year)}",
        f"støtte per år {nb(paid)}",
    )


def income_limit(rates: RateTable, on: date, rent_month: float, persons: int = 1) -> Outcome:
    """The highest gross income with kommunal bostøtte, whole NOK per year; 0 if none gives any."""
    without_income = support(rates, on, 0.0, rent_month, persons)
    if without_income.value == 0:
        return without_income

    def within(income: float) -> bool:
        return support(rates, on, income, rent_month, persons).value > 0

    limit = float(math.floor(last_below(within)))
    working = Working(rates, on)
    share = _percentage(working, limit, persons)
    least = working.rate("minste støtte") / working.rate("dekningsgrad")
    return working.done(
        limit,
        f"husleie per år {nb(MONTHS * rent_month)}, minste støtte tilsvarer {nb(least)} i husleie",
        f"rimelig boutgift {nb(share * 100)} prosent av inntekten",
        f"inntektsgrense per år {nb(limit)}",
    )


def _group(persons: int) -> str:
    return "enslig" if persons == 1 else "to personer"


def _percentage(working: Working, income: float, persons: int) -> float:
    """The reasonable cost as a share of income: one step up per started part of income."""
    share = working.rate("laveste sats")
    more = persons - 2 if persons > 2 else 0
    low = working.look("inntekt med laveste sats", _group(persons))
    middle = working.look("inntekt med lange trinn", _group(persons))
    extra = more * working.rate("tillegg per person utover to") if more else 0.0
    if income > low.value + extra:
        top = income if income <= middle.value + extra else working.use(middle) + extra
        share += _steps(working, top - working.use(low) - extra, "langt trinn")
    if income > middle.value + extra:
        share += _steps(working, income - middle.value - extra, "kort trinn")
    return share


def _steps(working: Working, above: float, length: str) -> float:
    return working.rate("påslag per trinn") * math.ceil(above / working.rate(length))
