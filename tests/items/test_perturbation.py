"""Lineage by perturbation: what moves when source cells move must name one of them, and back.

Every cell is tried with every number of its item, many at a time. Cells that no number shares move
together: just the numbers that name one of them follow. Then all that a number does not name moves
at once, and it stays. Where that fails, halves are tried down to the one cell.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import address_of, printed_text
from tests.conftest import ROOT, Tables, compute_item, store_of
from tests.items.cells import apart

KEYS = sorted(read_catalog(ROOT / "params.yaml").items)
# A rule may round, or keep a number at a bound: what a small push does not move, a larger one must.
FACTORS = (1.0137, 0.93, 1.4, 0.6)
# A cell, the numbers that moved and do not name it, and those that name it and did not move.
Wrong = dict[str, tuple[list[str], list[str]]]


def places(table: pd.DataFrame) -> dict[str, tuple[int, str, Traced]]:
    """Where each cell of a tidy table lies: row, column, content."""
    return {
        value.cells[0]: (row, str(column), value)
        for column in table.columns
        for row, value in enumerate(table[column])
        if isinstance(value, Traced)
    }


@pytest.fixture(autouse=True, scope="module")
def _unchecked() -> Iterator[None]:
    """A cell may change without those that it must agree with: nothing is published of it."""
    refuse = "_refuse_disagreement"
    checks = ("figur_37._check_sum", f"figur_19.{refuse}", f"tabell_14.{refuse}")
    with pytest.MonkeyPatch.context() as patch:
        for check in checks:
            patch.setattr(f"kunnskapsgrunnlag.items.{check}", lambda *_: None)
        yield


class Item:
    """An item's numbers, and which of them move when cells change."""

    def __init__(self, catalog: Catalog, tables: Tables, values: list[Value], key: str) -> None:
        self.key, self.entry, self.tables, self.catalog = key, catalog.items[key], tables, catalog
        self.cells_of = {value.address: set(value.cells) for value in values}
        self.places = {
            cell: (source, *place)
            for source in set(self.entry.inputs.values())
            for cell, place in places(tables[source]).items()
        }
        self.naming: dict[str, set[str]] = {}
        for value in values:
            for cell in value.cells:
                self.naming.setdefault(cell, set()).add(value.address)
        self.before = self.numbers(tables)
        self.draw = random.Random(key)
        self.missing = {value.address for value in values if value.value is None}

    def numbers(self, tables: Tables) -> dict[str, float | str]:
        """The item's numbers, without all that the store knows of them."""
        return {
            address_of(self.key, self.entry, name, row): (
                printed_text(number, measure) if number.is_missing or number.text else number.value
            )
            for row in compute_item(self.catalog, tables, self.key).to_dict("records")
            for name, measure in self.entry.measures.items()
            if isinstance(number := row[name], Traced)
        }

    def contents(self, cell: str, factors: Sequence[float] = FACTORS) -> list[Traced]:
        """What a cell might have instead: another number, or each other word of its column."""
        source, _, column, value = self.places[cell]
        if value.text:
            words = {v.text for v in self.tables[source][column] if v.text} | {"noe helt annet"}
            return [Traced.cell(value.value, cell, text=w) for w in sorted(words - {value.text})]
        if value.is_missing:
            return [Traced.cell(12.345, cell)]
        return [Traced.cell(value.value * f if value.value else 1.0, cell) for f in factors]

    def moved(self, contents: Iterable[Traced]) -> set[str]:
        """The numbers that are others when cells have these contents."""
        columns: dict[tuple[str, str], dict[int, Traced]] = {}
        for other in contents:
            source, row, column, _ = self.places[other.cells[0]]
            columns.setdefault((source, column), {})[row] = other
        tables = self.tables | {source: self.tables[source].copy() for source, _ in columns}
        for (source, column), others in columns.items():
            spoilt = tables[source][column].copy()
            spoilt.iloc[list(others)] = list(others.values())
            tables[source][column] = spoilt
        after = self.numbers(tables)
        return {address for address, number in self.before.items() if number != after[address]}

    def named(self, cell: str) -> set[str]:
        """What must move: but a word does not follow a number, and what is missing stays so."""
        is_number = not self.places[cell][3].text
        return {
            address
            for address in self.naming.get(cell, ())
            if not (is_number and address in self.missing and not self.may_appear(cell, address))
        }

    def may_appear(self, cell: str, address: str) -> bool:
        """A missing number whose one missing cell is this one appears when the cell is filled."""
        return [c for c in self.cells_of[address] if self.places[c][3].is_missing] == [cell]

    def wrong(self, cells: list[str]) -> Wrong:
        """What follows cells that no number shares, and ought not to, or ought to and does not."""
        moved: set[str] = set()
        left, trial = cells, 0
        while left:
            moved |= self.moved(self.contents(cell)[trial] for cell in left)
            trial += 1
            named = {cell: self.named(cell) for cell in left}
            left = [c for c in left if named[c] - moved and trial < len(self.contents(c))]
        named_by_any = {address for cell in cells for address in self.named(cell)}
        return self.pinned(cells, moved - named_by_any, named_by_any - moved, self.wrong)

    def pinned(
        self, cells: list[str], more: set[str], less: set[str], of: Callable[[list[str]], Wrong]
    ) -> Wrong:
        """What is wrong, with the first cell that does it; with all where none does it alone."""
        if not more and not less:
            return {}
        half = len(cells) // 2
        alone = (of(cells[:half]) or of(cells[half:])) if half else {}
        return alone or {", ".join(cells): (sorted(more), sorted(less))}

    def strangers(self, groups: list[list[str]]) -> Iterator[list[str]]:
        """Cells to move at once, until each number has stayed while each cell it does not name did.

        Args:
            groups: What was moved before.
        """
        used = set(self.naming)
        left = {address: used - own for address, own in self.cells_of.items()}

        def seen(moving: set[str]) -> None:
            for address, own in self.cells_of.items():
                if not own & moving:
                    left[address] -= moving

        for group in groups:
            seen(set(group))
        # All numbers of a year, a place, a measure, and what then is left one number at a time.
        words = {word for address in self.before for word in address.split("/")[1:]}
        batches = [[a for a in self.before if word in a.split("/")] for word in sorted(words)]
        for batch in [*batches, *([address] for address in self.before)]:
            moving = used.difference(*(self.cells_of[address] for address in batch))
            if any(left[address] & moving for address in batch):
                yield sorted(moving)
                seen(moving)

    def wrong_of_strangers(self, cells: list[str]) -> Wrong:
        """Numbers that move with cells that they do not name."""
        # Each by a factor of its own, or no share would move; less, and a rule refuses its rates.
        contents = [self.contents(cell, [self.draw.uniform(1.01, 1.4)]) for cell in cells]
        moved = self.moved(map(self.draw.choice, contents))
        named = {address for cell in cells for address in self.naming.get(cell, ())}
        return self.pinned(cells, moved - named, set(), self.wrong_of_strangers)


@pytest.fixture(scope="module")
def item(
    request: pytest.FixtureRequest,
    catalog: Catalog,
    tables: Tables,
    real_values: dict[str, list[Value]],
) -> Item:
    return Item(catalog, tables, real_values[request.param], request.param)


@pytest.mark.parametrize("item", KEYS, indirect=True)
def test_exactly_the_numbers_that_name_a_cell_move_with_it(item: Item) -> None:
    groups = apart(item.naming)
    assert {cell for group in groups for cell in group} == set(item.naming)
    for group in groups:
        assert item.wrong(group) == {}
    for cells in item.strangers(groups):
        assert item.wrong_of_strangers(cells) == {}
    # A blank that another source fills is named by nobody, and filling it moves the number.
    free = {cell for cell, (*_, value) in item.places.items() if not value.is_missing}
    assert item.wrong_of_strangers(sorted(free - set(item.naming))) == {}


# ------------------------------------------------------------------------ claims and words


def answers(results: ClaimResults) -> dict[str, tuple[object, ...]]:
    """What each claim and word says."""
    claims = {n: (c.holds, c.because) for n, c in results.claims.items()}
    return claims | {n: (w.text,) for n, w in results.words.items()}


def other(value: Value, factor: float) -> Value:
    """Another number at the same address, where there is one."""
    if value.value is None:
        return value
    number = value.value * factor if value.value else 1.0
    text = nb(number, value.decimals, value.round_to)
    return replace(value, value=number, text=text, low=number, high=number)


def filled(value: Value) -> Value:
    """A number where one is missing."""
    if value.value is not None:
        return value
    return replace(value, value=12.345, text="12", low=12.345, high=12.345)


def test_only_the_claims_that_rest_on_a_number_change_with_it(
    real_values: dict[str, list[Value]], catalog: Catalog
) -> None:
    """That numbers follow just the cells that they name is tested above, for all of them."""
    store = store_of(real_values)
    draw = random.Random("claims")
    pushed = {a: other(v, draw.choice(FACTORS)) for a, v in store.values.items()}
    no_gaps = {a: filled(v) for a, v in store.values.items()}
    texts = read_chapters(ROOT, catalog)
    results = evaluate(store, texts, catalog)
    before = answers(results)
    rests_on = {n: r.numbers for n, r in (results.claims | results.words).items()}
    changed = set()
    for text, mark in ((t, m) for t in texts for m in t.marks if m.kind in ("pastand", "ord")):
        name, alone = mark.claim_name, [replace(text, marks=[mark])]
        own = {address: store.values[address] for address in rests_on[name]}
        for others in (pushed, no_gaps):
            spoilt = replace(store, values=others | own)
            assert answers(evaluate(spoilt, alone, catalog))[name] == before[name], name
        follows = replace(
            store, values=store.values | {address: pushed[address] for address in own}
        )
        if answers(evaluate(follows, alone, catalog))[name] != before[name]:
            changed.add(name)
    assert len(changed) > len(before) / 2
