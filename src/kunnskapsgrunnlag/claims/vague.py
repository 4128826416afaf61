"""What vague words mean in the text, decided once: «nesten», «litt», «klart», «ujevnt»."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import ratio, verdict
from kunnskapsgrunnlag.claims.numbers import Number, Verdict

# «Nær», «nesten», «knapt»: below by no more than a tenth.
NEAR = 0.10
# «Litt»: a change of no more than 2 percent, up or down.
SLIGHT_PCT = 2.0
# «Klart», «langt», «mye»: at least 15 percent more.
CLEAR = 1.15
# «Ujevnt», «store forskjeller», «stor avstand»: the highest is at least twice the lowest.
UNEVEN = 2.0
# «Så vidt», «ørlite»: shares that differ by a tenth of a percentage point and no more.
HAIR_POINTS = 0.1
# «Lite», «stabilt»: a share that moves within 0,2 percentage points.
STEADY_POINTS = 0.2
# To a computer 4,9 − 4,7 is a little more than 0,2.
_DIGITS = 6


def slightly_changed(last: Number, first: Number) -> Verdict:
    """«Litt»: there is a change, and it is no more than 2 percent up or down."""
    change = round((ratio(last, first) - 1) * 100, _DIGITS)
    said = f"{last.said} / {first.said}: {nb(change, 1)} prosent"
    return verdict(0 < abs(change) <= SLIGHT_PCT, said, last, first)


def clearly_more(one: Number, other: Number) -> Verdict:
    """«Klart», «langt»: the first is at least 15 percent above the second."""
    found = ratio(one, other)
    said = f"{one.said} / {other.said} = {nb(found, 2)}"
    return verdict(found >= CLEAR, said, one, other)


def a_hair_above(one: Number, other: Number) -> Verdict:
    """«Så vidt», «ørlite»: the first share is above, by no more than 0,1 percentage points."""
    found = round(one.value - other.value, _DIGITS)
    said = f"{one.said} − {other.said} = {nb(found, 1)} prosentpoeng"
    return verdict(0 < found <= HAIR_POINTS, said, one, other)


def steady(series: Sequence[Number], within: float) -> Verdict:
    """«Stabilt»: highest and lowest are no further apart than `within`, in the numbers' unit."""
    low, high = _ends(series)
    holds = round(high.value - low.value, _DIGITS) <= within
    return verdict(holds, f"lavest {low.said}, høyest {high.said}", *series)


def uneven(numbers: Sequence[Number]) -> Verdict:
    """«Ujevnt», «stor avstand»: the highest is at least twice the lowest."""
    low, high = _ends(numbers)
    return verdict(
        high.value >= UNEVEN * low.value, f"lavest {low.said}, høyest {high.said}", *numbers
    )


def _ends(numbers: Sequence[Number]) -> tuple[Number, Number]:
    return min(numbers, key=_value), max(numbers, key=_value)


def _value(number: Number) -> float:
    return number.value
