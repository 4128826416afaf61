"""Sosialhjelp: the income below which the norm for living costs plus the rent is not covered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.rules.rates import Outcome, RateTable, Working
from kunnskapsgrunnlag.rules.tax import gross_from_net

Norm = Literal["statlig", "oslo"]
NAMES: dict[str, str] = {"statlig": "statlig veiledende sats", "oslo": "Oslos norm"}
MONTHS = 12


def net_limit(
    rates: RateTable, on: date, rent_month: float, *, norm: Norm, group: str = "enslig"
) -> Outcome:
    """Income after tax at which the norm and the rent are just covered, NOK per month.

    Electricity and other costs that come on top after need are left out.
    """
    working = Working(rates, on)
    living = working.rate(NAMES[norm], group)
    return working.done(
        living + rent_month,
        f"{NAMES[norm]} {nb(living)} + husleie {nb(rent_month)} = {nb(living + rent_month)} "
        "etter skatt per måned",
    )


def gross_limit(
    rates: RateTable,
    taxes: RateTable,
    on: date,
    rent_month: float,
    *,
    norm: Norm,
    group: str = "enslig",
) -> Outcome:
    """The same limit as one person's wage before tax, NOK per year."""
    working = Working(rates, on)
    net = working.take(net_limit(rates, on, rent_month, norm=norm, group=group))
    gross = working.take(gross_from_net(taxes, on, MONTHS * net))
    return working.done(gross, f"inntektsgrense per år {nb(gross)}")
