"""Figur 18 and 19: bydeler with their delbydeler, read back from table, drawing and words."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.items import figur_18, figur_19
from kunnskapsgrunnlag.items.delbydeler import ordered
from tests.conftest import cell, compute_item, frame, rows_of, texts

KEYS = ["figur-18", "figur-19"]
# Matplotlib types what an axes holds too widely to be asked about.
Draw = Callable[[str, pd.DataFrame], Any]
Tell = Callable[[str, pd.DataFrame], str]
Compute = Callable[[str], pd.DataFrame]


@pytest.fixture
def computed(catalog: Catalog, tables: dict[str, pd.DataFrame]) -> Compute:
    return lambda key: compute_item(catalog, tables, key)


def shares(**said: float) -> pd.DataFrame:
    """Shares by region; `delbydel_x` is the delbydel x."""
    regions = [key.replace("_", "-") for key in said]
    return frame(
        region=regions,
        children_pct=[
            cell(value, at, half_width=0.05, symbol="" if value == value else "..")
            for at, value in zip(regions, said.values(), strict=True)
        ],
    )


def numbers_of(table: pd.DataFrame) -> dict[str, float]:
    return {r: v.value for r, v in zip(table["region"], table["andel"], strict=True)}


@pytest.mark.parametrize("key", KEYS)
def test_bydeler_stand_by_their_own_share_and_delbydeler_below_them(
    computed: Compute, key: str
) -> None:
    found = numbers_of(computed(key))

    own = [value for region, value in found.items() if region in BYDELER]
    assert len(own) == 15
    assert own == sorted(own, reverse=True)
    bydeler = [BY_KEY[region].parent or region for region in found]
    for bydel in BYDELER:
        first = bydeler.index(bydel)
        group = [*found][first : first + bydeler.count(bydel)]
        assert group[0] == bydel
        assert {BY_KEY[region].parent for region in group[1:]} == {bydel}
        inside = [found[region] for region in group[1:]]
        assert inside == sorted(inside, reverse=True)


def test_a_bydel_without_a_share_stands_where_its_highest_delbydel_puts_it() -> None:
    table = shares(
        delbydel_sentrum=8.0, grorud=9.0, delbydel_romsas=9.0, alna=7.0, delbydel_tveita=20.0
    )

    found = ordered(table.rename(columns={"children_pct": "andel"}))["region"].tolist()

    assert found == ["grorud", "delbydel-romsas", "delbydel-sentrum", "alna", "delbydel-tveita"]


@pytest.mark.parametrize(("key", "rows"), [("figur-18", 17), ("figur-19", 15)])
def test_each_bydel_is_a_row_with_its_stroke(
    computed: Compute, drawn: Draw, key: str, rows: int
) -> None:
    table = computed(key)
    found = numbers_of(table)
    fig = drawn(key, table)

    names = rows_of(fig)
    assert len(names) == rows
    strokes = {line.get_ydata()[0]: line.get_xdata() for line in fig.axes[0].lines
               if line.get_xdata()[0] == line.get_xdata()[1]}  # fmt: skip
    assert len(strokes) == 15
    for at, (left, _) in strokes.items():
        key_of = next(r for r in BYDELER if BY_KEY[r].name == names[round(at)])
        assert left == found[key_of]


@pytest.mark.parametrize("key", KEYS)
def test_the_extremes_of_each_bydel_are_named_and_apart(
    computed: Compute, drawn: Draw, key: str
) -> None:
    table = computed(key)
    fig = drawn(key, table)
    fig.canvas.draw()
    words = texts(fig)

    for bydel in BYDELER:
        rows = table[[BY_KEY[r].parent == bydel for r in table["region"]]]
        for region in (rows["region"].iloc[0], rows["region"].iloc[-1]):
            assert any(word.startswith(f"{BY_KEY[region].name} ") for word in words), region
    boxes = [text.get_window_extent() for text in fig.axes[0].texts]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
    assert all(fig.bbox.x0 <= box.x0 and box.x1 <= fig.bbox.x1 for box in boxes)


def test_both_figures_share_one_drawing_and_one_description() -> None:
    assert figur_18.draw is figur_19.draw
    assert figur_18.describe is figur_19.describe


def test_the_description_names_the_extremes_of_bydeler_and_delbydeler(
    computed: Compute, told: Tell
) -> None:
    words = told("figur-19", computed("figur-19"))

    assert "Høyest av bydelene er Stovner med 20,9 prosent, lavest er Vestre Aker" in words
    assert "Høyest av delbydelene er Nedre Tøyen (Gamle Oslo) med 41,4 prosent" in words
    assert words.endswith("2 av 113 områder er uten tall.")


def test_a_figure_without_numbers_is_drawn_and_told(drawn: Draw, told: Tell) -> None:
    table = figur_19.compute(shares(grorud=float("nan"), delbydel_romsas=float("nan")))

    assert rows_of(drawn("figur-19", table)) == []
    assert told("figur-19", table).endswith("2 av 2 områder er uten tall.")


@pytest.mark.parametrize("own", [5.0, 9.3])
def test_a_bydel_outside_its_delbydeler_names_the_cells(own: float) -> None:
    table = shares(grorud=own, delbydel_romsas=9.1, delbydel_ammerud=5.2)

    with pytest.raises(KgError, match=r"k:grorud says .* Grorud, .* from 5,2 \(k:delbydel-ammerud"):
        figur_19.compute(table)


def test_a_bydel_within_the_rounding_of_its_delbydeler_passes() -> None:
    table = shares(grorud=9.2, delbydel_romsas=9.1, delbydel_ammerud=5.2)

    assert len(figur_19.compute(table)) == 3


def test_a_delbydel_without_a_number_may_be_the_one_that_explains_the_bydel() -> None:
    table = shares(grorud=30.0, delbydel_romsas=9.1, delbydel_ammerud=float("nan"))

    assert figur_19.compute(table)["region"].tolist()[0] == "grorud"
