"""Claims on how numbers relate to each other as a whole: spread, evenness, shares of a total."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import ratio, verdict
from kunnskapsgrunnlag.claims.numbers import Number, Verdict


def spread(numbers: Sequence[Number]) -> float:
    """How many times the smallest the largest is."""
    values = [number.value for number in numbers]
    return max(values) / min(values)


def even(numbers: Sequence[Number], most: float) -> Verdict:
    """The largest is no more than `most` times the smallest."""
    large = max(numbers, key=lambda number: number.value)
    small = min(numbers, key=lambda number: number.value)
    found = ratio(large, small)
    said = f"{large.said} / {small.said} = {nb(found, 2)}"
    return verdict(found <= most, said, *numbers)


def share(parts: Sequence[Number], whole: Number, low_pct: float, high_pct: float) -> Verdict:
    """The parts together are between two percentages of the whole, both counted in."""
    found = sum(part.value for part in parts) / whole.value * 100
    said = f"({' + '.join(part.said for part in parts)}) / {whole.said} = {nb(found, 1)} prosent"
    return verdict(low_pct <= found <= high_pct, said, *parts, whole)
