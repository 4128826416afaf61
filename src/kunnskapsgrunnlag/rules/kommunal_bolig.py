"""Kommunal bolig in Oslo: the income limit as a multiple of the National Insurance base amount."""

from __future__ import annotations

from datetime import date

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, RateTable, Working


def income_limit(
    rates: RateTable, base_amounts: RateTable, on: date, group: str = "enslig"
) -> Outcome:
    """The highest gross income for kommunal bolig, NOK per year.

    Args:
        base_amounts: Grunnbeløpet (G) by date.
        group: `enslig` or `ektepar eller samboere`.
    """
    working = Working(rates, on)
    times = working.rate("inntektsgrense", group)
    amount = Working(base_amounts, on)
    working.take(amount.done(amount.rate("grunnbeløp")))
    base = base_amounts.at(on, "grunnbeløp").value
    return working.done(times * base, f"{nb(times)} · grunnbeløpet {nb(base)}")
