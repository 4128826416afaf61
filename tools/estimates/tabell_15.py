"""Tabell 15: disadvantaged households without and with children by bydel.

Households with low income (corrected for wealth), scaled to the totals that the printed shares
imply, and moved as little as needed to what is stated.
"""

from dataclasses import dataclass

from tools.estimates.common import (
    OSLO,
    Bases,
    Counts,
    Inputs,
    Limits,
    Numbers,
    by_bydel,
    fit_bounded,
    largest_remainder,
    lift_to_top,
    proportional,
    scaled,
    whole,
)

ITEM = "tabell-15"


@dataclass(frozen=True)
class Households:
    """Disadvantaged households per bydel, «Uoppgitt bydel» included."""

    without: Counts
    families: Counts


def prior(inputs: Inputs, base: Bases) -> tuple[Numbers, Numbers]:
    """Households without and with children before anything stated is used."""
    low = by_bydel(inputs.areas, "low")
    families = by_bydel(inputs.areas, "low_families")
    childless = {name: low[name] - families[name] for name in low}
    number = families_in_oslo(inputs, base)
    return (
        proportional(childless, inputs.totals["households"] - number),
        proportional(families, number),
    )


def families_in_oslo(inputs: Inputs, base: Bases) -> int:
    """Disadvantaged households with children: the share in Oslo of its base."""
    pct = inputs.facts.value("tabell-16", "med barn (prosent)", OSLO)
    return round(pct / 100 * sum(base.families.values()))


def model(inputs: Inputs, base: Bases) -> Households:
    """The households of each bydel."""
    without, families = prior(inputs, base)
    families = _fit(families, _family_limits(inputs, base), inputs, "med barn")
    without = _fit(without, _childless_limits(inputs, base, families), inputs, "uten barn")
    return Households(largest_remainder(without), largest_remainder(families))


def _fit(numbers: Numbers, limits: dict[str, Limits], inputs: Inputs, which: str) -> Numbers:
    """Within the bounds, then the two named bydeler on top, and within the bounds again."""
    size = f"avstand {which} (prosent)"
    top = inputs.facts.named(ITEM, size)
    gap = inputs.facts.limits(ITEM, size, top[0])[0] / 100
    target = sum(numbers.values())
    lifted = lift_to_top(fit_bounded(numbers, target, limits), top, gap)
    highest = max(n for name, n in lifted.items() if name not in top)
    ranked = {
        name: (max(low, highest * (1 + gap)), high) if name in top else (low, min(high, highest))
        for name, (low, high) in limits.items()
    }
    return fit_bounded(lifted, target, ranked)


def _family_limits(inputs: Inputs, base: Bases) -> dict[str, Limits]:
    size = "med barn (prosent)"
    return {
        name: whole(scaled(inputs.facts.limits("tabell-16", size, name), number / 100))
        if name in inputs.children
        else (0.0, number)
        for name, number in base.families.items()
    }


def _childless_limits(inputs: Inputs, base: Bases, families: Numbers) -> dict[str, Limits]:
    limits: dict[str, Limits] = {}
    for name, number in base.without.items():
        most = _highest_share(inputs, base, name) / 100 * (number + base.families[name])
        limits[name] = whole((0.0, min(most - families[name], number)))
    return limits


def _highest_share(inputs: Inputs, base: Bases, name: str) -> float:
    """The highest share of households: the stated one, or what few persons leave room for."""
    _, stated = inputs.facts.limits("tabell-14", "husholdninger (prosent)", name)
    _, persons = inputs.facts.limits("tabell-13", "personer", name)
    above, _ = inputs.facts.limits("tabell-14", "avstand (prosentpoeng)", name)
    return min(stated, 100 * persons / base.persons[name] - max(above, 0.0))


def rows(households: Households) -> list[tuple[str, int, int]]:
    """The table: bydeler, unknown, Oslo."""
    listed = [(n, households.without[n], households.families[n]) for n in households.without]
    oslo = (OSLO, sum(households.without.values()), sum(households.families.values()))
    return [*listed, oslo]
