import re

import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.figures import theme


@pytest.fixture
def fig(look: None) -> Figure:
    return bars()


def bars() -> Figure:
    fig = Figure()
    fig.subplots().barh(["Oslo", "Hele landet", "Bergen"], [3, 2, 1])
    return fig


def test_the_same_drawing_gives_the_same_bytes(fig: Figure) -> None:
    assert theme.svg_text(fig) == theme.svg_text(bars())


def test_a_drawing_holds_real_text_and_nothing_that_ages(fig: Figure) -> None:
    svg = theme.svg_text(fig)
    assert re.search(r"<text[^>]*>Hele landet</text>", svg)
    assert "IBM Plex Sans" in svg
    assert [words for words in ("<dc:date>", "Matplotlib", "<!--") if words in svg] == []
    assert not re.search(r"[ \t]\n", svg)
