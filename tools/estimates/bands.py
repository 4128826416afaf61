"""How far each estimate may be off: a margin to both sides, stopped at what the report says.

The margin is a judgement from the errors that could be measured (chapter «Metode»), not a
confidence interval. A bound that the model has chosen itself stops nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_numbers import rounded
from tools.estimates.common import Facts, Limits, intersect


@dataclass(frozen=True)
class Margin:
    """How far a number may be off, as shares of the number: downwards and upwards."""

    down: float
    up: float


BYDEL = Margin(0.2, 0.2)
DELBYDEL = Margin(0.4, 0.4)
TWICE = Margin(0.5, 1.0)
# Nothing but what is known stops it.
FREE = Margin(1.0, math.inf)


def band(value: float, margin: Margin, known: Limits) -> Limits:
    """The interval of an estimate, with as many decimals as the number has in its file."""
    low, high = intersect((value * (1 - margin.down), value * (1 + margin.up)), known)
    decimals = 1 if isinstance(value, float) else 0
    return float(rounded(low, decimals)), float(rounded(high, decimals))


def share_limits(ceiling: float, uncovered: Limits) -> Limits:
    """A mean of which `ceiling` is all but the uncovered percent."""
    low, high = (ceiling / (1 - part / 100) for part in uncovered)
    return low, high


def known_limits(facts: Facts, item: str, size: str, area: str) -> Limits:
    """What the report says of a number; percent lie between 0 and 100, and counts above 0."""
    most = 100.0 if size.endswith("(prosent)") else math.inf
    return intersect((0.0, most), facts.stated.limits(item, size, area))
