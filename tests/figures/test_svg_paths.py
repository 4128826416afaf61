"""Paths in fewer words, and the same lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.figures.inline_svg import short_path, tenth

Point = tuple[float, float]


def drawn(path: str) -> list[Point]:
    """The corners that a path of M, L, H, V and z goes through."""
    points: list[Point] = []
    for letter, words in re.findall(r"([MLHVz])([^MLHVz]*)", path):
        numbers = [float(number) for number in words.split()]
        x, y = points[-1] if points else (0.0, 0.0)
        if letter in "ML":
            points.append((numbers[0], numbers[1]))
        elif letter in "HV":
            points.append((numbers[0], y) if letter == "H" else (x, numbers[0]))
    return points


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 0 5.04\nL 10.02 5.04\nL 10.02 0\nL 0 0\nz\n", "M0 5H10V0H0z"),
        ("M 1.5 2\nL 3 4.25\n", "M1.5 2L3 4.2"),
        ("M 0 2.25\nC 0.59 2.25 1.16 2.01 1.59 1.59\nz", "M0 2.2C0.6 2.2 1.2 2 1.6 1.6z"),
        # After an end nothing is shortened against what went before.
        ("M 0 0\nL 5 0\nz\nM 5 0\nL 5 9\n", "M0 0H5zM5 0V9"),
        ("M -0.01 0\nL -2 0\n", "M0 0H-2"),
    ],
)
def test_a_path_in_fewer_words(path: str, short: str) -> None:
    assert short_path(path) == short


def test_places_of_words_are_to_a_tenth() -> None:
    assert list(map(tenth, ("40.31", "151.50", "-0.01", "7"))) == ["40.3", "151.5", "0", "7"]


NUMBERS = st.integers(-5000, 5000).map(lambda n: n / 10)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=9))
def test_the_same_corners_are_drawn(points: list[Point]) -> None:
    first, *rest = points
    path = f"M {first[0]} {first[1]}\n" + "".join(f"L {x} {y}\n" for x, y in rest)
    wanted = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    assert drawn(short_path(path)) == wanted
