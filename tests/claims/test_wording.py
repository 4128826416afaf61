"""Words that follow the data."""

import pytest

from kunnskapsgrunnlag.claims import wording
from kunnskapsgrunnlag.claims.numbers import Word
from tests.claims import number, numbers


@pytest.mark.parametrize(("last", "verb"), [(2, "økte"), (0, "falt"), (1, "var uendret")])
def test_direction(last: float, verb: str) -> None:
    first, second = number("2019", 1), number("2020", last)
    assert wording.direction(first, second) == Word(verb, (first, second))


@pytest.mark.parametrize(("by", "names"), [(1, "b"), (2, "b og c"), (3, "b, c og a")])
def test_names_come_highest_first(by: int, names: str) -> None:
    assert wording.name_of_highest(numbers(1, 3, 2), by=by).text == names


@pytest.mark.parametrize(
    ("limit", "few", "of_all"),
    [(0, "tre", "alle de tre"), (2, "én", "én av de tre"), (9, "ingen", "ingen av de tre")],
)
def test_counts(limit: float, few: str, of_all: str) -> None:
    found = numbers(1, 3, 2)
    assert wording.how_many(found, lambda value: value > limit).text == few
    assert wording.how_many_of_all(found, lambda value: value > limit).text == of_all


@pytest.mark.parametrize(("count", "word"), [(0, "ingen"), (15, "femten"), (16, "16")])
def test_spelled(count: int, word: str) -> None:
    assert wording.spelled(count) == word
