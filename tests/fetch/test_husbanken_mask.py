from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.fetch.husbanken.mask import MASK, PAID, mask_small_counts
from kunnskapsgrunnlag.sources.formats.register_csv import (
    AMOUNT,
    COUNTS,
    LEVELS,
    MEANS,
    OVER_CAP,
    REST,
    RegisterRow,
    content_of,
    number_text,
)
from tests.fetch.registers import CODES, YEAR, area, whole_register, with_totals

HOUSEHOLDS, DECIDED, APPLIED, REFUSED = COUNTS
Numbers = Sequence[int]


def shown(rows: list[RegisterRow], code: str, month: int, measure: str) -> str:
    (row,) = [r for r in rows if (r.code, r.year, r.month) == (code, 2016, month)]
    return row.values[measure]


def test_oslo_and_the_country_are_never_hidden_and_the_rest_is_left_out() -> None:
    whole, kept = whole_register(), mask_small_counts(whole_register())
    assert [r for r in kept if r.code in LEVELS] == [r for r in whole if r.code in LEVELS]
    assert REST not in {row.code for row in kept}


def one_month(*sizes: int, **more: str) -> list[RegisterRow]:
    """Bydeler with so many households in a month."""
    parts = [row for at, n in enumerate(sizes) for row in area(CODES[at], YEAR[:1], [n], [20])]
    whole = with_totals(parts)
    return mask_small_counts([replace(row, values=row.values | more) for row in whole])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_means_and_amounts_beside_a_small_count_are_hidden(count: int) -> None:
    rows = one_month(count, 90, 80, 70)

    assert {shown(rows, CODES[0], 1, m) for m in (HOUSEHOLDS, AMOUNT, *MEANS)} == {MASK}
    assert shown(rows, CODES[1], 1, HOUSEHOLDS) == MASK
    assert shown(rows, CODES[3], 1, HOUSEHOLDS) == "70"


@pytest.mark.parametrize("count", [0, 4])
def test_nobody_and_four_are_shown(count: int) -> None:
    rows = one_month(count, 90, 80, **{OVER_CAP: "0"})
    assert shown(rows, CODES[0], 1, HOUSEHOLDS) == str(count)


def test_where_they_could_be_found_by_subtraction_the_smallest_bydel_is_hidden() -> None:
    rows = mask_small_counts(whole_register())
    smallest = BY_KEY["ullern"].codes["husbanken"]

    # Two households without a bydel were paid in February; the decision was made in January.
    assert {shown(rows, smallest, 2, measure) for measure in PAID} == {MASK}
    assert shown(rows, smallest, 1, DECIDED) == MASK
    assert shown(rows, smallest, 9, HOUSEHOLDS) != MASK
    assert {r.code for r in rows if MASK in r.values.values()} == {smallest}


# Households by month: paid or refused in the small area, paid in the others.
small = st.lists(st.integers(0, 3), min_size=4, max_size=4)
large = st.lists(st.integers(40, 90), min_size=4, max_size=4)


@settings(max_examples=200)
@given(small, small, st.lists(large, min_size=2, max_size=4), st.booleans(), st.data())
def test_every_small_number_could_have_been_another(
    paid: Numbers, refused: Numbers, others: list[Numbers], outside: bool, data: st.DataObject
) -> None:
    """Worlds with 1, 2 and 3 households in a hidden cell give the same snapshot, to the byte."""
    small_code = REST if outside else CODES[0]
    months = YEAR[:4]
    parts = {small_code: area(small_code, months, paid, refused)}
    for at, sizes in enumerate(others, 1):
        parts[CODES[at]] = area(CODES[at], months, sizes, [30 + at] * 4)
    kept = mask_small_counts(with_totals([row for rows in parts.values() for row in rows]))
    choices = [(at, m) for at in range(4) for m in (HOUSEHOLDS, REFUSED) if _small(parts, at, m)]
    if not choices:
        return
    at, measure = data.draw(st.sampled_from(choices))
    when = parts[small_code][at].at
    cover = next(
        row.code
        for row in kept
        if row.at == when and row.code not in (small_code, *LEVELS) and row.values[measure] == MASK
    )
    for households in (1, 2, 3):
        moved = households - int(parts[small_code][at].number(measure) or 0)
        world = {code: [*rows] for code, rows in parts.items()}
        world[small_code] = _with_more(world[small_code], at, measure, moved)
        world[cover] = _with_more(world[cover], at, measure, -moved)
        other = mask_small_counts(with_totals([row for rows in world.values() for row in rows]))
        assert content_of(other) == content_of(kept)


def _small(parts: dict[str, list[RegisterRow]], at: int, measure: str) -> bool:
    return 1 <= int(next(iter(parts.values()))[at].number(measure) or 0) <= 3


def _with_more(rows: list[RegisterRow], at: int, measure: str, more: int) -> list[RegisterRow]:
    """The area with more households in a cell, and in the cells that are the same households."""
    if measure == REFUSED:
        return _added(rows, at, {REFUSED: more, APPLIED: more})
    rows = _added(rows, at, {HOUSEHOLDS: more, AMOUNT: 3000 * more})
    return _added(rows, at - 1, {DECIDED: more, APPLIED: more}) if at else rows


def _added(rows: list[RegisterRow], at: int, more: dict[str, int]) -> list[RegisterRow]:
    row = rows[at]
    values = row.values | {
        m: number_text(float((row.number(m) or Decimal(0)) + n)) for m, n in more.items()
    }
    return [*rows[:at], replace(row, values=values), *rows[at + 1 :]]
