"""Claims over numbers made up for a test, and over the published ones with one changed."""

import math
from collections.abc import Iterator

from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import Claim, Predicate
from kunnskapsgrunnlag.store.values import Record, Store, merge

# From far below to far above, with small steps around the number for the narrow claims.
FACTORS = (0.01, 0.5, 0.8, 0.9, 0.97, 1.03, 1.1, 1.2, 2, 100)


def number(label: str, value: float) -> Number:
    """A number that readers see as it is."""
    return Number(f"tabell-1/v/{label}", label, value, f"{value:g}", "prosent")


def numbers(*values: float) -> list[Number]:
    """Numbers labelled a, b, c, …"""
    return [number(label, value) for label, value in zip("abcdefgh", values, strict=False)]


def store_of(records: dict[str, list[Record]]) -> Store:
    """The value store of items' records, without the cells."""
    items = [(key, {"values": held, "cells": {}}) for key, held in records.items()]
    return Store(merge(items))


def with_one_changed(store: Store, address: str, judge: Predicate) -> Iterator[Verdict]:
    """The claim's verdicts with one number of the store replaced, by one value after another."""
    record = store.values[address]
    for factor in FACTORS:
        changed = record["value"] * factor if record["value"] else math.copysign(factor, -1)
        values = store.values | {address: record | {"value": changed}}
        yield judge(Numbers(Store({"values": values, "years": store.years, "cells": {}})))


def levelled(store: Store, judge: Predicate) -> Verdict:
    """The claim's verdict when all the numbers it cites are the same, their mean."""
    cited = list(dict.fromkeys(number.address for number in judge(Numbers(store)).numbers))
    mean = sum(store.values[address]["value"] for address in cited) / len(cited)
    same = {address: store.values[address] | {"value": mean} for address in cited}
    return judge(Numbers(Store({"values": store.values | same, "years": store.years, "cells": {}})))


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
