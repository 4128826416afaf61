"""Words that follow the data: directions, names and counts, each with the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, moved
from kunnskapsgrunnlag.claims.numbers import Number, Word

COUNTS = (
    *("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti"),
    *("elleve", "tolv", "tretten", "fjorten", "femten"),
)


def direction(first: Number, last: Number) -> Word:
    """`økte`, `falt` or `var uendret`."""
    return Word(moved(first.value, last.value), (first, last))


def name_of_highest(numbers: Sequence[Number], *, by: int = 1) -> Word:
    """The name of the highest, or of the `by` highest, highest first."""
    ranked = sorted(numbers, key=lambda number: number.value, reverse=True)
    return Word(listed(number.label for number in ranked[:by]), tuple(numbers))


def how_many(numbers: Sequence[Number], fits: Callable[[float], bool]) -> Word:
    """How many of the numbers fit, in letters up to fifteen: `sju`."""
    return Word(spelled(sum(fits(number.value) for number in numbers)), tuple(numbers))


def how_many_of_all(numbers: Sequence[Number], fits: Callable[[float], bool]) -> Word:
    """How many of the numbers fit, of how many: `alle de femten`, `sju av de femten`."""
    found = how_many(numbers, fits)
    total = spelled(len(numbers))
    few = "alle" if found.text == total else f"{found.text} av"
    return Word(f"{few} de {total}", found.numbers)


def spelled(count: int) -> str:
    """A count in letters up to fifteen, which is the number of bydeler; in digits above."""
    return COUNTS[count] if count < len(COUNTS) else nb(count, 0)
