"""Figur 19: share of children (0-19) in disadvantaged families by bydel and delbydel.

The children of a bydel are shared out to its delbydeler: its share is the weighted mean of theirs.
"""

from tools.estimates.common import (
    NAMES,
    UNKNOWN,
    Inputs,
    Numbers,
    fit_bounded,
    proportional,
    scaled,
    share,
)
from tools.estimates.figur_18 import members
from tools.estimates.tabell_15 import Households

ITEM = "figur-19"
BYDEL = "barn i bydelen (prosent)"


def base_of_bydeler(inputs: Inputs) -> Numbers:
    """Children per bydel, scaled to the base that the printed share implies."""
    pct = inputs.facts.value(ITEM, BYDEL)
    everyone = 100 * inputs.facts.value("tabell-15", "barn") / pct
    return proportional(inputs.children, everyone)


def in_bydeler(inputs: Inputs, households: Households) -> Numbers:
    """Children in disadvantaged families per bydel; the unknown ones keep their proportion."""
    before = proportional(households.families, inputs.facts.value("tabell-15", "barn"))
    outside = before.pop(UNKNOWN)
    limits = {
        name: scaled(inputs.facts.limits(ITEM, BYDEL, name), number / 100)
        for name, number in base_of_bydeler(inputs).items()
    }
    return fit_bounded(before, inputs.facts.value("tabell-15", "barn") - outside, limits)


def residents(inputs: Inputs) -> Numbers:
    """Children of every delbydel: the bydel's, shared out by households with children."""
    children: Numbers = {}
    for name, number in base_of_bydeler(inputs).items():
        children |= proportional(
            {area.code: float(area.families) for area in members(inputs, name)}, number
        )
    return children


def shares_of_bydeler(inputs: Inputs, households: Households) -> Numbers:
    """The share of every bydel, percent."""
    everyone = base_of_bydeler(inputs)
    counts = in_bydeler(inputs, households)
    return {name: share(number, everyone[name]) for name, number in counts.items()}


def model(inputs: Inputs, households: Households) -> Numbers:
    """The share of every delbydel of the 15 bydeler, percent."""
    children = residents(inputs)
    shares: Numbers = {}
    counts = in_bydeler(inputs, households)
    for name in NAMES:
        areas = members(inputs, name)
        fitted = fit_bounded(
            {area.code: float(area.low_families) for area in areas},
            counts[name],
            {
                area.code: scaled(
                    inputs.facts.limits(ITEM, "barn (prosent)", area.code),
                    children[area.code] / 100,
                )
                for area in areas
            },
        )
        shares |= {code: share(number, children[code]) for code, number in fitted.items()}
    return shares
