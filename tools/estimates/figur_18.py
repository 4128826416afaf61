"""Figur 18: share of disadvantaged persons by delbydel.

Within each bydel the persons of tabell 13 are shared out: the more low income a delbydel has, the
more of its residents, and more than in proportion.
"""

import math

from tools.estimates.common import (
    NAMES,
    UNKNOWN,
    Area,
    Bases,
    Counts,
    Inputs,
    Limits,
    Numbers,
    fit_bounded,
    intersect,
    proportional,
    scaled,
    share,
)

ITEM = "figur-18"
UNREGISTERED = "9999"
EXTRA = 2.0  # what a household with children counts for beyond another household


def residents(inputs: Inputs, base: Bases) -> Numbers:
    """The base of every delbydel: the bydel's persons, shared out by households.

    A household with children counts for as many persons as three others; persons per delbydel are
    not among the inputs.
    """
    people: Numbers = {}
    for bydel in (*NAMES, UNKNOWN):
        weights = {
            area.code: area.households + EXTRA * area.families for area in members(inputs, bydel)
        }
        people |= proportional(weights, base.persons[bydel])
    return people


def members(inputs: Inputs, bydel: str) -> list[Area]:
    """The delbydeler of a bydel; those outside every bydel for «Uoppgitt bydel»."""
    return [a for a in inputs.areas if (a.bydel if a.bydel in NAMES else UNKNOWN) == bydel]


def model(inputs: Inputs, base: Bases, persons: Counts) -> Numbers:
    """The share of every delbydel, percent."""
    people = residents(inputs, base)
    shares: Numbers = {}
    for bydel, number in persons.items():
        areas = members(inputs, bydel)
        before = _prior(inputs, areas, people)
        fitted = fit_bounded(before, number, _limits(inputs, areas, people, before))
        shares |= {code: share(count, people[code]) for code, count in fitted.items()}
    shares.pop(UNREGISTERED, None)
    return shares


def _prior(inputs: Inputs, areas: list[Area], people: Numbers) -> Numbers:
    steep = inputs.facts.value(ITEM, "eksponent")
    return {
        area.code: people[area.code]
        * ((area.low + EXTRA * area.low_families) / people[area.code]) ** steep
        for area in areas
    }


def _limits(
    inputs: Inputs, areas: list[Area], people: Numbers, before: Numbers
) -> dict[str, Limits]:
    facts = inputs.facts
    limits = {
        area.code: scaled(
            facts.limits(ITEM, "personer (prosent)", area.code), people[area.code] / 100
        )
        for area in areas
    }
    if areas[0].bydel in NAMES:
        lowest = min(before, key=lambda code: before[code] / people[code])
        _, high = facts.limits(ITEM, "laveste delbydel (prosent)", areas[0].bydel)
        ceiling = (-math.inf, high / 100 * people[lowest])
        limits[lowest] = intersect(limits[lowest], ceiling)
    return limits
