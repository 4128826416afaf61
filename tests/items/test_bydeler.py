"""The items by bydel and delbydel: order, labels and sums, read back from table and drawing."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.charts import _free_place, _overlap
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.items import tabell_14
from kunnskapsgrunnlag.sheet import _ordered
from kunnskapsgrunnlag.tidy.regions import BY_KEY, BYDELER
from tests.conftest import cell, compute_item, frame, numbers, rows_of, texts

# Matplotlib types what an axes holds too widely to be asked about.
Draw = Callable[[str, pd.DataFrame], Any]
Tell = Callable[[str, pd.DataFrame], str]
Compute = Callable[[str], pd.DataFrame]


@pytest.fixture
def computed(catalog: Catalog, tables: dict[str, pd.DataFrame]) -> Compute:
    """An item's table from the committed snapshots, rows in the reader's order."""
    return lambda key: _ordered(compute_item(catalog, tables, key), catalog.items[key])


def by_region(table: pd.DataFrame, measure: str) -> dict[str, float]:
    return {r: v.value for r, v in zip(table["region"], table[measure], strict=True)}


@pytest.mark.parametrize(
    ("key", "measure"),
    [("tabell-13", "personer"), ("tabell-14", "personer"), ("tabell-15", "i_alt"),
     ("tabell-16", "med_barn")],
)  # fmt: skip
def test_bydeler_are_drawn_in_the_order_of_the_measure(
    computed: Compute, drawn: Draw, key: str, measure: str
) -> None:
    table = computed(key)
    values = by_region(table, measure)

    expected = sorted((values[r] for r in BYDELER), reverse=True)
    names = {BY_KEY[r].name: values[r] for r in BYDELER}
    assert [names[name] for name in rows_of(drawn(key, table))] == expected


@pytest.mark.parametrize("key", ["tabell-14", "tabell-16"])
def test_reference_lines_are_named(computed: Compute, drawn: Draw, key: str) -> None:
    words = texts(drawn(key, computed(key)))

    assert any(word.startswith("Oslo") for word in words)


@pytest.mark.parametrize("key", ["tabell-14", "tabell-15", "tabell-16"])
def test_two_series_differ_in_shape_and_filling(computed: Compute, drawn: Draw, key: str) -> None:
    first, second = drawn(key, computed(key)).axes[0].collections[:2]

    assert first.get_paths()[0].vertices.shape != second.get_paths()[0].vertices.shape
    assert first.get_facecolor()[0].tolist() != second.get_facecolor()[0].tolist()


def test_households_with_and_without_children_add_up_to_oslo(computed: Compute) -> None:
    total = by_region(computed("tabell-15"), "i_alt")

    assert total["oslo"] == 15230
    assert sum(total[r] for r in (*BYDELER, "uoppgitt")) == 15230


def test_every_delbydel_is_a_dot_and_a_row(computed: Compute, drawn: Draw) -> None:
    table = computed("figur-18")
    dots = sum(len(c.get_offsets()) for c in drawn("figur-18", table).axes[0].collections)

    areas = [r for r in table["region"] if BY_KEY[r].parent]
    assert len(areas) == 98
    assert dots == 98


def test_delbydeler_stand_below_their_bydel_the_highest_first(computed: Compute) -> None:
    table = computed("figur-18")
    values = by_region(table, "andel")
    own = [values[r] for r in table["region"] if r in BYDELER]

    assert own == sorted(own, reverse=True)
    stovner = [r for r in table["region"] if r == "stovner" or BY_KEY[r].parent == "stovner"]
    assert stovner[0] == "stovner"
    inside = [values[r] for r in stovner[1:]]
    assert inside == sorted(inside, reverse=True)


@pytest.mark.parametrize("key", ["figur-26", "figur-32"])
def test_every_bydel_is_named_once(computed: Compute, drawn: Draw, key: str) -> None:
    words = texts(drawn(key, computed(key)))

    for region in BYDELER:
        assert words.count(BY_KEY[region].name) == 1


def test_names_of_points_do_not_cover_each_other(computed: Compute, drawn: Draw) -> None:
    fig = drawn("figur-26", computed("figur-26"))
    fig.canvas.draw()
    names = {BY_KEY[r].name for r in BYDELER}
    boxes = [t.get_window_extent() for t in fig.axes[0].texts if t.get_text() in names]

    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert wide < 3 or high < 3  # dots of the screen; boxes have room above the letters


def test_a_taken_place_is_left_alone() -> None:
    _, _, first = _free_place(50, 50, 40, [])
    _, _, second = _free_place(50, 50, 40, [first])

    assert _overlap(first, second) == 0


def test_the_cap_of_figur_28_is_that_of_the_regulation(computed: Compute) -> None:
    table = computed("figur-28")

    assert [round(v.value) for v in table["tak"]] == [8086, 9621, 10491, 11361, 12231]
    assert all(any(c.startswith("regler-bostotte:") for c in v.cells) for v in table["tak"])
    assert all(22 <= round(v.value) <= 28 for v in table["utenfor"])


def agreeing(share: float) -> dict[str, Any]:
    regions = [*BYDELER, "oslo"]
    return {
        "shares": frame(
            region=regions,
            persons_pct=[cell(share if r == "bjerke" else 8.0, f"s:{r}") for r in regions],
            households_pct=numbers([5.0] * len(regions), "h"),
        ),
        "national": frame(
            region=["hele-landet"], year=[2020],
            persons_pct=numbers([3.4]), households_pct=numbers([2.8], "w"),
        ),
        "persons": frame(region=regions, persons=[cell(2560, f"p:{r}") for r in regions]),
        "population": frame(
            region=regions, year=[2020] * len(regions), residents=numbers([33000.0] * len(regions))
        ),
    }  # fmt: skip


def test_shares_that_agree_with_the_counts_pass() -> None:
    assert len(tabell_14.compute(**agreeing(8.1), year=2020)) == len(BYDELER) + 2


@pytest.mark.parametrize("share", [45.0, 2.0])
def test_a_share_that_the_count_contradicts_names_both_cells(share: float) -> None:
    with pytest.raises(KgError, match=r"s:bjerke says .* Bjerke, and \S*p:bjerke says 2.560"):
        tabell_14.compute(**agreeing(share), year=2020)


def test_the_alt_text_of_figur_19_names_highest_and_lowest(
    computed: Compute, told: Tell, catalog: Catalog
) -> None:
    words = told("figur-19", computed("figur-19"))

    assert "96 delbydeler" in words
    assert "Nedre Tøyen (Gamle Oslo) med 41,4 prosent" in words
