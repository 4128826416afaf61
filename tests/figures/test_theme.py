import re
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_numbers import Shown
from kunnskapsgrunnlag.figures import charts, theme
from tests.conftest import columns_of, rows_of, spaced, texts, titles

HEIGHTS = st.lists(st.floats(0, 100), min_size=1, max_size=8)


@pytest.fixture
def fig(look: None) -> Figure:
    return theme.new_figure()


def bars(fig: Figure) -> None:
    charts.bars_across(
        fig.subplots(), ["Oslo", "Hele landet", "Bergen"], [3, 2, 1], decimals=0, strong=["Oslo"]
    )


def line(name: str, ys: list[float]) -> charts.Line:
    return name, pd.Series([2019, 2020]), pd.Series(ys, dtype=object), theme.WARM_BLUE, "-"


@given(HEIGHTS, st.floats(0.1, 20))
def test_names_are_kept_apart_in_their_order_and_where_they_were_on_average(
    heights: list[float], gap: float
) -> None:
    placed = charts.apart(heights, gap)
    order = sorted(range(len(heights)), key=heights.__getitem__)
    assert sorted(range(len(placed)), key=placed.__getitem__) == order
    assert all(b - a >= gap * 0.99 for a, b in pairwise(sorted(placed)))
    assert sum(placed) == pytest.approx(sum(heights), abs=1e-6)


def test_names_that_are_apart_already_are_not_moved() -> None:
    assert charts.apart([30, 10, 20], 5) == [30, 10, 20]


def test_the_same_drawing_gives_the_same_bytes(look: None) -> None:
    first, second = theme.new_figure(), theme.new_figure()
    bars(first)
    bars(second)
    assert theme.svg_text(first) == theme.svg_text(second)


def test_a_drawing_holds_real_text_and_nothing_that_ages(fig: Figure) -> None:
    bars(fig)
    svg = theme.svg_text(fig)
    assert re.search(r"<text[^>]*>Hele landet</text>", svg)
    assert "IBM Plex Sans" in svg
    assert [words for words in ("<dc:date>", "Matplotlib", "<!--") if words in svg] == []
    assert not re.search(r"[ \t]\n", svg)


def test_panels_stand_under_each_other_with_their_titles(fig: Figure) -> None:
    axes = theme.panels(fig, ["Personer", "Husholdninger"], 1.5)
    assert titles(fig) == ["Personer", "Husholdninger"]
    assert [ax.get_subplotspec().colspan.start for ax in axes] == [0, 0]  # type: ignore[union-attr]
    assert fig.get_figheight() == 3


def test_unlike_panels_have_a_height_each(fig: Figure) -> None:
    theme.unlike_panels(fig, {"Søyler": 2, "Kart": 3})
    assert titles(fig) == ["Søyler", "Kart"]
    assert fig.get_figheight() == 5


def test_bars_are_named_from_the_top_as_long_as_their_numbers_and_the_strong_stand_out(
    fig: Figure,
) -> None:
    bars(fig)
    patches: Any = fig.axes[0].patches
    assert rows_of(fig) == ["Oslo", "Hele landet", "Bergen"]
    assert texts(fig) == ["3", "2", "1"]
    assert fig.axes[0].yaxis_inverted()
    assert [bar.get_width() for bar in patches] == [3, 2, 1]
    colours = [theme.WARM_BLUE, theme.DARK_BLUE, theme.GREY]
    assert [to_hex(bar.get_facecolor()) for bar in patches] == colours


def test_a_bar_says_the_text_of_the_value_store(fig: Figure) -> None:
    charts.bars_across(fig.subplots(), ["0–19 år"], [Shown(10.96, "11")], decimals=1)
    assert texts(fig) == ["11"]


def test_a_bar_without_a_number_says_so(fig: Figure) -> None:
    charts.bars_across(fig.subplots(), ["Alna", "Bjerke"], [float("nan"), 2], decimals=0)
    assert texts(fig) == ["..", "2"]
    assert fig.axes[0].get_xlim()[1] > 2


def test_upright_bars_start_at_zero(fig: Figure) -> None:
    charts.bars_up(fig.subplots(), [2019, 2020], [1000, 2000], decimals=0)
    assert columns_of(fig) == ["2019", "2020"]
    assert texts(fig) == [spaced("1 000"), spaced("2 000")]
    assert fig.axes[0].get_ylim()[0] == 0


def test_a_line_is_named_at_its_end_with_its_last_number(fig: Figure) -> None:
    charts.line_panel(fig.subplots(), [line("Oslo", [6.6, 6.0])], decimals=1)
    assert texts(fig) == ["Oslo 6,0"]
    assert fig.axes[0].get_ylim()[0] == 0


def test_names_of_lines_that_end_together_are_moved_apart(fig: Figure) -> None:
    charts.line_panel(fig.subplots(), [line("a", [1, 5]), line("b", [2, 5])], decimals=0)
    low, high = (text.xy[1] for text in fig.axes[0].texts)  # type: ignore[attr-defined]
    assert high > low


def test_an_axis_of_kroner_is_written_in_norwegian(fig: Figure) -> None:
    ax = fig.subplots()
    ax.plot([0, 1], [0, 20000])
    charts.kroner_axis(ax)
    assert spaced("20 000") in rows_of(fig)


def test_a_matrix_has_a_dot_in_the_chosen_column_of_each_row(fig: Figure) -> None:
    ax = fig.subplots()
    charts.matrix(ax, ["Startlån", "Ungbo"], ["statlig", "kommunal"], ["statlig", "kommunal"])
    assert rows_of(fig) == ["Startlån", "Ungbo"]
    assert columns_of(fig) == ["Statlig", "Kommunal"]
    assert ax.collections[0].get_offsets().tolist() == [[0, 0], [1, 1]]  # type: ignore[union-attr]
