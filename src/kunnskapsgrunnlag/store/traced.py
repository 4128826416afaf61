"""Numbers that remember where they come from.

A `Traced` is a number together with the interval in which it lies when its sources are rounded, and
the trail of source cells and arithmetic behind it. Items compute with columns of them
(`traced_array.py`), so lineage is gathered by the computation itself: whoever adds a term adds its
cells. docs/decisions/0001-lineage.md tells why this mechanism was chosen over key-wise joins.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import TypeGuard

from kunnskapsgrunnlag.base.nb_numbers import MINUS
from kunnskapsgrunnlag.store.trail import Cell, Const, Note, Op, Sum, Trail, digits

Number = int | float


class Traced:
    """One number (or one text) with its lineage.

    Attributes:
        value: The number; NaN where the source has a symbol instead.
        low, high: Bounds that follow from the rounding of the sources, or from the error of
            estimates; equal to `value` if exact.
        trail: The cells and the arithmetic, as a tree.
    """

    __slots__ = ("high", "low", "trail", "value")

    def __init__(self, value: float, low: float, high: float, trail: Trail) -> None:
        self.value, self.low, self.high, self.trail = value, low, high, trail

    @classmethod
    def cell(
        cls,
        value: float,
        cell: str,
        *,
        half_width: float = 0.0,
        band: tuple[float, float] | None = None,
        text: str = "",
        symbol: str = "",
        places: int | None = None,
    ) -> Traced:
        """A number as it stands in a source cell.

        Args:
            band: Of an estimate: the lowest and the highest number that it may stand for.
        """
        low, high = band or (value - half_width, value + half_width)
        return cls(value, low, high, Cell(cell, value, text, symbol, places))

    @classmethod
    def missing(cls, symbol: str) -> Traced:
        """A number that no source has a cell for, such as a year after the end of a series."""
        return cls.noted(math.nan, symbol, symbol=symbol)

    @classmethod
    def noted(
        cls,
        value: float,
        words: str,
        looked_at: Iterable[Traced] = (),
        *,
        cells: Iterable[str] = (),
        band: tuple[float, float] | None = None,
        text: str = "",
        symbol: str = "",
    ) -> Traced:
        """A number that no sign makes, such as a count or what a rule of the law gives.

        Args:
            words: How it is made, for the reader.
            looked_at: All numbers that decided it, also those that lost.
            cells: Source cells that decided it beside them.
        """
        trails = tuple(number.trail for number in looked_at)
        note = Note(words, trails, tuple(cells), text, symbol)
        return cls(value, *(band or (value, value)), note)

    @property
    def cells(self) -> tuple[str, ...]:
        """Ids of the source cells, `source:cell`, sorted and without repeats."""
        return self.trail.cells()

    @property
    def expr(self) -> str:
        """The arithmetic with the numbers put in, such as `550 / 693 494`."""
        return self.trail.expr()

    @property
    def text(self) -> str:
        return self.trail.text

    @property
    def symbol(self) -> str:
        """The source's own sign, such as `..`; a missing result has that of its first gap."""
        return self.trail.symbol or (self.trail.first_symbol() if self.is_missing else "")

    @property
    def places(self) -> int | None:
        """Decimals that the source gave, where it gives fewer than it promises."""
        return self.trail.places

    @property
    def is_missing(self) -> bool:
        """Whether there is neither a number nor words."""
        return math.isnan(self.value) and not self.trail.text

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        """The number; what is not read from a cell has its arithmetic beside it."""
        if isinstance(self.trail, Cell):
            return self.expr
        return f"{digits(self.value)} = {self.expr}"

    def __add__(self, other: Traced | Number) -> Traced:
        return joined("+", self, other)

    def __radd__(self, other: Number) -> Traced:
        # A leading 0 is dropped so that `sum()` leaves no trace of its start value.
        return joined("+", other, self) if other else self

    def __sub__(self, other: Traced | Number) -> Traced:
        return joined(MINUS, self, other)

    def __rsub__(self, other: Number) -> Traced:
        return joined(MINUS, other, self)

    def __mul__(self, other: Traced | Number) -> Traced:
        return joined("·", self, other)

    # `1000 * x` is written as `x · 1000`.
    __rmul__ = __mul__

    def __truediv__(self, other: Traced | Number) -> Traced:
        return joined("/", self, other)

    def __rtruediv__(self, other: Number) -> Traced:
        return joined("/", other, self)

    def __neg__(self) -> Traced:
        return self * -1

    def __eq__(self, other: object) -> bool:
        """By value, or by words; a missing number equals nothing."""
        if isinstance(other, str):
            return self.text == other
        if isinstance(other, Traced) and self.text:
            return self.text == other.text
        return self.value == float(other) if is_operand(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text) if self.text else hash(self.value)

    def __lt__(self, other: Traced | Number) -> bool:
        return self.value < float(other) if is_operand(other) else NotImplemented

    def __le__(self, other: Traced | Number) -> bool:
        return self.value <= float(other) if is_operand(other) else NotImplemented

    def __gt__(self, other: Traced | Number) -> bool:
        return self.value > float(other) if is_operand(other) else NotImplemented

    def __ge__(self, other: Traced | Number) -> bool:
        return self.value >= float(other) if is_operand(other) else NotImplemented


def is_operand(value: object) -> TypeGuard[Traced | Number]:
    """Whether one can calculate with it: a traced number, or a bare one of a formula."""
    return isinstance(value, (Traced, float, int, numbers.Real))


def joined(sign: str, left: Traced | Number, right: Traced | Number) -> Traced:
    """Two numbers joined by `+`, `−`, `·` or `/`, with the bounds that follow from theirs."""
    if not (is_operand(left) and is_operand(right)):
        unknown: Traced = NotImplemented  # Python asks the other side, such as a pandas column.
        return unknown
    a, b = lift(left), lift(right)
    if sign == "+":
        return _bounded(a.value + b.value, a.low + b.low, a.high + b.high, Sum(a.trail, b.trail))
    trail = Op(sign, a.trail, b.trail)
    if sign == MINUS:
        return _bounded(a.value - b.value, a.low - b.high, a.high - b.low, trail)
    pairs = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    if sign == "·":
        value, corners = a.value * b.value, [x * y for x, y in pairs]
    else:
        # Division by zero is missing, not an error. Where the divisor may be zero, nothing is known
        # of the size of the quotient.
        value = a.value / b.value if b.value else math.nan
        corners = [math.nan] if b.low <= 0 <= b.high else [x / y for x, y in pairs]
    if any(map(math.isnan, corners)):
        corners = [-math.inf, math.inf]
    return _bounded(value, min(corners), max(corners), trail)


def _bounded(value: float, low: float, high: float, trail: Trail) -> Traced:
    """A value with its bounds; what is missing has none."""
    return Traced(value, *((math.nan,) * 2 if math.isnan(value) else (low, high)), trail)


def lift(value: Traced | Number) -> Traced:
    """A bare number of a formula as an exact number without cells."""
    if isinstance(value, Traced):
        return value
    bare = float(value)
    return Traced(bare, bare, bare, Const(bare))


def total(values: Iterable[Traced]) -> Traced:
    """The sum of traced numbers; missing if any of them is, and 0 of nothing."""
    terms = list(values)
    if len(terms) < 2:
        return terms[0] if terms else lift(0)
    # Exact but for the last rounding: the order of the rows does not show in the sum.
    value, low, high = (math.fsum(getattr(t, of) for t in terms) for of in ("value", "low", "high"))
    return _bounded(value, low, high, Sum(*(term.trail for term in terms)))


def mean(values: Iterable[Traced]) -> Traced:
    """The mean of traced numbers; missing if any of them is."""
    numbers = list(values)
    return total(numbers) / len(numbers) if len(numbers) > 1 else total(numbers)


def same_words(first: Traced, cells: Iterable[Traced], count: int) -> Traced:
    """A count of units that say the same as `first`, tracing to every cell that was looked at."""
    return Traced.noted(float(count), f"{count} med «{first.text}»", (first, *cells))
