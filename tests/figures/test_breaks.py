"""A break stands where the series breaks, is said in words, and alters no other drawing."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.breaks import break_words
from kunnskapsgrunnlag.catalog.schema import Break
from kunnskapsgrunnlag.check.drawings import check_alt
from kunnskapsgrunnlag.figures import charts, theme
from kunnskapsgrunnlag.figures.breaks import draw_breaks
from tests.conftest import item_of, value_of

BREAK = Break(year=2021, words="Ny beregning fra 1. juni 2021.")


@pytest.fixture
def fig(look: None) -> Figure:
    return theme.new_figure()


def lines(fig: Figure, years: list[Any]) -> None:
    ys = pd.Series([1.0] * len(years), dtype=object)
    charts.line_panel(
        fig.subplots(), [("Oslo", pd.Series(years), ys, theme.WARM_BLUE, "-")], decimals=0
    )


def marks(fig: Figure) -> list[tuple[float, str]]:
    dashed = [line for line in fig.axes[0].get_lines() if line.get_linestyle() == "--"]
    words = [t.get_text() for t in fig.axes[0].texts if t.get_text().startswith("brudd")]
    places = [float(np.asarray(line.get_xdata())[0]) for line in dashed]
    return list(zip(places, words, strict=True))


@pytest.mark.parametrize(
    ("years", "drawn"), [([2019, 2020, 2021, 2022], [(2020.5, "brudd 2021")]), ([2021, 2022], [])]
)
def test_a_break_lies_between_the_years_of_a_line(fig: Figure, years: Any, drawn: Any) -> None:
    lines(fig, years)
    draw_breaks(fig, [BREAK])
    assert marks(fig) == drawn


def test_a_break_lies_between_bars_that_stand_at_places_of_their_own(fig: Figure) -> None:
    charts.bars_up(fig.subplots(), [2018, 2019, 2022], [1, 2, 3], decimals=0)
    draw_breaks(fig, [BREAK])
    assert marks(fig) == [(1.5, "brudd 2021")]


def test_an_axis_without_time_is_left_alone(fig: Figure) -> None:
    charts.bars_across(fig.subplots(), ["Oslo", "Bergen"], [2020.0, 2022.0], decimals=0)
    draw_breaks(fig, [BREAK])
    assert marks(fig) == []


def test_the_alternative_text_says_the_break_and_its_numbers_are_declared() -> None:
    item = item_of(breaks=[{"year": 2021, "words": BREAK.words}])
    alt = "Linjediagram." + break_words(item)
    assert alt == "Linjediagram. Brudd i serien i 2021: Ny beregning fra 1. juni 2021."
    assert check_alt("tabell-1", item, [value_of("tabell-1/belop/2020", year=2020)], alt) == []


def test_the_words_stand_once_in_a_figure_and_clear_of_the_lines(fig: Figure) -> None:
    for ax in fig.subplots(2, 1):
        ys = pd.Series([1.0, 2.0], dtype=object)
        line = ("Oslo", pd.Series([2020, 2021]), ys, theme.WARM_BLUE, "-")
        charts.line_panel(ax, [line], decimals=0)
    draw_breaks(fig, [BREAK])

    words = [[t for t in ax.texts if t.get_text().startswith("brudd")] for ax in fig.axes]
    assert [len(each) for each in words] == [1, 0]
    assert (words[0][0].get_rotation(), words[0][0].get_verticalalignment()) == (0, "bottom")
    assert all("--" in {line.get_linestyle() for line in ax.get_lines()} for ax in fig.axes)
