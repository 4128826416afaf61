import pytest

from kunnskapsgrunnlag.base.nb_numbers import Shown
from kunnskapsgrunnlag.base.nb_text import listed, moved, region_name, say
from tests.conftest import spaced


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Bergen"], "Bergen"),
        (["Bergen", "Oslo"], "Bergen og Oslo"),
        (["Bergen", "Trondheim", "Oslo"], "Bergen, Trondheim og Oslo"),
    ],
)
def test_a_list_ends_with_og(words: list[str], expected: str) -> None:
    assert listed(words) == expected


def test_a_region_has_a_name_for_readers() -> None:
    assert region_name("grunerlokka") == "Grünerløkka"


def test_a_sentence_says_what_the_table_says() -> None:
    assert say(Shown(10.96, "11"), 1) == "11"
    assert say(10.96, 1) == "11,0"
    assert say(40327) == spaced("40 327")


@pytest.mark.parametrize(
    ("first", "last", "verb"), [(1, 2, "økte"), (2, 1, "falt"), (2, 2, "var uendret")]
)
def test_the_verb_fits_the_movement(first: float, last: float, verb: str) -> None:
    assert moved(first, last) == verb
