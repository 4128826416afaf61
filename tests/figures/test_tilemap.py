import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kunnskapsgrunnlag.base.nb_numbers import rounded
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.figures import theme
from kunnskapsgrunnlag.figures.inline_svg import SVG_COLOURS
from kunnskapsgrunnlag.figures.tilemap import PLACES, map_words, step_of, steps, tile_map
from tests.conftest import ROOT, texts

SHARES = {key: 2.0 + 0.6 * at for at, key in enumerate(BYDELER)}
# Bydeler that share a border, and how the second lies from the first: (columns, rows).
NEIGHBOURS = {
    ("ullern", "frogner"): (1, 0),
    ("vestre-aker", "nordre-aker"): (1, 0),
    ("vestre-aker", "frogner"): (0, 1),
    ("nordre-aker", "st-hanshaugen"): (0, 1),
    ("st-hanshaugen", "sagene"): (1, 0),
    ("sagene", "grunerlokka"): (1, 0),
    ("bjerke", "grorud"): (1, 0),
    ("grorud", "stovner"): (1, 0),
    ("stovner", "alna"): (0, 1),
    ("alna", "ostensjo"): (0, 1),
    ("grunerlokka", "gamle-oslo"): (0, 1),
    ("gamle-oslo", "nordstrand"): (0, 1),
    ("nordstrand", "sondre-nordstrand"): (0, 1),
}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def fig(look: None) -> Figure:
    fig = theme.new_figure()
    fig.set_figheight(5.35)
    tile_map(fig.subplots(), SHARES, decimals=1, unit="Prosent")
    return fig


def tiles(fig: Figure) -> dict[tuple[float, float], Rectangle]:
    """The squares of the map by column and row; those of the legend are smaller."""
    found = [p for p in fig.axes[0].patches if isinstance(p, Rectangle) and p.get_width() > 0.5]
    return {(math.floor(p.get_x()), math.floor(p.get_y())): p for p in found}


def test_each_bydel_has_a_place_of_its_own() -> None:
    assert sorted(PLACES) == sorted(BYDELER)
    assert len(set(PLACES.values())) == len(BYDELER)


def test_neighbours_in_the_city_are_neighbours_on_the_map() -> None:
    ways = {(a, b): (PLACES[b][0] - PLACES[a][0], PLACES[b][1] - PLACES[a][1])
            for a, b in NEIGHBOURS}  # fmt: skip
    assert ways == NEIGHBOURS


def test_each_tile_is_square_and_holds_name_and_value(fig: Figure) -> None:
    fig.draw_without_rendering()
    found = tiles(fig)

    for key, place in PLACES.items():
        box = found[place].get_window_extent()
        inside = [
            text.get_text()
            for text in fig.axes[0].texts
            if box.x0 <= (extent := text.get_window_extent()).x0 and extent.x1 <= box.x1
            and box.y0 <= extent.y0 and extent.y1 <= box.y1
        ]  # fmt: skip
        assert box.width == pytest.approx(box.height)
        assert inside == [
            BY_KEY[key].name.replace(" ", "\n"),
            f"{rounded(SHARES[key], 1)}".replace(".", ","),
        ]


def test_name_and_value_of_a_tile_do_not_touch(fig: Figure) -> None:
    fig.draw_without_rendering()
    boxes = [text.get_window_extent() for text in fig.axes[0].texts]
    for i, a in enumerate(boxes):
        assert not any(a.overlaps(b) for b in boxes[i + 1 :])


def test_tint_follows_the_step_that_the_legend_names(fig: Figure) -> None:
    found, drawn = steps(SHARES, 1), tiles(fig)
    for key, place in PLACES.items():
        step = step_of(SHARES[key], found, 1)
        assert step
        assert step.words in texts(fig)
        assert to_hex(drawn[place].get_facecolor()) == step.fill


def test_a_missing_value_is_a_tile_without_tint_and_said_in_the_legend(look: None) -> None:
    fig = theme.new_figure()
    tile_map(fig.subplots(), SHARES | {"alna": math.nan}, decimals=1, unit="Prosent")
    assert to_hex(tiles(fig)[PLACES["alna"]].get_facecolor()) == theme.PAPER
    assert {"..", "ingen tall"} <= set(texts(fig))


@given(st.dictionaries(st.sampled_from(BYDELER), st.floats(0, 5000), min_size=1), st.integers(0, 2))
def test_every_value_lies_in_one_of_few_steps_without_gaps(
    values: dict[str, float], decimals: int
) -> None:
    found = steps(values, decimals)
    assert 1 <= len(found) <= 5
    assert all(a.high == b.low for a, b in pairwise(found))
    assert len({s.fill for s in found}) == len({s.words for s in found}) == len(found)
    for value in values.values():
        assert sum(s.low <= rounded(value, decimals) < s.high for s in found) == 1


def test_steps_are_round_and_said_without_overlap() -> None:
    found = steps({"alna": 2.1, "stovner": 10.9}, 1)
    assert [s.words for s in found] == ["2,0–3,9", "4,0–5,9", "6,0–7,9", "8,0–9,9", "10,0–11,9"]


def test_tints_darken_step_by_step_with_text_that_can_be_read_on_any_page() -> None:
    shades = [luminance(fill) for fill, _ in theme.TINTS]
    assert shades == sorted(shades, reverse=True)
    assert all(contrast(a, b) >= 1.4 for (a, _), (b, _) in pairwise(theme.TINTS))
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in theme.TINTS)
    # They do not change with the page.
    assert not {colour for tint in theme.TINTS for colour in tint} & set(SVG_COLOURS)


def pages() -> list[dict[str, str]]:
    """The colours of the light and the dark page."""
    css = Path(ROOT / "assets" / "site" / "kg.css").read_text(encoding="utf-8")
    blocks = re.findall(r"\{([^{}]*--kg-paper:[^{}]*)\}", css)
    return [dict(re.findall(r"--kg-([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def test_the_outline_of_a_tile_can_be_seen_on_light_and_dark_pages(fig: Figure) -> None:
    name = SVG_COLOURS[theme.GREY]
    assert len({page["paper"] for page in pages()}) == 2
    assert all(contrast(page[name], page["paper"]) >= 3 for page in pages())


def test_the_alt_text_names_the_darkest_and_the_lightest_or_says_that_there_are_none() -> None:
    words = map_words({"alna": 2.1, "bjerke": 2.6, "stovner": 10.9}, decimals=1)
    assert "tonet i 5 trinn" in words
    assert "Mørkest er Stovner (10,0–11,9), lysest er Bjerke og Alna (2,0–3,9)." in words
    assert "ingen tall" in map_words({"alna": math.nan}, decimals=1)
