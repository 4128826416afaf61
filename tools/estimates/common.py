"""Arithmetic that the stand-ins share: fitting within bounds, rounding to a sum, and the inputs.

Numbers are held as `{area: number}`. Nothing here is random, so the same inputs give the same
numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER

Numbers = dict[str, float]
Counts = dict[str, int]
Limits = tuple[float, float]

NAMES = tuple(BY_KEY[key].name for key in BYDELER)
UNKNOWN = BY_KEY["uoppgitt"].name
OSLO = BY_KEY["oslo"].name
OTHERS = "øvrige"
FREE: Limits = (-math.inf, math.inf)
_STEPS = 200  # halvings; far beyond the precision of a float
_NOISE = 9  # decimals beyond which a remainder is noise of the arithmetic


@dataclass(frozen=True)
class Area:
    """Households of one delbydel; `low` is low income corrected for wealth."""

    code: str
    name: str
    bydel: str
    households: int
    low: int
    families: int
    low_families: int


@dataclass(frozen=True)
class Fact:
    """One thing that is known of an item: bounds, ends included, for one area.

    Attributes:
        is_chosen: The model chose the bound, or for which area it holds; the report says less.
    """

    key: str
    item: str
    size: str
    area: str
    low: float
    high: float
    is_chosen: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything that is known, as `opplysninger.csv` lists it."""

    rows: tuple[Fact, ...]

    @property
    def stated(self) -> Facts:
        """Only what the report says."""
        return Facts(tuple(fact for fact in self.rows if not fact.is_chosen))

    def named(self, item: str, size: str) -> list[str]:
        """Areas that are named for a size, each once, in the file's order."""
        rows = (f.area for f in self.rows if (f.item, f.size) == (item, size))
        return [area for area in dict.fromkeys(rows) if area != OTHERS]

    def limits(self, item: str, size: str, area: str) -> Limits:
        """Bounds of one area; an area that is not named has those of «øvrige»."""
        wanted = area if area in self.named(item, size) else OTHERS
        rows = [f for f in self.rows if (f.item, f.size, f.area) == (item, size, wanted)]
        return max((f.low for f in rows), default=-math.inf), min(
            (f.high for f in rows), default=math.inf
        )

    def value(self, item: str, size: str, area: str = OSLO) -> float:
        """A number that is known exactly.

        Raises:
            KgError: If the file holds no such number.
        """
        low, high = self.limits(item, size, area)
        if low != high:
            raise KgError(
                f"estimat/opplysninger.csv: expected one value of «{size}» for {area} ({item}), "
                f"found {low} to {high}. Write the same number as nedre and øvre."
            )
        return low


@dataclass(frozen=True)
class Inputs:
    """What the models read: real structure, printed totals and stated facts.

    Attributes:
        population: Residents on 1 January 2020, the 15 bydeler and the unknown ones.
        children: Residents 0-19 of the 15 bydeler; Sentrum and Marka are in their neighbours.
        allowance: Households with bostøtte in December 2020, the 15 bydeler.
        totals: Printed totals for Oslo in 2020.
    """

    areas: tuple[Area, ...]
    population: Counts
    children: Counts
    allowance: Counts
    totals: Numbers
    facts: Facts


@dataclass(frozen=True)
class Bases:
    """Denominators of the shares per bydel: households and persons."""

    without: Numbers
    families: Numbers
    persons: Numbers


def total(numbers: Mapping[str, float]) -> float:
    """The sum, the same whatever the order."""
    return math.fsum(numbers.values())


def proportional(weights: Mapping[str, float], target: float) -> Numbers:
    """Share a total out in proportion to weights.

    Raises:
        KgError: If the weights are negative or all zero.
    """
    whole = total(weights)
    if whole <= 0 or min(weights.values()) < 0:
        raise KgError(f"Expected weights of zero or more with a sum, found {dict(weights)}.")
    return {area: target * weight / whole for area, weight in weights.items()}


def fit_bounded(prior: Mapping[str, float], target: float, limits: Mapping[str, Limits]) -> Numbers:
    """Multiply every prior by one factor, hold each within its bounds, and reach the total.

    Raises:
        KgError: If no numbers within the bounds have that total.
    """
    bounds = {area: _not_negative(limits.get(area, FREE)) for area in prior}
    least = math.fsum(low for low, _ in bounds.values())
    most = math.fsum(high for _, high in bounds.values())
    slack = 1e-9 * max(1.0, abs(target))
    if any(low > high for low, high in bounds.values()) or not (
        least - slack <= target <= most + slack
    ):
        raise KgError(f"The bounds allow {least} to {most}, not {target}: {bounds}.")

    def clip(factor: float) -> Numbers:
        return {a: min(max(factor * p, bounds[a][0]), bounds[a][1]) for a, p in prior.items()}

    low, high = 0.0, 1.0
    while total(clip(high)) < target - slack and high < 1e12:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if total(clip(middle)) < target else (low, middle)
    fitted = clip(high)
    if abs(total(fitted) - target) > 1e-6 * max(1.0, abs(target)):
        raise KgError(f"The prior has zeros where {target} needs more: {dict(prior)}.")
    return fitted


def _not_negative(limits: Limits) -> Limits:
    return max(limits[0], 0.0), limits[1]


def lift_to_top(numbers: Mapping[str, float], top: Iterable[str], gap: float) -> Numbers:
    """Move as little as needed so that `top` lie `gap` (a share) above all others; keep the sum.

    One threshold is found: the top ones are raised to it, the others are cut `gap` below it.
    """
    first, target = set(top), total(numbers)

    def lift(level: float) -> Numbers:
        cut = level / (1 + gap)
        return {a: max(n, level) if a in first else min(n, cut) for a, n in numbers.items()}

    high_other = max(n for a, n in numbers.items() if a not in first)
    if min(numbers[a] for a in first) >= high_other * (1 + gap):
        return dict(numbers)
    low, high = 0.0, max(numbers.values()) * (1 + gap)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if total(lift(middle)) < target else (low, middle)
    return lift(high)


def largest_remainder(numbers: Mapping[str, float]) -> Counts:
    """Round to whole numbers that keep the (rounded) sum; ties go to the first."""
    exact = {area: round(number, _NOISE) for area, number in numbers.items()}
    floors = {area: math.floor(number) for area, number in exact.items()}
    missing = round(total(numbers)) - sum(floors.values())
    order = sorted(exact, key=lambda area: floors[area] - exact[area])
    return {area: floors[area] + (area in order[:missing]) for area in exact}


def intersect(*limits: Limits) -> Limits:
    """The bounds that all agree on."""
    return max(low for low, _ in limits), min(high for _, high in limits)


def scaled(limits: Limits, factor: float) -> Limits:
    """Bounds of a share as bounds of a count."""
    return limits[0] * factor, limits[1] * factor


def whole(limits: Limits) -> Limits:
    """The whole numbers within bounds; an open end stays open."""
    low, high = limits
    return (
        math.ceil(low - 1e-9) if math.isfinite(low) else low,
        math.floor(high + 1e-9) if math.isfinite(high) else high,
    )


def share(part: float, whole: float) -> float:
    """Percent."""
    return 100 * part / whole


def by_bydel(areas: Iterable[Area], what: str) -> Numbers:
    """A sum over delbydeler for each bydel; Sentrum, Marka and the unregistered together."""
    sums = dict.fromkeys((*NAMES, UNKNOWN), 0.0)
    for area in areas:
        sums[area.bydel if area.bydel in NAMES else UNKNOWN] += float(getattr(area, what))
    return sums


def bases(inputs: Inputs) -> Bases:
    """Denominators: the real structure, scaled to what the printed shares imply for Oslo."""
    facts, totals = inputs.facts, inputs.totals
    all_households = 100 * totals["households"] / totals["households_pct"]
    without = facts.value("tabell-16", "uten barn (prosent)")
    families = facts.value("tabell-16", "med barn (prosent)")
    of_families = (totals["households_pct"] - without) / (families - without) * all_households
    everyone = by_bydel(inputs.areas, "households")
    with_children = by_bydel(inputs.areas, "families")
    childless = {name: everyone[name] - with_children[name] for name in everyone}
    return Bases(
        without=proportional(childless, all_households - of_families),
        families=proportional(with_children, of_families),
        persons=proportional(inputs.population, 100 * totals["persons"] / totals["persons_pct"]),
    )
