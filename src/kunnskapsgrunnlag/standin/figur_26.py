"""Figur 26: startlån by bydel: the year's loans shared out by disadvantaged persons."""

from kunnskapsgrunnlag.standin.common import (
    NAMES,
    OSLO,
    Counts,
    Inputs,
    Limits,
    fit_bounded,
    largest_remainder,
    scaled,
    whole,
)

ITEM = "figur-26"
RATE = "lån per 1 000 innbyggere"


def model(inputs: Inputs, persons: Counts) -> Counts:
    """The loans of each bydel."""
    limits = {name: _limits(inputs, name) for name in NAMES}
    before = {name: float(persons[name]) for name in NAMES}
    return largest_remainder(fit_bounded(before, inputs.totals["loans"], limits))


def _limits(inputs: Inputs, name: str) -> Limits:
    return whole(scaled(inputs.facts.limits(ITEM, RATE, name), inputs.population[name] / 1000))


def rows(loans: Counts) -> list[tuple[str, int]]:
    """The table: bydeler and Oslo."""
    return [*loans.items(), (OSLO, sum(loans.values()))]
