"""Income tax on wages: net from gross and gross from net, one person, no children or wealth."""

from __future__ import annotations

from datetime import date

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, RateTable, Working, last_below

BRACKETS = (1, 2, 3, 4)


def net_from_gross(
    taxes: RateTable, on: date, gross: float, *, interest_paid: float = 0.0
) -> Outcome:
    """A year's wage after tax, NOK.

    Args:
        taxes: Tax rates; only years in the table can be taxed.
        interest_paid: The year's interest on debt, which is deducted from ordinary income.
    """
    working = Working(taxes, on)
    ordinary = _ordinary_tax(working, gross, interest_paid)
    contribution = _contribution(working, gross)
    bracket = _bracket_tax(working, gross)
    net = gross - ordinary - contribution - bracket
    return working.done(
        net,
        f"lønn før skatt {nb(gross)}",
        f"skatt på alminnelig inntekt {nb(ordinary)}, trygdeavgift {nb(contribution)}, "
        f"trinnskatt {nb(bracket)}",
        f"lønn etter skatt {nb(net)}",
    )


def gross_from_net(
    taxes: RateTable, on: date, net: float, *, interest_paid: float = 0.0
) -> Outcome:
    """The year's wage that leaves `net` after tax, NOK: the inverse of `net_from_gross`."""

    def within(gross: float) -> bool:
        return net_from_gross(taxes, on, gross, interest_paid=interest_paid).value <= net

    gross = last_below(within)
    taxed = net_from_gross(taxes, on, gross, interest_paid=interest_paid)
    return Outcome(gross, taxed.steps, taxed.rates)


def _ordinary_tax(working: Working, gross: float, interest_paid: float) -> float:
    rate = working.look("skatt på alminnelig inntekt")
    basis = gross - _minimum_deduction(working, gross) - interest_paid
    basis -= working.rate("personfradrag")
    return working.use(rate) * basis if basis > 0 else 0.0


def _minimum_deduction(working: Working, gross: float) -> float:
    """Minstefradrag: a share of the wage up to a ceiling, or the wage earner's floor if higher."""
    share, ceiling = working.look("minstefradrag"), working.look("høyeste minstefradrag")
    floor = working.look("særskilt fradrag i arbeidsinntekt")
    if share.value / 100 * gross >= ceiling.value:
        return working.use(ceiling)
    if share.value / 100 * gross >= floor.value:
        return working.use(share) * gross
    return min(working.use(floor), gross)


def _contribution(working: Working, gross: float) -> float:
    """Trygdeavgift: nothing up to the lower limit, then phased in until the full rate."""
    rate, limit = working.look("trygdeavgift"), working.look("nedre grense for trygdeavgift")
    phase = working.look("opptrapping av trygdeavgift")
    if gross <= limit.value:
        return 0.0
    if phase.value * (gross - limit.value) < rate.value * gross:
        return working.use(phase) * (gross - working.use(limit))
    return working.use(rate) * gross


def _bracket_tax(working: Working, gross: float) -> float:
    """Trinnskatt: each bracket's rate on the part of the wage that lies in it."""
    tax, below = 0.0, 0.0
    for number in BRACKETS:
        start = working.look(f"trinn {number} fra")
        if gross <= start.value:
            break
        rate = working.rate(f"trinn {number} sats")
        tax += (rate - below) * (gross - working.use(start))
        below = rate
    return tax
