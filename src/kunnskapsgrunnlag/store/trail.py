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
        terms: How many terms the text adds up (1 for anything but a sum).
        text, symbol, places: What a source cell says beside its number; empty further up.
    """

    __slots__ = ()
    terms: int = 1
    text: str = ""
    symbol: str = ""
    places: int | None = None

    @property
    def parts(self) -> tuple[Trail, ...]:
        """The nodes below this one."""
        return ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The source cells that this node names itself."""
        return ()

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
        return ""

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
    """A source cell with its number, its words or its sign for a missing number."""

    __slots__ = ("id", "places", "symbol", "text", "value")

    def __init__(
        self, id: str, value: float, text: str = "", symbol: str = "", places: int | None = None
    ) -> None:
        """A leaf; `places` is how many decimals the source gave, if fewer than it promises."""
        self.id, self.value = id, value
        self.text, self.symbol, self.places = text, symbol, places

    @property
    def ids(self) -> tuple[str, ...]:
        """The cell itself."""
        return (self.id,)

    @property
    def missing_symbol(self) -> str:
        """The sign, where there is no number: an «e» beside a number says nothing is missing."""
        return self.symbol if math.isnan(self.value) else ""

    def write(self, texts: list[str]) -> str:
        """The words, or all digits that the source gave."""
        return self.text or (self.symbol if math.isnan(self.value) else digits(self.value))


class Const(Trail):
    """A bare number of a formula, such as the 1000 of «per 1 000»."""

    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        """A leaf without a cell."""
        self.value = value

    def write(self, texts: list[str]) -> str:
        """All its digits."""
        return digits(self.value)


class Op(Trail):
    """Two nodes joined by a sign."""

    __slots__ = ("left", "right", "sign", "terms")

    def __init__(self, sign: str, left: Trail, right: Trail) -> None:
        """`sign` is `+`, `−`, `·` or `/`, as a reader writes it."""
        self.sign, self.left, self.right = sign, left, right
        self.terms = left.terms + right.terms if sign == "+" else 1

    @property
    def parts(self) -> tuple[Trail, ...]:
        """Both sides."""
        return (self.left, self.right)

    @property
    def written_parts(self) -> tuple[Trail, ...]:
        """Both sides, but for a long sum."""
        return () if self.terms > MAX_TERMS else self.parts

    def write(self, texts: list[str]) -> str:
        """Both sides with the sign between them, in brackets where a reader needs them."""
        if self.terms > MAX_TERMS:
            return sum_words(self.terms)
        left, right = texts
        if self.sign == "+":
            return f"{left} + {right}"
        return f"{_bracketed(left, self.sign)} {self.sign} {_bracketed(right, self.sign)}"


class Sum(Trail):
    """Many nodes added up."""

    __slots__ = ("items", "terms")

    def __init__(self, items: tuple[Trail, ...]) -> None:
        """One node for the whole sum, so that it is no deeper than its terms."""
        self.items = items
        self.terms = sum(item.terms for item in items)

    @property
    def parts(self) -> tuple[Trail, ...]:
        """The terms."""
        return self.items

    @property
    def written_parts(self) -> tuple[Trail, ...]:
        """The terms, but for a long sum."""
        return () if self.terms > MAX_TERMS else self.items

    def write(self, texts: list[str]) -> str:
        """The terms, or how many they are."""
        return sum_words(self.terms) if self.terms > MAX_TERMS else " + ".join(texts)


class Note(Trail):
    """A number that no sign makes, in words: an extreme, a count, a rule of the law."""

    __slots__ = ("cells_beside", "looked_at", "symbol", "text", "words")

    def __init__(
        self,
        words: str,
        *,
        looked_at: tuple[Trail, ...] = (),
        cells_beside: tuple[str, ...] = (),
        text: str = "",
        symbol: str = "",
    ) -> None:
        """`looked_at` is all that decided the number; other cells may have beside it."""
        self.words, self.looked_at, self.cells_beside = words, looked_at, cells_beside
        self.text, self.symbol = text, symbol

    @property
    def parts(self) -> tuple[Trail, ...]:
        """What was looked at."""
        return self.looked_at

    @property
    def ids(self) -> tuple[str, ...]:
        """The cells beside it."""
        return self.cells_beside

    @property
    def written_parts(self) -> tuple[Trail, ...]:
        """Nothing: the words say it."""
        return ()

    @property
    def missing_symbol(self) -> str:
        """The sign that the note was given."""
        return self.symbol

    def write(self, texts: list[str]) -> str:
        """The words."""
        return self.words


def digits(value: float) -> str:
    """All the digits a source gave, in Norwegian."""
    if not math.isfinite(value):
        return ".."
    decimals = 0 if value == int(value) else min(4, len(repr(value).partition(".")[2]))
    return nb(value, decimals)


def sum_words(terms: int) -> str:
    """What stands for a sum that is too long to be written out."""
    return f"sum av {terms} tall"


def _bracketed(expr: str, sign: str) -> str:
    """Brackets around what binds weaker than `sign` (or equally, for the sake of the reader)."""
    compound = any(f" {s} " in expr for s in ("+", MINUS, "/", "·")) or "sum av" in expr
    flat_product = sign == "·" and " / " in expr and "+" not in expr and MINUS not in expr
    return f"({expr})" if compound and not flat_product else expr
