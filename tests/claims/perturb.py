"""Other numbers than those that are true, so that a claim is seen to depend on them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, permutations

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import Predicate
from kunnskapsgrunnlag.store.values import Store

Values = dict[str, float | None]
# What each number of a claim becomes, one at a time: far more, far less, nothing, below zero, gone.
CHANGES: tuple[Callable[[float], float | None], ...] = (
    lambda value: value * 10 + 1,
    lambda value: value / 10,
    lambda value: 0.0,
    lambda value: -value,
    lambda value: None,
)
PAIRS = 400
# Steps of 1 percent, from an eighth to eight times: for claims that only a narrow range makes true.
FACTORS = tuple(1.01**step for step in range(-210, 211))


def with_values(store: Store, changed: Values) -> Store:
    """The same store with other values; the one that is given is left as it was."""
    values = {
        address: replace(record, value=changed[address], text=str(changed[address]))
        if address in changed
        else record
        for address, record in store.values.items()
    }
    return Store(values, store.years, cells=store.cells)


def perturbations(store: Store, addresses: Sequence[str]) -> Iterator[Values]:
    """Each number changed alone, then all in the same way, all to their mean, each pair swapped."""
    true = {address: float(store.values[address].value or 0) for address in addresses}
    for address, value in true.items():
        for change in CHANGES:
            yield {address: change(value)}
    for change in CHANGES[:-1]:
        yield {address: change(value) for address, value in true.items()}
    yield dict.fromkeys(true, sum(true.values()) / len(true))
    for one, other in islice(permutations(true, 2), PAIRS):
        yield {one: true[other], other: true[one]}


def verdict_of(judge: Predicate, store: Store) -> bool | None:
    """What a claim says of a store; None where it cannot be judged."""
    try:
        return judge(Numbers(store)).holds
    except (KgError, ArithmeticError, LookupError, ValueError):
        return None


def turned(judge: Predicate, store: Store) -> Values | None:
    """Numbers that turn the verdict to its opposite; None if none of those tried does."""
    verdict = judge(Numbers(store))
    own = list(dict.fromkeys(number.address for number in verdict.numbers))
    tried = chain(
        perturbations(store, own),
        # A counter-example may name two years of a course; the others of the course matter too.
        perturbations(store, _of_the_same_measures(store, own)),
        scaled(store, own),
    )
    for changed in tried:
        if verdict_of(judge, with_values(store, changed)) is (not verdict.holds):
            return changed
    return None


def scaled(store: Store, addresses: Sequence[str]) -> Iterator[Values]:
    """Each number alone, in small steps from far below to far above."""
    for address in addresses:
        value = float(store.values[address].value or 0)
        for factor in FACTORS:
            yield {address: value * factor}


def _of_the_same_measures(store: Store, addresses: Sequence[str]) -> list[str]:
    measures = {(store.values[a].item, store.values[a].measure) for a in addresses}
    return [
        address
        for address, record in store.values.items()
        if (record.item, record.measure) in measures and record.value is not None
    ]
