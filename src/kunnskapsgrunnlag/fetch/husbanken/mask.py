"""No single household: what a snapshot of the register does not show.

Husbanken's answer has every count, down to one household. Counts of 1–3 are hidden before the
register is written, with what stands beside them. Oslo less the other bydeler would still give a
hidden number away, and so would the households outside the bydeler, who are left out: there a
second bydel is hidden in the same month.

A decision in one month is the payment of the next, so the same area is hidden in both.
"""

from collections.abc import Sequence
from dataclasses import replace

from kunnskapsgrunnlag.sources.formats.register_csv import (
    AMOUNT,
    COUNTS,
    LEVELS,
    MEANS,
    OVER_CAP,
    REST,
    RegisterRow,
    is_mask,
)

MASK = ":"
# Who has hidden what, for the provenance.
NOTE = (
    "Husbankens uttrekk er ikke skjult. Velferdsetaten har tatt ut husstandene uten bydel "
    "(kommunenummer 0301) og skjult tall med «:»: antall fra 1 til 3, det som står ved siden av, "
    "og tall for en større bydel i måneder der et lite antall ellers kunne regnes ut."
)
ALONE = (
    "Husbankens uttrekk er ikke skjult. Velferdsetaten har skjult tall med «:»: antall fra 1 til "
    "3, og det som står ved siden av."
)
MOST_HIDDEN = 3
# A bydel that hides another's number has at least as many as the small ones could come to.
ENOUGH = 2 * MOST_HIDDEN
# Ullern, Vestre Aker and Nordstrand have the fewest households. An order made of the numbers
# themselves would tell something about them.
SMALLEST = ("0316", "0317", "0324")
PAID: tuple[str, ...] = (COUNTS[0], OVER_CAP, AMOUNT, *MEANS)
DECIDED: tuple[str, ...] = COUNTS[1:]
GROUPS = (PAID, DECIDED)
Place = tuple[str, int, tuple[str, ...]]


def mask_small_counts(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """The rows of a checked register as they may be kept.

    The households outside the bydeler are left out; of the other rows the payments (count, amount,
    means, over the cap) or the decisions (made, applied for, refused) are hidden together.
    """
    kept = [row for row in rows if row.code != REST]
    hidden = _places([row for row in rows if row.code not in LEVELS])
    return [_masked(row, hidden) for row in kept]


def mask_alone(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Rows of areas whose sum is not kept, so that a hidden number cannot be worked out from it."""
    hidden = _small(rows)
    by_place = {(row.code, row.at): row for row in rows}
    for code in {row.code for row in rows}:
        own = [row for row in rows if row.code == code]
        hidden |= _carried_over(own, {place for place in hidden if place[0] == code}, by_place)
    return [_masked(row, hidden) for row in rows]


def _small(rows: Sequence[RegisterRow]) -> set[Place]:
    return {
        (row.code, row.at, group)
        for row in rows
        for group in GROUPS
        if any(_is_small(row, measure) for measure in group if _is_count(measure))
    }


def _places(bydeler: list[RegisterRow]) -> set[Place]:
    """Area, month and group of measures of all that is to be hidden."""
    by_place = {(row.code, row.at): row for row in bydeler}
    codes = {row.code for row in bydeler} - {REST}
    in_order = [*(code for code in SMALLEST if code in codes), *sorted(codes - {*SMALLEST})]
    small = _small(bydeler)
    hidden = set(small)
    for at, group in sorted({(at, group) for _, at, group in small}):
        others = [
            by_place[code, at]
            for code in in_order
            if (code, at, group) not in small and (code, at) in by_place
        ]
        if others:
            hidden.add((_cover(others, group), at, group))
    return hidden | _carried_over(bydeler, hidden, by_place)


def _cover(rows: list[RegisterRow], group: tuple[str, ...]) -> str:
    """The first area that is large enough to hide a small one; else the largest there is."""

    def least(row: RegisterRow) -> int:
        return min(int(row.number(m) or 0) for m in group if _is_count(m))

    return next((row for row in rows if least(row) >= ENOUGH), max(rows, key=least)).code


def _carried_over(
    bydeler: list[RegisterRow], hidden: set[Place], by_place: dict[tuple[str, int], RegisterRow]
) -> set[Place]:
    """The same areas in the month of decision and the month of payment of the same households."""
    decided = {row.at for row in bydeler if _is_small(row, COUNTS[1])}
    paid = {row.at - 1 for row in bydeler if _is_small(row, COUNTS[0])}
    return {
        place
        for at in decided | paid
        for code in {c for c, when, group in hidden if (when, group) in _both(at)}
        for place in ((code, *other) for other in _both(at))
        if place[:2] in by_place
    }


def _both(at: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return (at, DECIDED), (at + 1, PAID)


def _masked(row: RegisterRow, hidden: set[Place]) -> RegisterRow:
    gone = {m for group in GROUPS if (row.code, row.at, group) in hidden for m in group}
    return replace(row, values=row.values | dict.fromkeys(gone, MASK))


def _is_count(measure: str) -> bool:
    return measure in COUNTS or measure == OVER_CAP


def _is_small(row: RegisterRow, measure: str) -> bool:
    """Whether a count is of 1–3 households, or is hidden by the provider."""
    number = row.number(measure)
    return is_mask(row.values[measure]) if number is None else 1 <= number <= MOST_HIDDEN
