"""Figur 18 and 19: bydeler with their delbydeler, read back from table, drawing and words."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.items import figur_19
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


@pytest.mark.parametrize(("key", "rows", "dots"), [("figur-18", 17, 98), ("figur-19", 15, 96)])
def test_each_bydel_has_its_stroke_its_delbydeler_and_the_highest_by_name(
    computed: Compute, drawn: Draw, key: str, rows: int, dots: int
) -> None:
    table = computed(key)
    fig = drawn(key, table)
    words = texts(fig)

    assert len(rows_of(fig)) == rows
    assert [len(c.get_offsets()) for c in fig.axes[0].collections] == [dots, 15]
    for bydel in BYDELER:
        highest = next(r for r in table["region"] if BY_KEY[r].parent == bydel)
        assert any(word.startswith(f"{BY_KEY[highest].name} ") for word in words), highest


def test_the_extremes_are_told_and_how_many_have_no_number(computed: Compute, told: Tell) -> None:
    words = told("figur-19", computed("figur-19"))

    assert "Delbydelene: 96 tall, høyest Nedre Tøyen (Gamle Oslo) 41,4" in words
    assert "Bydelene: 15 tall, høyest Stovner 20,9" in words
    assert words.endswith("2 av 113 områder er uten tall.")


def test_a_figure_without_numbers_is_drawn_and_told(told: Tell) -> None:
    table = figur_19.compute(shares(grorud=float("nan"), delbydel_romsas=float("nan")))

    assert told("figur-19", table).endswith("2 av 2 områder er uten tall.")


@pytest.mark.parametrize("own", [5.0, 9.3])
def test_a_bydel_outside_its_delbydeler_names_the_cells(own: float) -> None:
    table = shares(grorud=own, delbydel_romsas=9.1, delbydel_ammerud=5.2)

    with pytest.raises(KgError, match=r"k:grorud har .* Grorud, .* fra 5,2 \(k:delbydel-ammerud"):
        figur_19.compute(table)


def test_a_bydel_within_the_rounding_of_its_delbydeler_passes() -> None:
    table = shares(grorud=9.2, delbydel_romsas=9.1, delbydel_ammerud=5.2)

    assert len(figur_19.compute(table)) == 3


def test_a_delbydel_without_a_number_may_be_the_one_that_explains_the_bydel() -> None:
    table = shares(grorud=30.0, delbydel_romsas=9.1, delbydel_ammerud=float("nan"))

    assert figur_19.compute(table)["region"].tolist()[0] == "grorud"
