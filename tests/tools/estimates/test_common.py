"""Properties of the arithmetic of the stand-ins."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from tools.estimates.common import (
    Fact,
    Facts,
    fit_bounded,
    intersect,
    largest_remainder,
    lift_to_top,
    proportional,
    total,
    whole,
)

AREAS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.floats(0.1, 1e4), min_size=3, max_size=12
)


@given(AREAS, st.floats(1, 1e6))
def test_proportional_keeps_the_sum_and_the_ratios(
    weights: dict[str, float], target: float
) -> None:
    found = proportional(weights, target)

    assert total(found) == pytest.approx(target)
    ratios = [found[area] / weights[area] for area in weights]
    assert max(ratios) == pytest.approx(min(ratios))


@given(AREAS)
def test_rounding_keeps_the_sum_and_moves_none_by_a_whole_unit(numbers: dict[str, float]) -> None:
    found = largest_remainder(numbers)

    assert sum(found.values()) == round(total(numbers))
    assert all(abs(found[area] - numbers[area]) < 1 + 1e-6 for area in numbers)


@given(AREAS, st.integers(0, 10**6))
def test_rounding_of_whole_numbers_changes_nothing(numbers: dict[str, float], more: int) -> None:
    exact = {area: float(math.floor(number) + more) for area, number in numbers.items()}

    assert largest_remainder(exact) == exact


@given(AREAS, st.floats(0, 1), st.floats(0.2, 0.9), st.floats(1.1, 3))
def test_fit_reaches_the_total_within_the_bounds(
    prior: dict[str, float], where: float, low: float, high: float
) -> None:
    limits = {area: (low * number, high * number) for area, number in prior.items()}
    target = total(prior) * (low + where * (high - low))

    found = fit_bounded(prior, target, limits)

    assert total(found) == pytest.approx(target)
    for area, number in found.items():
        assert limits[area][0] - 1e-6 <= number <= limits[area][1] + 1e-6


@given(AREAS, st.floats(1, 1e6))
def test_fit_without_bounds_is_proportional(prior: dict[str, float], target: float) -> None:
    assert fit_bounded(prior, target, {}) == pytest.approx(proportional(prior, target))


@given(AREAS, st.floats(0, 0.1))
def test_lifted_areas_lie_above_all_others(numbers: dict[str, float], gap: float) -> None:
    top = sorted(numbers)[:2]

    found = lift_to_top(numbers, top, gap)

    others = [number for area, number in found.items() if area not in top]
    assert min(found[area] for area in top) >= max(others) * (1 + gap) * (1 - 1e-9)
    assert total(found) == pytest.approx(total(numbers))


def test_fit_refuses_bounds_that_have_no_such_total() -> None:
    with pytest.raises(KgError, match=r"bounds allow 0\.0 to 4\.0, not 9"):
        fit_bounded({"a": 1, "b": 1}, 9, {"a": (0, 2), "b": (0, 2)})


def test_fit_refuses_to_make_something_of_nothing() -> None:
    with pytest.raises(KgError, match="prior has zeros"):
        fit_bounded({"a": 0, "b": 0}, 9, {})


def test_proportional_refuses_weights_without_a_sum() -> None:
    with pytest.raises(KgError, match="with a sum"):
        proportional({"a": 0.0, "b": 0.0}, 1)


def test_bounds_are_narrowed_and_made_whole() -> None:
    assert intersect((0, 5), (2, math.inf)) == (2, 5)
    assert whole((1.2, 3.9)) == (2, 3)
    assert whole((-math.inf, math.inf)) == (-math.inf, math.inf)


def test_areas_that_are_not_named_have_the_bounds_of_the_others() -> None:
    facts = Facts((Fact("k", "i", "s", "Ullern", 1, 2), Fact("k", "i", "s", "øvrige", 3, 4)))

    assert facts.limits("i", "s", "Ullern") == (1, 2)
    assert facts.limits("i", "s", "Frogner") == (3, 4)
    with pytest.raises(KgError, match="expected one value of «s» for Frogner"):
        facts.value("i", "s", "Frogner")
