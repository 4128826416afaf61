"""What each comparison and each vague word says, at its limits too."""

import pytest

from kunnskapsgrunnlag.claims import judge, vague
from kunnskapsgrunnlag.claims.numbers import Verdict
from tests.claims import number, numbers

A, B = number("a", 10), number("b", 20)
TIE = number("tie", 10)


@pytest.mark.parametrize(
    ("verdict", "holds"),
    [
        (judge.more(B, A), True),
        (judge.more(A, B), False),
        (judge.more(A, TIE), False),
        (judge.less(A, B), True),
        (judge.less(B, A), False),
        (judge.less(A, TIE), False),
        (judge.rises(numbers(1, 2, 3)), True),
        (judge.rises(numbers(1, 3, 2)), False),
        (judge.rises(numbers(1, 1)), False),
        (judge.rises(numbers(1)), False),
        (judge.rises([]), False),
        (judge.falls(numbers(3, 2, 1)), True),
        (judge.falls(numbers(3, 1, 2)), False),
        (judge.falls(numbers(1, 1)), False),
        (judge.falls(numbers(1)), False),
        (judge.highest(numbers(1, 3, 2), "b"), True),
        (judge.highest(numbers(1, 3, 2), "c"), False),
        (judge.highest(numbers(1, 3, 2), "c", by=2), True),
        (judge.highest(numbers(3, 3, 2), "b"), True),
        (judge.highest(numbers(1, 3), "z"), False),
        (judge.highest(numbers(1), "a", by=3), True),
        (judge.lowest(numbers(1, 3, 2), "a"), True),
        (judge.lowest(numbers(1, 3, 2), "c"), False),
        (judge.lowest(numbers(1, 3, 2), "c", by=2), True),
        (judge.lowest([], "a"), False),
        (judge.at_least(A, 10), True),
        (judge.at_least(A, 10.1), False),
        (judge.at_most(A, 10), True),
        (judge.at_most(A, 9.9), False),
        (judge.above(A, 9.9), True),
        (judge.above(A, 10), False),
        (judge.below(A, 10.1), True),
        (judge.below(A, 10), False),
        (judge.about(A, 12, within=2), True),
        (judge.about(A, 12, within=1.9), False),
        (judge.just_below(A, 11, within=1), True),
        (judge.just_below(A, 10, within=1), False),
        (judge.just_below(A, 12, within=1), False),
        (judge.times(B, A, 2, 3), True),
        (judge.times(B, A, 2.1, 3), False),
        (judge.grew_by(B, A, 100, 101), True),
        (judge.grew_by(A, B, -50, -49), True),
        (judge.grew_by(B, A, 0, 99), False),
        (judge.points(B, A, 10, 11), True),
        (judge.points(A, B, 10, 11), False),
        (judge.count(numbers(1, 5, 9), lambda v: v > 4, 2, "over 4"), True),
        (judge.count(numbers(1, 5, 9), lambda v: v > 4, 3, "over 4"), False),
        (judge.every(numbers(5, 9), lambda v: v > 4, "over 4"), True),
        (judge.every(numbers(5, 4), lambda v: v > 4, "over 4"), False),
        (judge.exactly(numbers(1, 5, 9), lambda v: v > 4, ["c", "b"], "over 4"), True),
        (judge.exactly(numbers(1, 5, 9), lambda v: v > 4, ["c"], "over 4"), False),
        (judge.exactly(numbers(1, 5), lambda v: v > 4, ["b", "z"], "over 4"), False),
        (judge.highest_are(numbers(1, 5, 9), ["b", "c"]), True),
        (judge.highest_are(numbers(1, 5, 9), ["a", "c"]), False),
        (judge.highest_are(numbers(5, 5, 9), ["b", "c"]), False),
        (judge.highest_are(numbers(5), ["a"]), True),
        (judge.lowest_are(numbers(1, 5, 9), ["a", "b"]), True),
        (judge.lowest_are(numbers(1, 5, 9), ["a", "c"]), False),
        (judge.lowest_are(numbers(1, 5, 5), ["a", "b"]), False),
        (judge.both(judge.more(B, A), judge.less(A, B)), True),
        (judge.both(judge.more(B, A), judge.more(A, B)), False),
    ],
)
def test_comparisons(verdict: Verdict, holds: bool) -> None:
    assert verdict.holds is holds


@pytest.mark.parametrize(
    ("verdict", "holds"),
    [
        (vague.slightly_changed(number("b", 102), number("a", 100)), True),
        (vague.slightly_changed(number("b", 98.5), number("a", 100)), True),
        (vague.slightly_changed(number("b", 103), number("a", 100)), False),
        (vague.slightly_changed(A, TIE), False),
        (vague.clearly_more(number("b", 11.5), A), True),
        (vague.clearly_more(number("b", 11.4), A), False),
        (vague.a_hair_above(number("a", 5.6), number("b", 5.5)), True),
        (vague.a_hair_above(number("a", 5.7), number("b", 5.5)), False),
        (vague.a_hair_above(A, TIE), False),
        (vague.steady(numbers(4.7, 4.9, 4.8), 0.2), True),
        (vague.steady(numbers(4.7, 5.0, 4.8), 0.2), False),
        (vague.steady(numbers(4.7), 0.2), True),
        (vague.uneven(numbers(2, 3, 4)), True),
        (vague.uneven(numbers(2, 3, 3.9)), False),
        (vague.uneven(numbers(2)), False),
    ],
)
def test_vague_words(verdict: Verdict, holds: bool) -> None:
    assert verdict.holds is holds


def test_a_course_that_breaks_names_the_two_numbers_and_rests_on_all() -> None:
    series = numbers(1, 3, 2, 4)
    verdict = judge.rises(series)
    assert (verdict.because, verdict.numbers) == ("c: 2 prosent < b: 3 prosent", tuple(series))


def test_a_rank_that_is_lost_names_winner_and_loser() -> None:
    assert judge.highest(numbers(1, 3, 2), "c").because == "b: 3 prosent; c: 2 prosent"


def test_both_gives_the_first_counter_example_and_all_numbers() -> None:
    verdict = judge.both(judge.more(B, A), judge.more(A, B), judge.above(A, 99))
    assert (verdict.because, set(verdict.numbers)) == ("a: 10 prosent < b: 20 prosent", {A, B})
