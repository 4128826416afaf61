"""Other numbers than those that are true, so that a claim is seen to depend on them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, permutations

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.values import Store

Values = dict[str, float | None]
# What judges a claim on one store or another; None where it cannot be judged.
Holds = Callable[[Store], bool | None]
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


def of_items(store: Store, addresses: Sequence[str]) -> Store:
    """The store with the items of these addresses alone, which is quick to change."""
    items = {store.values[address].item for address in addresses}
    values = {a: record for a, record in store.values.items() if record.item in items}
    return Store(values, store.years)


def perturbations(store: Store, addresses: Sequence[str]) -> Iterator[Values]:
    """All numbers changed in the same way, all to their mean, each alone, each pair swapped."""
    true = {address: float(store.values[address].value or 0) for address in addresses}
    for change in CHANGES[:-1]:
        yield {address: change(value) for address, value in true.items()}
    yield dict.fromkeys(true, sum(true.values()) / len(true))
    for address, value in true.items():
        for change in CHANGES:
            yield {address: change(value)}
    for one, other in islice(permutations(true, 2), PAIRS):
        yield {one: true[other], other: true[one]}
    # Each number alone, in small steps from far below to far above.
    for address, value in true.items():
        for factor in FACTORS:
            yield {address: value * factor}


def turned(holds: Holds, store: Store, addresses: Sequence[str]) -> Values | None:
    """Numbers that turn the verdict to its opposite; None if none of those tried does."""
    verdict = holds(store)
    store = of_items(store, addresses)
    for address in addresses:
        rows = {key: value for key, value in store.values.items() if key != address}
        if holds(Store(rows, store.years)) is (not verdict):
            return {address: None}
    # A course may name two years of a series; the others of the series matter too.
    series = _of_the_same_measures(store, addresses)
    for changed in chain(perturbations(store, addresses), perturbations(store, series)):
        if holds(with_values(store, changed)) is (not verdict):
            return changed
    return None


def judged(holds: Callable[[Store], bool | None]) -> Holds:
    """The same, with None where a claim cannot be judged."""

    def safely(store: Store) -> bool | None:
        try:
            return holds(store)
        except (KgError, ArithmeticError):
            return None

    return safely


def _of_the_same_measures(store: Store, addresses: Sequence[str]) -> list[str]:
    measures = {(store.values[a].item, store.values[a].measure) for a in addresses}
    return [
        address
        for address, record in store.values.items()
        if (record.item, record.measure) in measures and record.value is not None
    ]
