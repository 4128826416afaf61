from kunnskapsgrunnlag.base.nb_numbers import Shown
from kunnskapsgrunnlag.base.nb_text import listed, moved, region_name, say
from tests.conftest import spaced


def test_words_around_numbers() -> None:
    assert listed(["Bergen"]) == "Bergen"
    assert listed(["Bergen", "Oslo"]) == "Bergen og Oslo"
    assert listed(["Bergen", "Trondheim", "Oslo"]) == "Bergen, Trondheim og Oslo"
    assert region_name("grunerlokka") == "Grünerløkka"
    assert [moved(*pair) for pair in ((1, 2), (2, 1), (2, 2))] == ["økte", "falt", "var uendret"]


def test_a_sentence_says_what_the_table_says() -> None:
    assert say(Shown(10.96, "11"), 1) == "11"
    assert say(10.96, 1) == "11,0"
    assert say(40327) == spaced("40 327")
