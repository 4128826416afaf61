"""Figur 26: startlån in the two bydeler of which the report says how many per resident.

Nothing is said of the others, and to share the year's loans out by disadvantaged persons would only
draw the assumption: they wait for the delivery.
"""

from tools.estimates.common import NAMES, OSLO, Facts, Inputs, Limits, scaled, whole

ITEM = "figur-26"
RATE = "lån per 1 000 innbyggere"


def known(inputs: Inputs, name: str) -> Limits:
    """The whole loans that give the rate that the report prints; Oslo's are printed themselves."""
    if name == OSLO:
        return inputs.totals["loans"], inputs.totals["loans"]
    return whole(scaled(_rates(inputs.facts, name), inputs.population[name] / 1000))


def _rates(facts: Facts, name: str) -> Limits:
    return facts.limits(ITEM, RATE, name)


def rows(inputs: Inputs) -> list[tuple[str, int | str]]:
    """The table: the middle of what the rate allows, «..» where nothing is said, and Oslo."""
    named = inputs.facts.named(ITEM, RATE)
    listed = [(name, _middle(known(inputs, name)) if name in named else "..") for name in NAMES]
    return [*listed, (OSLO, round(inputs.totals["loans"]))]


def _middle(limits: Limits) -> int:
    return round(sum(limits) / 2)
