"""Tabell 13: disadvantaged persons by bydel.

Households of tabell 15 times the persons in each kind of household, fitted to what is stated about
numbers (tabell 13) and shares (tabell 14).
"""

from tools.estimates.common import (
    NAMES,
    OSLO,
    UNKNOWN,
    Bases,
    Counts,
    Inputs,
    Limits,
    Numbers,
    fit_bounded,
    intersect,
    largest_remainder,
    scaled,
    share,
    whole,
)
from tools.estimates.tabell_15 import Households

SHARE = "personer (prosent)"


def sizes(inputs: Inputs, families: float) -> tuple[float, float]:
    """Persons per disadvantaged household without and with children, for all of Oslo."""
    adults = inputs.facts.value("tabell-15", "voksne i husholdninger med barn")
    in_families = adults * families + inputs.facts.value("tabell-15", "barn")
    childless = inputs.totals["households"] - families
    return (inputs.totals["persons"] - in_families) / childless, in_families / families


def prior(inputs: Inputs, households: Households) -> Numbers:
    """Persons before anything stated about them is used."""
    small, large = sizes(inputs, sum(households.families.values()))
    return {
        name: small * number + large * households.families[name]
        for name, number in households.without.items()
    }


def model(inputs: Inputs, base: Bases, households: Households) -> Counts:
    """The persons of each bydel, «Uoppgitt bydel» included."""
    before = prior(inputs, households)
    limits = {name: _limits(inputs, base, households, name) for name in NAMES}
    limits[UNKNOWN] = (before[UNKNOWN], before[UNKNOWN])
    return largest_remainder(fit_bounded(before, inputs.totals["persons"], limits))


def _limits(inputs: Inputs, base: Bases, households: Households, name: str) -> Limits:
    facts, persons = inputs.facts, base.persons[name]
    return whole(
        intersect(
            facts.limits("tabell-13", "personer", name),
            scaled(facts.limits("tabell-14", SHARE, name), persons / 100),
            scaled(_beside_households(inputs, base, households, name), persons / 100),
        )
    )


def _beside_households(inputs: Inputs, base: Bases, households: Households, name: str) -> Limits:
    """The share of persons lies above that of households, but in the one exception."""
    low, high = inputs.facts.limits("tabell-14", "avstand (prosentpoeng)", name)
    number = households.without[name] + households.families[name]
    pct = share(number, base.without[name] + base.families[name])
    return pct + low, pct + high


def rows(persons: Counts) -> list[tuple[str, int]]:
    """The table: bydeler, unknown, Oslo."""
    return [*persons.items(), (OSLO, sum(persons.values()))]
