"""Claims over numbers made up for a test, and over the published ones with one changed."""

import math
from collections.abc import Iterator
from dataclasses import replace

from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import Claim, Predicate
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import value_of

# From far below to far above, with small steps around the number for the narrow claims.
FACTORS = (0.01, 0.5, 0.8, 0.9, 0.97, 1.03, 1.1, 1.2, 2, 100)


def number(label: str, value: float) -> Number:
    """A number that readers see as it is."""
    return Number(value_of(f"tabell-1/v/{label}", f"{value:g}", value, unit="prosent"), label)


def numbers(*values: float) -> list[Number]:
    """Numbers labelled a, b, c, …"""
    return [number(label, value) for label, value in zip("abcdefgh", values, strict=False)]


def with_one_changed(store: Store, address: str, judge: Predicate) -> Iterator[Verdict]:
    """The claim's verdicts with one number of the store replaced, by one value after another."""
    record = store.values[address]
    for factor in FACTORS:
        changed = record.value * factor if record.value else math.copysign(factor, -1)
        values = store.values | {address: replace(record, value=changed)}
        yield judge(Numbers(Store(values, store.years)))


def levelled(store: Store, judge: Predicate) -> Verdict:
    """The claim's verdict when all the numbers it cites are the same, their mean."""
    cited = list(dict.fromkeys(number.address for number in judge(Numbers(store)).numbers))
    mean = sum(store.values[address].value or 0 for address in cited) / len(cited)
    same = {address: replace(store.values[address], value=mean) for address in cited}
    return judge(Numbers(Store(store.values | same, store.years)))


def unmoved(store: Store, claim: Claim) -> list[str]:
    """The numbers that a claim cites and that, changed alone, never turn its verdict."""
    verdict = claim.judge(Numbers(store))
    return [
        number.address
        for number in dict.fromkeys(verdict.numbers)
        if all(
            found.holds == verdict.holds
            for found in with_one_changed(store, number.address, claim.judge)
        )
    ]
