"""Statlig bostøtte (bustøtteforskrifta): the income at which the support ends.

support per year = coverage x (the lower of rent and cap - own share of the weighted income)

The own share has a minimum, a share of income above a first threshold, and a progressive part above
a second: until June 2024 in steps on the whole income, from July 2024 linear.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, Rate, RateTable, Working, last_below

SIZES = ("1 person", "2 personer", "3 personer", "4 personer", "5 personer eller flere")
PLACES = ("Oslo", "gruppe 2", "gruppe 3", "gruppe 4")
MONTHS = 12
NEEDED = ("minste egenandel", "innslagspunkt 1", "innslagspunkt 2", "minsteutbetaling")


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives where: `place` is Oslo or the regulation's group of municipalities."""

    adults: int = 1
    children: int = 0
    place: str = "Oslo"

    @property
    def size(self) -> str:
        return SIZES[min(self.adults + self.children, len(SIZES)) - 1]


def income_limit(
    rates: RateTable, on: date, rent_month: float, household: Household, *, temporary: bool = False
) -> Outcome:
    """The highest gross household income with bostøtte, NOK per year; 0 if no income gives any.

    Incomes count in whole kroner a month, as Husbanken publishes its limits: twelve such months.

    Args:
        temporary: Whether the temporary progressive rate of December 2021-March 2024 applies.
    """
    working = Working(rates, on)
    working.require(*NEEDED)
    cost = _counted_cost(working, rent_month, household)
    least = working.rate("minsteutbetaling") * MONTHS / working.rate("dekningsgrad")
    room = cost - least

    def within(income: float) -> bool:
        return _own_share(Working(rates, on), income, temporary=temporary) <= room

    weighted = last_below(within)
    _own_share(working, weighted, temporary=temporary)
    month = math.floor(weighted * _weight(working, household) / MONTHS)
    return working.done(
        float(MONTHS * month),
        f"rom for egenandel {nb(cost)} − {nb(least)} = {nb(room)}",
        f"inntektsgrense per måned {nb(month)}, per år {nb(MONTHS * month)}",
    )


def _counted_cost(working: Working, rent_month: float, household: Household) -> float:
    """The year's housing cost up to the cap."""
    size = working.look("øvre boutgift", household.size)
    addition = working.look("tillegg i øvre boutgift", household.place)
    cap, rent = size.value + addition.value, MONTHS * rent_month
    if rent < cap:
        working.steps.append(f"boutgift per år {nb(rent)}, under øvre boutgift {nb(cap)}")
        return rent
    working.steps.append(f"øvre boutgift per år {nb(size.value)} + {nb(addition.value)}")
    return working.use(size) + working.use(addition)


def _weight(working: Working, household: Household) -> float:
    """What the household's income is divided by: the first adult counts 1."""
    weight = 1.0
    for number, name in (
        (household.adults - 1, "vekt per voksen"),
        (household.children, "vekt per barn"),
    ):
        if number:
            weight += number * working.rate(name)
    return weight


def _own_share(working: Working, income: float, *, temporary: bool) -> float:
    """Egenandel per year for a weighted yearly income."""
    share = working.rate("minste egenandel")
    first, second = working.look("innslagspunkt 1"), working.look("innslagspunkt 2")
    if income > first.value:
        share += working.rate("sats over innslagspunkt 1") * (income - working.use(first))
    if income > second.value:
        share += _progressive(working, income, second, temporary=temporary)
    return share


def _progressive(working: Working, income: float, second: Rate, *, temporary: bool) -> float:
    """The part above the second threshold, in the form that is in force on the date."""
    linear = "lineær sats over innslagspunkt 2"
    if working.table.knows(working.on, linear) and not temporary:
        return working.rate(linear) * (income - working.use(second))
    rate = working.rate("midlertidig progressiv sats" if temporary else "progressiv sats")
    step = working.rate("progressivt trinn")
    started = 1 + math.floor((income - (working.use(second) + 1)) / step)
    return rate * started * income
