"""Figur 28: mean housing cost by household size.

The ceiling of each size divided by the part that it covers. The uncovered part rises evenly from
the smallest to the largest households.
"""

from collections.abc import Sequence

from tools.estimates.bands import share_limits
from tools.estimates.common import Facts, Limits

ITEM = "figur-28"
UNCOVERED = "udekket (prosent)"
CEILING = "øvre boutgift (kr per måned)"


def sizes(facts: Facts) -> list[str]:
    """Household sizes, smallest first."""
    return facts.named(ITEM, CEILING)


def prior(facts: Facts) -> list[float]:
    """Means from ceilings and uncovered parts."""
    names = sizes(facts)
    first, last = (facts.value(ITEM, UNCOVERED, name) for name in (names[0], names[-1]))
    step = (last - first) / (len(names) - 1)
    return [
        facts.value(ITEM, CEILING, name) / (1 - (first + at * step) / 100)
        for at, name in enumerate(names)
    ]


def known(facts: Facts, size: str) -> Limits:
    """The means of which the ceiling is as much lower as the report says."""
    ceiling = facts.value(ITEM, CEILING, size)
    return share_limits(ceiling, facts.stated.limits(ITEM, UNCOVERED, size))


def weights(means: Sequence[float], mean: float) -> list[float]:
    """Shares of recipients per size that give the known mean.

    Each size holds the same fraction of the size before it; the fraction is found by halving.
    """
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        parts = _falling(middle, len(means))
        average = sum(part * m for part, m in zip(parts, means, strict=True))
        low, high = (middle, high) if average < mean else (low, middle)
    return _falling(high, len(means))


def _falling(ratio: float, number: int) -> list[float]:
    parts = [ratio**at for at in range(number)]
    return [part / sum(parts) for part in parts]


def rows(facts: Facts) -> list[tuple[str, int]]:
    """The table: size and mean, whole kroner."""
    return [(n, round(m)) for n, m in zip(sizes(facts), prior(facts), strict=True)]
