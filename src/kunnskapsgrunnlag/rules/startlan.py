"""Startlån: the income that a loan takes, of a single person.

Income after tax less the reference budget and other fixed costs is the money for the loan; an
annuity turns it into a loan. Tax is that of the first year, with the year's interest deducted: that
is the reading under which Husbanken's own worked example comes out.

Interest is no rate of a law and changes every month: it is assumed, and the caller says which.
"""

from __future__ import annotations

import math
from datetime import date

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, RateTable, Working
from kunnskapsgrunnlag.rules.tax import gross_from_net

MONTHS = 12
SINGLE = "enslig"


def annuity_factor(interest_share: float, term_years: float) -> float:
    """How many kroner of loan one krone a month services; interest as a share per year."""
    monthly, payments = interest_share / MONTHS, term_years * MONTHS
    if monthly == 0:
        return payments
    return -math.expm1(-payments * math.log1p(monthly)) / monthly


def minimum_income(
    rates: RateTable,
    taxes: RateTable,
    on: date,
    loan: float,
    *,
    term_years: float,
    interest_pct: float,
) -> Outcome:
    """The lowest year's wage that services a loan, NOK.

    The loan is the price of the home: full financing, without document duty.
    """
    working = Working(rates, on)
    interest = _checked(working, term_years, interest_pct)
    costs = _costs(working)
    payment = loan / annuity_factor(interest, term_years)
    working.steps.append(
        f"forutsatt {nb(term_years)} år med {nb(interest_pct, 3)} prosent rente: "
        f"lån {nb(loan)} koster {nb(payment)} per måned"
    )
    needed = MONTHS * (payment + costs)
    gross = working.take(gross_from_net(taxes, on, needed, interest_paid=interest * loan))
    return working.done(gross, f"laveste lønn per år {nb(gross)}")


def maximum_income(rates: RateTable, on: date, loan: float) -> Outcome:
    """The income from which the loan stays within the multiple of income for banks, NOK per year.

    No upper limit for startlån is documented. Who earns more than this can borrow the same in a
    bank: that makes it the assumed limit.
    """
    working = Working(rates, on)
    times = working.rate("lån i forhold til inntekt")
    return working.done(loan / times, f"lån {nb(loan)} / {nb(times)}")


def _costs(working: Working) -> float:
    """Reference budget and other fixed costs per month."""
    living = working.rate("referansebudsjett", SINGLE)
    other = working.rate("andre faste utgifter", SINGLE)
    working.steps.append(f"referansebudsjett {nb(living)} + andre faste utgifter {nb(other)}")
    return living + other


def _checked(working: Working, term_years: float, interest_pct: float) -> float:
    """The interest as a share per year, if it and the term can be."""
    if not 0 <= interest_pct < 100:
        raise KgError(
            f"{working.table.title}: ventet en rente fra 0 til 100 prosent i året, fant "
            f"{nb(interest_pct, 3)}."
        )
    longest = working.look("lengste nedbetalingstid").value
    if not 0 < term_years <= longest:
        raise KgError(
            f"{working.table.title}: ventet en løpetid over 0 og opp til {nb(longest)} år, fant "
            f"{nb(term_years, 1)}."
        )
    return interest_pct / 100
