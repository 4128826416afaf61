"""Which published numbers, items and lines of text rest on given source cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.store.values import Store


@dataclass(frozen=True)
class Touched:
    """What rests on the cells.

    Attributes:
        addresses: The numbers, as the store names them.
        items: The tables and figures with such numbers.
        lines: Places in the chapters that show such a number: file, line, address.
    """

    addresses: tuple[str, ...]
    items: tuple[str, ...]
    lines: tuple[tuple[str, int, str], ...]


def touched(cells: Collection[str], store: Store, texts: Sequence[Text]) -> Touched:
    """Follow cells forward: to the numbers made of them and the text that shows those."""
    wanted = set(cells)
    addresses = [key for key, value in store.values.items() if wanted & set(value.cells)]
    items = dict.fromkeys(address.partition("/")[0] for address in addresses)
    return Touched(tuple(addresses), tuple(items), tuple(_lines(set(addresses), store, texts)))


def _lines(addresses: set[str], store: Store, texts: Sequence[Text]) -> list[tuple[str, int, str]]:
    lines = []
    for text in texts:
        for mark in text.marks:
            if mark.kind != "tall":
                continue
            try:
                address = store.resolve(mark.words)
            except KgError:
                continue  # an unknown address is the build's error, told there
            if address in addresses:
                lines.append((mark.file, mark.line, address))
    return lines
