"""Marks know which numbers they draw, from the value to the page."""

import dataclasses
import math
import re
from collections.abc import Callable
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check.marks import Drawing, marks
from kunnskapsgrunnlag.check.svg import DrawnMark, Panel, read_panels, scale_of
from kunnskapsgrunnlag.check.words import NUMBER
from kunnskapsgrunnlag.figures import theme
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.figures.svg_addresses import addresses_in
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import Tables, compute_item, value_of

# Drawings of boxes, arrows and words: they have no mark that stands for a number.
OF_WORDS = {"figur-1", "figur-2", "figur-3", "figur-8", "figur-20", "figur-33", "figur-35"}
DATA = re.compile(r'data-adresse="([^"]*)"')
Draw = Callable[[str, pd.DataFrame], Figure]


def number(at: str) -> Value:
    return value_of(f"figur-1/antall/{at}")


def page_of(fig: Figure) -> list[str]:
    svg = theme.svg_text(fig)
    page = DATA.findall(inline_drawing(Drawn(svg, svg), "figur-1", "Alt"))
    return page[: len(page) // 2]


def test_a_bar_knows_its_number(look: None) -> None:
    fig = Figure()
    bars = fig.subplots().bar([0, 1], [1, 2])
    for bar, value in zip(bars, [number("a"), number("b")], strict=True):
        mark(bar, [value])
    assert page_of(fig) == ["figur-1/antall/a", "figur-1/antall/b"]


def test_a_line_has_a_mark_where_it_has_a_number(look: None) -> None:
    fig = Figure()
    (line,) = fig.subplots().plot([2019, 2020, 2021, 2022], [1, math.nan, math.nan, 3], marker="o")
    lacking = value_of("figur-1/antall/2021", "..", None)
    mark(line, [number("2019"), None, lacking, number("2022")])
    assert page_of(fig) == ["figur-1/antall/2019", "figur-1/antall/2022"]


@pytest.mark.parametrize("count", [1, 2, 30])
def test_dots_show_two_numbers_each_however_they_are_written(look: None, count: int) -> None:
    fig = Figure()
    xs, ys = ([number(f"{axis}{n}") for n in range(count)] for axis in "xy")
    mark(fig.subplots().scatter(range(count), range(count)), xs, ys)
    assert page_of(fig) == [f"figur-1/antall/x{n} figur-1/antall/y{n}" for n in range(count)]


def test_words_have_an_address_too(look: None) -> None:
    fig = Figure()
    mark(fig.subplots().scatter([0], [0]), [value_of("figur-1/ord/a", "ja", None)])
    assert page_of(fig) == ["figur-1/ord/a"]


def test_an_id_of_matplotlibs_own_says_no_address() -> None:
    assert addresses_in("patch_3") == []
    assert addresses_in("patch_kg.figur-1.antall.a") == [["figur-1/antall/a"]]


@pytest.fixture(scope="session")
def svg_of(catalog: Catalog, tables: Tables) -> Callable[[str, Draw], str]:
    """An item's drawing, made once."""
    held: dict[str, str] = {}

    def svg(key: str, draw: Draw) -> str:
        if key not in held:
            held[key] = theme.svg_text(draw(key, compute_item(catalog, tables, key)))
        return held[key]

    return svg


@pytest.fixture
def panels_of(svg_of: Callable[[str, Draw], str], drawn: Draw) -> Callable[[str], list[Panel]]:
    return lambda key: read_panels(svg_of(key, drawn))


def charted(catalog: Catalog) -> list[str]:
    return [key for key in catalog.items if key not in OF_WORDS]


def test_marks_of_every_drawing_are_numbers_of_its_item(
    catalog: Catalog,
    real_values: dict[str, list[Value]],
    svg_of: Callable[[str, Draw], str],
    drawn: Draw,
) -> None:
    for key in catalog.items:
        found = DATA.findall(inline_drawing(Drawn(*[svg_of(key, drawn)] * 2), key, "Alt"))
        said = {address for each in found for address in each.split()}
        assert bool(said) == (key not in OF_WORDS), key
        assert said <= {r.address for r in real_values[key]}, key


def test_marks_are_drawn_as_their_numbers_are(
    catalog: Catalog,
    real_values: dict[str, list[Value]],
    panels_of: Callable[[str], list[Panel]],
) -> None:
    for key in charted(catalog):
        drawing = Drawing(catalog.items[key], real_values[key], set())
        assert [words for panel in panels_of(key) for words in marks(drawing, panel)] == [], key


def swapped(panel: Panel, at: int) -> Panel:
    """The panel with the numbers of two neighbours exchanged."""
    held = list(panel.marks)
    one, other = held[at], held[at + 1]
    held[at] = dataclasses.replace(one, addresses=other.addresses)
    held[at + 1] = dataclasses.replace(other, addresses=one.addresses)
    return dataclasses.replace(panel, marks=held)


def test_two_marks_with_each_others_numbers_are_found(
    catalog: Catalog,
    real_values: dict[str, list[Value]],
    panels_of: Callable[[str], list[Panel]],
) -> None:
    """But for neighbours whose numbers are as good as equal, every exchange is noticed."""
    tried = unnoticed = 0
    for key in charted(catalog):
        drawing = Drawing(catalog.items[key], real_values[key], set())
        held = {r.address: r.text for r in real_values[key]}
        for panel in panels_of(key):
            for at in range(len(panel.marks) - 1):
                texts = [[held[a] for a in m.addresses] for m in panel.marks[at : at + 2]]
                if panel.marks[at].addresses != panel.marks[at + 1].addresses:
                    tried += 1
                    found = bool(list(marks(drawing, swapped(panel, at))))
                    unnoticed += not found and texts[0] != texts[1]
    assert tried > 500
    assert unnoticed <= 1


def exchanged(panel: Panel, at: int, other: int) -> Panel:
    """The panel with the words of two labels in each other's place."""
    labels = list(panel.labels)
    labels[at] = dataclasses.replace(labels[at], text=panel.labels[other].text)
    labels[other] = dataclasses.replace(labels[other], text=panel.labels[at].text)
    return dataclasses.replace(panel, labels=labels)


def test_two_labels_with_each_others_numbers_are_found(
    catalog: Catalog,
    real_values: dict[str, list[Value]],
    panels_of: Callable[[str], list[Panel]],
) -> None:
    """Beside bars and rings alike, every exchange of two numbers that differ is noticed."""
    tried, unnoticed = 0, []
    for key in charted(catalog):
        drawing = Drawing(catalog.items[key], real_values[key], set())
        for panel in panels_of(key):
            if not (panel.marks and panel.up and panel.frame) or scale_of(panel.up):
                continue
            numbers = [
                at
                for at, n in enumerate(panel.labels)
                if NUMBER.fullmatch(n.text) and n.y > panel.frame[2]  # a key stands over rows
            ]
            for at, other in pairwise(numbers):
                if panel.labels[at].text != panel.labels[other].text:
                    tried += 1
                    if not list(marks(drawing, exchanged(panel, at, other))):
                        unnoticed.append((key, panel.labels[at], panel.labels[other]))
    assert tried > 250
    assert unnoticed == []


def test_a_mark_of_no_number_is_found(
    catalog: Catalog, panels_of: Callable[[str], list[Panel]]
) -> None:
    panel = Panel(marks=[DrawnMark(["figur-25/per_1000/bergen/2020"], (0, 1, 0, 1), 4)])
    drawing = Drawing(catalog.items["figur-25"], [], set())
    assert list(marks(drawing, panel)) == [
        "et merke sier figur-25/per_1000/bergen/2020, som ikke er et av tallene."
    ]
