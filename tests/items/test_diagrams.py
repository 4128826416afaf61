"""Drawings made of words, and items of which only a few numbers are printed."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Polygon

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog, Column, Source
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.items import figur_3, figur_4, figur_5
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.tidy.delivery import tidy
from tests.conftest import (
    Tables,
    cell,
    chart_of,
    compute_item,
    frame,
    values_of,
    write_snapshot,
)

Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]
Real = Callable[[str], pd.DataFrame]

# What is drawn of each table of words beside the name of its rows.
WORDS = {
    "figur-1": ["ord"],
    "figur-2": ["ord"],
    "figur-3": ["tid", "ord"],
    "figur-8": ["ord"],
    "figur-33": [],
    "figur-34": [],
    "figur-35": ["ord"],
}
SENTENCES = st.lists(st.text("abcæøå", min_size=1, max_size=12), min_size=1, max_size=12)


@pytest.fixture
def real(catalog: Catalog, tables: Tables) -> Real:
    return lambda key: ordered(compute_item(catalog, tables, key), catalog.items[key])


def said(words: list[str], column: str) -> list[object]:
    return [
        cell(math.nan, f"{column}{n}", symbol="." if word == "." else "", text=word.strip("."))
        for n, word in enumerate(words, 2)
    ]


def all_texts(fig: Figure) -> str:
    """Every word of a drawing, in the order in which they were written."""
    words = [text.get_text() for ax in fig.axes for text in [*ax.texts, *ax.get_yticklabels()]]
    return " ".join(" ".join(words).split())


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [340, 760])
@pytest.mark.parametrize("key", WORDS)
def test_words_in_a_box_stay_inside_it(
    key: str, width: int, real: Real, catalog: Catalog, receipts: dict[str, Receipt]
) -> None:
    fig = chart_of(catalog, receipts, key, real(key), width).fig
    fig.draw_without_rendering()
    ax = fig.axes[0]

    boxes = [p.get_window_extent() for p in ax.patches if isinstance(p, FancyBboxPatch)]
    for text in ax.texts:
        place = text.get_window_extent()
        middle = ((place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2)
        for box in (box for box in boxes if box.contains(*middle)):
            assert box.x0 < place.x0 and place.x1 < box.x1, text.get_text()
            assert box.y0 - 2 < place.y0 and place.y1 < box.y1 + 2, text.get_text()


@pytest.mark.parametrize("key", WORDS)
def test_a_drawing_says_every_row_of_its_table(
    key: str, real: Real, drawn: Draw, catalog: Catalog
) -> None:
    table = real(key)
    found = all_texts(drawn(key, table))

    names = catalog.items[key].categories or {}
    assert set(table["category"]) == set(names)
    for row in table.to_dict("records"):
        for words in [names[row["category"]], *(row[column].text for column in WORDS[key])]:
            assert " ".join(words.split()) in found


@pytest.mark.parametrize("key", [k for k in WORDS if k not in ("figur-3", "figur-34")])
def test_the_alt_text_says_every_row_too(
    key: str, real: Real, told: Tell, catalog: Catalog
) -> None:
    words = told(key, real(key)).lower()

    assert all(name.lower() in words for name in (catalog.items[key].categories or {}).values())


@pytest.mark.usefixtures("look")
@given(SENTENCES, st.floats(20, 300))
def test_wrapped_words_are_all_there_and_fit(words: list[str], width: float) -> None:
    lines = look.wrapped(" ".join(words), width, 13)

    assert " ".join(lines).split(" ") == words
    assert all(" " not in line or look.text_width(line, 13) <= width for line in lines)


def test_free_words_are_published_as_they_are(tmp_path: Path) -> None:
    source = words_source()
    snapshot = write_snapshot(tmp_path, "figur.csv", "del;ord\nA;to ord\nB;.\n")

    table = tidy(snapshot, source)

    assert table["words__text"].fillna("").tolist() == ["to ord", ""]
    assert table["words__symbol"].tolist() == ["", "."]


def test_an_empty_cell_is_no_words(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, "figur.csv", "del;ord\nA;\nB;to\n")

    with pytest.raises(KgError, match=r"rad 2, kolonne B «ord»: ventet ord, fant en tom"):
        tidy(snapshot, words_source())


def words_source() -> Source:
    return Source(
        file="trykt/figur.csv",
        reader="delivery",
        key=["part"],
        columns={
            "del": Column(name="part", role="category", values={"a": "A", "b": "B"}),
            "ord": Column.model_validate({"name": "words", "role": "words"}),
        },
    )


def test_both_sides_act_on_each_other_and_one_effect_is_only_possible(
    real: Real, drawn: Draw
) -> None:
    patches = drawn("figur-2", real("figur-2")).axes[0].patches

    styles = [p.get_linestyle() for p in patches if isinstance(p, FancyArrowPatch)]
    assert [style == "-" for style in styles] == [True, False]


def test_the_events_come_in_the_order_of_their_years(real: Real) -> None:
    years = [int(re.findall(r"\d{4}", time.text)[0]) for time in real("figur-3")["tid"]]

    assert years == sorted(years)
    assert (years[0], years[-1]) == (1970, 2026)


def test_events_are_told_by_number_first_and_last(drawn: Draw, told: Tell) -> None:
    events = frame(
        event=["ungbo-starter", "hvpu-reformen"],
        time=said(["1974", "1988"], "B"),
        level=said(["Oslo", "nasjonalt"], "C"),
        words=said(["a", "b"], "D"),
        source=said(["c", "d"], "E"),
    )

    words = told("figur-3", figur_3.compute(events[:1], events[1:]))

    assert "2 hendelser, 1 nasjonale og 1 i Oslo, fra Ungbo starter (1974) til HVPU" in words


def test_the_triangle_stands_on_its_tip(real: Real, drawn: Draw) -> None:
    patches = drawn("figur-8", real("figur-8")).axes[0].patches

    fields = [p.get_xy() for p in patches if isinstance(p, Polygon)]
    widths = [xy[:, 0].max() - xy[:, 0].min() for xy in fields]
    assert len(fields) == 3
    assert widths == sorted(widths, reverse=True)
    assert fields[-1][2].tolist() == pytest.approx(fields[-1][3].tolist())


@pytest.fixture
def prices() -> pd.DataFrame:
    return frame(
        area=["oslo", "bydel-frogner", "kampen", "etterstad"],
        price_nok_m2=[cell(80000, "B2"), cell(100000, "B3"), cell(math.nan, "B4", symbol=".."),
                      cell(math.nan, "B5", symbol="..")],
        compared=said([".", ".", "over Oslo", "godt under Bispevika"], "C"),
    )  # fmt: skip


def test_a_price_is_compared_with_the_citys_where_both_are_printed(prices: pd.DataFrame) -> None:
    table = figur_4.compute(prices)

    assert values_of(table["over_oslo"]) == [None, 25, None, None]
    assert table["over_oslo"][1].cells == ("k:B2", "k:B3")


def test_a_printed_number_stands_beside_the_new_series(drawn: Draw, told: Tell) -> None:
    series = frame(
        area=["oslo", "oslo"], year=[2020, 2021],
        share_pct=[cell(3.6, "C2", places=1), cell(1.8, "C3", places=1)],
    )  # fmt: skip
    printed = frame(
        area=["oslo", "bergen-stavanger-og-trondheim"],
        year=[2021, 2021],
        low_pct=[cell(1.3, "D2", places=1), cell(22, "D3", places=0)],
        high_pct=[cell(1.3, "E2", places=1), cell(30, "E3", places=0)],
    )
    table = figur_5.compute(series, printed)

    rows = list(zip(table["category"], table["year"], values_of(table["andel"]), strict=True))
    assert rows == [
        *[("bergen-stavanger-og-trondheim", 2021, None), ("oslo", 2020, 3.6), ("oslo", 2021, 1.8)]
    ]
    assert values_of(table["fra"]) == [22, None, 1.3]
    assert "falt fra 3,6 prosent i 2020 til 1,8" in told("figur-5", table)
