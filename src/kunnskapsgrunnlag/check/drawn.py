"""An item's numbers beside what is found of them in its drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

# How far, in points, a mark may lie from its value: what rounding in the file can explain.
NEAR = 0.15


@dataclass
class Drawing:
    """An item's drawing and numbers, and the numbers that were found drawn."""

    key: str
    item: Item
    records: Sequence[Value]
    drawn: set[str]

    def names(self, record: Value) -> set[str]:
        """The words that may stand for a record's row: those of its dimensions."""
        labels = [dim_label(self.item, dim, record.key(dim)) for dim in self.item.dims]
        # «Nordstrand (Nordstrand)» is the delbydel; a drawing has the bydel on its axis.
        return {*labels, *(words.partition(" (")[0] for words in labels)}

    @property
    def shown(self) -> list[Value]:
        """The numbers of the table."""
        return [r for r in self.records if r.shown]


def some(words: Iterable[str]) -> str:
    """The first of some words, each once, in quotes."""
    return ", ".join(f"«{w}»" for w in list(dict.fromkeys(words))[:6])
