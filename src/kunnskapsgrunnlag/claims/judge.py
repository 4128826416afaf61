"""What claims are made of: comparisons, courses, ranks, thresholds and counts of numbers.

Each takes numbers and gives a verdict that quotes them. A claim is as a rule one call of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.numbers import Number, Verdict


def verdict(holds: bool, because: str, *numbers: Number) -> Verdict:
    """A verdict with its reason in words."""
    return Verdict(holds, because, numbers)


def more(larger: Number, smaller: Number) -> Verdict:
    """The first is above the second."""
    return _compared(larger, smaller, larger.value > smaller.value)


def less(smaller: Number, larger: Number) -> Verdict:
    """The first is below the second."""
    return _compared(smaller, larger, smaller.value < larger.value)


def _compared(one: Number, other: Number, holds: bool) -> Verdict:
    sign = ">" if one.value > other.value else "<" if one.value < other.value else "="
    return verdict(holds, f"{one.said} {sign} {other.said}", one, other)


def rises(series: Sequence[Number]) -> Verdict:
    """Every number is above the one before."""
    return _course(series, lambda before, after: after > before)


def falls(series: Sequence[Number]) -> Verdict:
    """Every number is below the one before."""
    return _course(series, lambda before, after: after < before)


def _course(series: Sequence[Number], fits: Callable[[float, float], bool]) -> Verdict:
    # One number has no course: a sentence about one is not true of it.
    if len(series) < 2:
        return verdict(False, f"bare {len(series)} tall", *series)
    for before, after in pairwise(series):
        if not fits(before.value, after.value):
            return verdict(False, _compared(after, before, holds=False).because, *series)
    return verdict(True, "; ".join(n.said for n in series), *series)


def highest(numbers: Sequence[Number], label: str, *, by: int = 1) -> Verdict:
    """The number with this label (a region's or a category's name) is among the `by` highest."""
    return _ranked(numbers, label, by, reverse=True)


def lowest(numbers: Sequence[Number], label: str, *, by: int = 1) -> Verdict:
    """The number with this label is among the `by` lowest."""
    return _ranked(numbers, label, by, reverse=False)


def _ranked(numbers: Sequence[Number], label: str, by: int, *, reverse: bool) -> Verdict:
    ranked = sorted(numbers, key=lambda number: number.value, reverse=reverse)
    own = [number for number in numbers if number.label == label]
    if not own:
        return verdict(False, f"{label} er ikke med blant tallene", *numbers)
    # A shared place counts: whoever is as high as the last of the highest is one of them.
    limit = ranked[min(by, len(ranked)) - 1].value
    holds = own[0].value >= limit if reverse else own[0].value <= limit
    said = [number.said for number in ranked[:by]]
    if own[0] not in ranked[:by]:
        said.append(own[0].said)
    return verdict(holds, "; ".join(said), *numbers)


def at_least(number: Number, limit: float) -> Verdict:
    """The number is the limit or more."""
    return _against(number, limit, number.value >= limit)


def at_most(number: Number, limit: float) -> Verdict:
    """The number is the limit or less."""
    return _against(number, limit, number.value <= limit)


def above(number: Number, limit: float) -> Verdict:
    """The number is more than the limit."""
    return _against(number, limit, number.value > limit)


def below(number: Number, limit: float) -> Verdict:
    """The number is less than the limit."""
    return _against(number, limit, number.value < limit)


def _against(number: Number, limit: float, holds: bool) -> Verdict:
    sign = ">" if number.value > limit else "<" if number.value < limit else "="
    return verdict(holds, f"{number.said} {sign} {_plain(limit)}", number)


def about(number: Number, target: float, within: float) -> Verdict:
    """The number is no further from the target than `within`, in the number's own unit."""
    holds = abs(number.value - target) <= within
    return verdict(holds, f"{number.said} mot {_plain(target)} ± {_plain(within)}", number)


def just_below(number: Number, target: float, within: float) -> Verdict:
    """«Nær», «nesten», «knapt»: below the target, by no more than `within`."""
    holds = target - within <= number.value < target
    return verdict(holds, f"{number.said} mot {_plain(target)}", number)


def ratio(one: Number, other: Number) -> float:
    """How many times the second the first is."""
    return one.value / other.value


def times(one: Number, other: Number, low: float, high: float) -> Verdict:
    """The first is between `low` and `high` times the second."""
    found = ratio(one, other)
    said = f"{one.said} / {other.said} = {nb(found, 2)}"
    return verdict(low <= found <= high, said, one, other)


def grew_by(last: Number, first: Number, low_pct: float, high_pct: float) -> Verdict:
    """From the first to the last the change lies between two percentages (negative: a fall)."""
    change = (ratio(last, first) - 1) * 100
    said = f"{last.said} / {first.said}: {nb(change, 1)} prosent"
    return verdict(low_pct <= change <= high_pct, said, last, first)


def points(one: Number, other: Number, low: float, high: float) -> Verdict:
    """The difference of two percentages lies between `low` and `high` percentage points."""
    found = one.value - other.value
    said = f"{one.said} − {other.said} = {nb(found, 1)} prosentpoeng"
    return verdict(low <= found <= high, said, one, other)


def count(
    numbers: Sequence[Number], fits: Callable[[float], bool], expected: int, words: str
) -> Verdict:
    """So many of the numbers fit; `words` says how: «over 10 prosent»."""
    found = [number for number in numbers if fits(number.value)]
    named = ", ".join(number.name for number in found) or "ingen"
    said = f"{len(found)} av {len(numbers)} er {words} ({named})"
    return verdict(len(found) == expected, said, *numbers)


def every(numbers: Sequence[Number], fits: Callable[[float], bool], words: str) -> Verdict:
    """All of the numbers fit; `words` says how."""
    for number in numbers:
        if not fits(number.value):
            return verdict(False, f"{number.said} er ikke {words}", *numbers)
    return verdict(True, f"alle {len(numbers)} er {words}", *numbers)


def exactly(
    numbers: Sequence[Number], fits: Callable[[float], bool], labels: Sequence[str], words: str
) -> Verdict:
    """The numbers that fit are the ones with these labels, and no others: «bare», «alene om»."""
    found = [number for number in numbers if fits(number.value)]
    said = f"{', '.join(sorted(number.said for number in found)) or 'ingen'} er {words}"
    return verdict({number.label for number in found} == set(labels), said, *numbers)


def highest_are(numbers: Sequence[Number], labels: Sequence[str]) -> Verdict:
    """The ones with these labels all lie above every other number."""
    return _set_apart(numbers, labels, sign=1)


def lowest_are(numbers: Sequence[Number], labels: Sequence[str]) -> Verdict:
    """The ones with these labels all lie below every other number."""
    return _set_apart(numbers, labels, sign=-1)


def _set_apart(numbers: Sequence[Number], labels: Sequence[str], sign: int) -> Verdict:
    ranked = sorted(numbers, key=lambda number: sign * number.value, reverse=True)
    own, others = ranked[: len(labels)], ranked[len(labels) :]
    holds = {number.label for number in own} == set(labels) and (
        not others or own[-1].value != others[0].value
    )
    said = "; ".join(number.said for number in [*own, *others[:1]])
    return verdict(holds, said, *numbers)


def both(*verdicts: Verdict) -> Verdict:
    """All of several claims hold; the first that does not is the counter-example."""
    numbers = tuple(dict.fromkeys(number for each in verdicts for number in each.numbers))
    for each in verdicts:
        if not each.holds:
            return Verdict(False, each.because, numbers)
    return Verdict(True, "; ".join(each.because for each in verdicts), numbers)


def _plain(value: float) -> str:
    return nb(value, 0 if float(value).is_integer() else 1)
