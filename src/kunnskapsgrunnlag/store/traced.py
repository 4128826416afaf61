"""Numbers that remember where they come from.

A `Traced` is a number together with the source cells behind it, the arithmetic that made it and
the interval in which it lies when its sources are rounded. Items compute with traced numbers in
ordinary pandas columns, so lineage is gathered by the computation itself: whoever adds a term adds
its cells. docs/decisions/0001-lineage.md tells why this mechanism was chosen over key-wise joins.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_numbers import MINUS, nb

Number = int | float
# Longer sums than this are written as a count of terms: nobody checks 24 numbers in one line.
MAX_TERMS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """One number (or one text) with its lineage.

    Attributes:
        value: The number; NaN where the source has a symbol instead.
        cells: Ids of the source cells, `source:cell`, sorted and without repeats.
        expr: The arithmetic with the numbers put in, such as `550 / 693 494`.
        low, high: Bounds that follow from the rounding of the sources, or from the error of
            estimates; equal to `value` if exact.
        text: The words, for cells that hold words.
        symbol: The source's own sign for a missing value, such as `..`.
        places: Decimals that the source gave, where it gives fewer than it promises.
        terms: How many terms `expr` adds up (1 for anything but a sum).
    """

    value: float
    cells: tuple[str, ...] = ()
    expr: str = ""
    low: float = math.nan
    high: float = math.nan
    text: str = ""
    symbol: str = ""
    terms: int = 1
    places: int | None = None

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
        expr = text or symbol or ("" if math.isnan(value) else _plain(value))
        return cls(value, (cell,), expr, low, high, text, symbol, places=places)

    @classmethod
    def missing(cls, symbol: str) -> Traced:
        """A number that no source has a cell for, such as a year after the end of a series."""
        return cls(math.nan, (), symbol, symbol=symbol)

    @property
    def is_missing(self) -> bool:
        """Whether there is neither a number nor words."""
        return math.isnan(self.value) and not self.text

    def __float__(self) -> float:
        return self.value

    def __add__(self, other: Traced | Number) -> Traced:
        return _combine(self, other, "+", operator.add)

    def __radd__(self, other: Traced | Number) -> Traced:
        # A leading 0 is dropped so that `sum()` leaves no trace of its start value.
        if not isinstance(other, Traced) and other == 0:
            return self
        return _combine(other, self, "+", operator.add)

    def __sub__(self, other: Traced | Number) -> Traced:
        return _combine(self, other, MINUS, operator.sub)

    def __rsub__(self, other: Traced | Number) -> Traced:
        return _combine(other, self, MINUS, operator.sub)

    def __mul__(self, other: Traced | Number) -> Traced:
        return _combine(self, other, "·", operator.mul)

    __rmul__ = __mul__

    def __truediv__(self, other: Traced | Number) -> Traced:
        return _combine(self, other, "/", _divide)


def _divide(left: float, right: float) -> float:
    """Division by zero is missing, not an error."""
    return left / right if right else math.nan


def _plain(value: float) -> str:
    """All the digits a source gave, in Norwegian."""
    decimals = 0 if value == int(value) else min(4, len(repr(value).partition(".")[2]))
    return nb(value, decimals)


def _lift(value: Traced | Number) -> Traced:
    if isinstance(value, Traced):
        return value
    return Traced(float(value), (), _plain(float(value)), float(value), float(value))


def _combine(
    left: Traced | Number, right: Traced | Number, sign: str, act: Callable[[float, float], float]
) -> Traced:
    a, b = _lift(left), _lift(right)
    corners = [act(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    if sign == "/" and b.low <= 0 <= b.high:
        # The divisor may be zero: nothing is known of the size of the quotient.
        corners = [-math.inf, math.inf]
    value = act(a.value, b.value)
    missing = math.isnan(value)
    terms = a.terms + b.terms if sign == "+" else 1
    return Traced(
        value,
        tuple(sorted({*a.cells, *b.cells})),
        _expression(a, b, sign, terms),
        math.nan if missing else min(corners),
        math.nan if missing else max(corners),
        symbol=(a.symbol or b.symbol) if missing else "",
        terms=terms,
    )


def _expression(a: Traced, b: Traced, sign: str, terms: int) -> str:
    if sign == "+":
        return f"sum av {terms} tall" if terms > MAX_TERMS else f"{a.expr} + {b.expr}"
    left, right = _bracketed(a.expr, sign), _bracketed(b.expr, sign)
    return f"{left} {sign} {right}"


def _bracketed(expr: str, sign: str) -> str:
    """Brackets around what binds weaker than `sign` (or equally, for the sake of the reader)."""
    compound = any(f" {s} " in expr for s in ("+", MINUS, "/", "·")) or "sum av" in expr
    flat_product = sign == "·" and " / " in expr and "+" not in expr and MINUS not in expr
    return f"({expr})" if compound and not flat_product else expr


def total(values: Iterable[Traced]) -> Traced:
    """The sum of traced numbers; missing if any of them is, and 0 of nothing."""
    result: Traced | Number = 0
    for value in values:
        result = result + value
    return _lift(result)


def same_words(first: Traced, cells: Iterable[Traced], count: int) -> Traced:
    """A count of units that say the same as `first`, tracing to every cell that was looked at."""
    looked_at = sorted({cell for unit in cells for cell in unit.cells} | set(first.cells))
    return Traced(float(count), tuple(looked_at), f"{count} med «{first.text}»", count, count)
