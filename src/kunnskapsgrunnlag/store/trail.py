"""Where a number comes from: a tree whose leaves are source cells.

Items make thousands of numbers and publish few of them, so arithmetic only joins trees. Cells and
text are worked out when somebody asks. The walks use a stack of their own: a sum that is made term
by term is as deep as it is long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kunnskapsgrunnlag.base.nb_numbers import MINUS, nb

# Longer sums than this are written as a count of terms: nobody checks 24 numbers in one line.
MAX_TERMS = 6


class Trail:
    """One node of the tree.

    Attributes:
        parts: The nodes below this one.
        ids: The source cells that it names itself.
        terms: How many terms the text adds up (1 for anything but a sum).
        text, symbol, places: What a source cell says beside its number; empty further up.
    """

    __slots__ = ()
    parts: tuple[Trail, ...] = ()
    ids: tuple[str, ...] = ()
    terms: int = 1
    text: str = ""
    symbol: str = ""
    places: int | None = None

    @property
    def written_parts(self) -> tuple[Trail, ...]:
        """The nodes whose texts this one's text is made of."""
        return self.parts

    def write(self, texts: list[str]) -> str:
        """This node's text from those of its written parts."""
        raise NotImplementedError

    @property
    def missing_symbol(self) -> str:
        """The sign that the source gives for this node, if it is missing."""
        return self.symbol

    def walk(self) -> Iterator[Trail]:
        """Every node once, from left to right."""
        stack: list[Trail] = [self]
        visited: set[int] = set()
        while stack:
            node = stack.pop()
            if id(node) not in visited:
                visited.add(id(node))
                yield node
                stack.extend(reversed(node.parts))

    def cells(self) -> tuple[str, ...]:
        """Ids of all source cells below, `source:cell`, sorted and without repeats."""
        return tuple(sorted({cell for node in self.walk() for cell in node.ids}))

    def first_symbol(self) -> str:
        """The first missing cell's own sign, such as `..`."""
        return next((s for node in self.walk() if (s := node.missing_symbol)), "")

    def expr(self) -> str:
        """The arithmetic with the numbers put in, such as `550 / 693 494`."""
        texts: dict[int, str] = {}
        stack: list[Trail] = [self]
        while stack:
            node = stack[-1]
            waiting = [part for part in node.written_parts if id(part) not in texts]
            if waiting:
                stack.extend(waiting)
            else:
                texts[id(node)] = node.write([texts[id(part)] for part in node.written_parts])
                stack.pop()
        return texts[id(self)]


class Cell(Trail):
    """A source cell with its number, its words or its sign for a missing number.

    Attributes:
        places: How many decimals the source gave, if fewer than it promises.
    """

    __slots__ = ("ids", "places", "symbol", "text", "value")

    def __init__(
        self, id: str, value: float, text: str = "", symbol: str = "", places: int | None = None
    ) -> None:
        self.ids, self.value = (id,), value
        self.text, self.symbol, self.places = text, symbol, places

    @property
    def missing_symbol(self) -> str:
        """The sign, where there is no number: an «e» beside a number says nothing is missing."""
        return self.symbol if math.isnan(self.value) else ""

    def write(self, texts: list[str]) -> str:
        return self.text or (self.symbol if math.isnan(self.value) else digits(self.value))


class Const(Trail):
    """A bare number of a formula, such as the 1000 of «per 1 000»."""

    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value

    def write(self, texts: list[str]) -> str:
        return digits(self.value)


class Op(Trail):
    """Two nodes joined by a sign: `−`, `·` or `/`, as a reader writes it."""

    __slots__ = ("parts", "sign")

    def __init__(self, sign: str, left: Trail, right: Trail) -> None:
        self.sign, self.parts = sign, (left, right)

    def write(self, texts: list[str]) -> str:
        left, right = (_bracketed(text, self.sign) for text in texts)
        return f"{left} {self.sign} {right}"


class Sum(Trail):
    """Nodes added up: one node, however many they are, so that it is no deeper than its terms."""

    __slots__ = ("parts", "terms")

    def __init__(self, *parts: Trail) -> None:
        self.parts = parts
        self.terms = sum(part.terms for part in parts)

    @property
    def written_parts(self) -> tuple[Trail, ...]:
        """The terms, but for a long sum."""
        return () if self.terms > MAX_TERMS else self.parts

    def write(self, texts: list[str]) -> str:
        return f"sum av {self.terms} tall" if self.terms > MAX_TERMS else " + ".join(texts)


class Note(Trail):
    """A number that no sign makes, in words: an extreme, a count, a rule of the law.

    Attributes:
        parts: All that was looked at and decided the number.
        ids: Cells that decided it beside them.
    """

    __slots__ = ("ids", "parts", "symbol", "text", "words")
    written_parts = ()

    def __init__(
        self, words: str, parts: tuple[Trail, ...], ids: tuple[str, ...], text: str, symbol: str
    ) -> None:
        self.words, self.parts, self.ids = words, parts, ids
        self.text, self.symbol = text, symbol

    def write(self, texts: list[str]) -> str:
        return self.words


def digits(value: float) -> str:
    """All the digits that a source gave, in Norwegian."""
    if not math.isfinite(value):
        return ".."
    decimals = 0 if value == int(value) else min(4, len(repr(value).partition(".")[2]))
    return nb(value, decimals)


def _bracketed(expr: str, sign: str) -> str:
    """Brackets around what binds weaker than `sign` (or equally, for the sake of the reader)."""
    compound = any(f" {s} " in expr for s in ("+", MINUS, "/", "·")) or "sum av" in expr
    flat_product = sign == "·" and " / " in expr and "+" not in expr and MINUS not in expr
    return f"({expr})" if compound and not flat_product else expr
