"""Figur 32: municipal dwellings by bydel, shared out by recipients of bostøtte."""

from tools.estimates.common import (
    NAMES,
    OSLO,
    Counts,
    Inputs,
    Limits,
    Numbers,
    fit_bounded,
    intersect,
    largest_remainder,
    proportional,
    scaled,
    total,
    whole,
)

ITEM = "figur-32"
NUMBER = "kommunale boliger"
RATE = "boliger per 1 000 innbyggere"
FOURTH = "fjerde bydel"


def model(inputs: Inputs) -> Counts:
    """The dwellings of each bydel: the three large ones together, then the other twelve."""
    target = inputs.facts.value(ITEM, NUMBER)
    before = proportional({n: float(inputs.allowance[n]) for n in NAMES}, target)
    large = [n for n in inputs.facts.named(ITEM, NUMBER) if n != OSLO]
    in_large = max(
        total({n: before[n] for n in large}),
        inputs.facts.limits(ITEM, "boliger i de tre bydelene", OSLO)[0],
    )
    return largest_remainder(
        _fit(inputs, {n: before[n] for n in NAMES if n in large}, in_large)
        | _fit(inputs, {n: before[n] for n in NAMES if n not in large}, target - in_large)
    )


def fourth(inputs: Inputs, before: Numbers) -> str:
    """The bydel with most recipients per resident among those that are not named."""
    return max(before, key=lambda name: before[name] / inputs.population[name])


def _fit(inputs: Inputs, before: Numbers, target: float) -> Numbers:
    named = set(inputs.facts.named(ITEM, NUMBER))
    area = fourth(inputs, before)
    limits = {
        name: intersect(
            inputs.facts.limits(ITEM, NUMBER, name),
            _at_rate(inputs, name, FOURTH if name in named | {area} else name),
        )
        for name in before
    }
    return fit_bounded(before, target, limits)


def _at_rate(inputs: Inputs, name: str, rule: str) -> Limits:
    """Whole dwellings between the bounds of the rate."""
    return whole(scaled(inputs.facts.limits(ITEM, RATE, rule), inputs.population[name] / 1000))


def rows(dwellings: Counts) -> list[tuple[str, int]]:
    """The table: bydeler in their order, and Oslo."""
    return [*((name, dwellings[name]) for name in NAMES), (OSLO, sum(dwellings.values()))]
