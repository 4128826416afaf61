"""The items by bydel and delbydel: order, labels and sums, read back from table and drawing."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.figures import theme
from kunnskapsgrunnlag.items import tabell_14
from kunnskapsgrunnlag.store.display_table import ordered
from tests.conftest import cell, compute_item, frame, numbers, rows_of, texts

# Matplotlib types what an axes holds too widely to be asked about.
Draw = Callable[[str, pd.DataFrame], Any]
Tell = Callable[[str, pd.DataFrame], str]
Compute = Callable[[str], pd.DataFrame]
Picture = Callable[[str], Any]
LOANS = (60, 56, 34, 27, 36, 8, 14, 32, 35, 60, 47, 53, 27, 20, 50)


@pytest.fixture(scope="module")
def computed(catalog: Catalog, tables: dict[str, pd.DataFrame]) -> Compute:
    """An item's table from the committed snapshots, rows in the reader's order.

    The loans of the bydeler are a made delivery: the real one has not come.
    """
    whole = tables | {"levering-figur-26": delivered(tables["levering-figur-26"])}
    return cache(lambda key: ordered(compute_item(catalog, whole, key), catalog.items[key]))


@pytest.fixture(scope="module")
def picture(computed: Compute, drawn: Draw) -> Picture:
    """An item's drawing, made once; nobody changes it."""
    return cache(lambda key: drawn(key, computed(key)))


def delivered(loans: pd.DataFrame) -> pd.DataFrame:
    """Made loans for every bydel that sum to Oslo's, in the form of the delivery."""
    made = dict(zip(BYDELER, LOANS, strict=True)) | {"oslo": sum(LOANS)}
    numbers = [cell(float(made[region]), region) for region in loans["region"]]
    return loans.assign(loans=pd.Series(numbers, index=loans.index, dtype="traced"))


def by_region(table: pd.DataFrame, measure: str) -> dict[str, float]:
    return {r: v.value for r, v in zip(table["region"], table[measure], strict=True)}


@pytest.mark.parametrize(
    ("key", "measure"),
    [("tabell-13", "personer"), ("tabell-14", "personer"), ("tabell-15", "med_barn"),
     ("tabell-16", "med_barn")],
)  # fmt: skip
def test_bydeler_are_drawn_in_the_order_of_the_measure(
    computed: Compute, picture: Picture, key: str, measure: str
) -> None:
    table = computed(key)
    values = by_region(table, measure)

    expected = sorted((values[r] for r in BYDELER), reverse=True)
    names = {BY_KEY[r].name: values[r] for r in BYDELER}
    assert [names[name] for name in rows_of(picture(key))] == expected


def along_x(fig: Any) -> list[float]:
    """Where the upright lines of a drawing's rows stand."""
    lines = [line.get_xdata() for line in fig.axes[0].lines if line.get_marker() == "None"]
    return sorted(x[0] for x in lines if len(x) == 2 and x[0] == x[1])


@pytest.mark.parametrize(
    ("key", "lines", "names"),
    [("tabell-14", [4.7, 6.0], ["Oslo 4,7", "Oslo 6,0"]),
     ("tabell-16", [3.8, 8.1], ["Oslo 3,8", "Oslo 8,1"])],
)  # fmt: skip
def test_reference_lines_stand_at_their_value_and_are_named(
    picture: Picture, key: str, lines: list[float], names: list[str]
) -> None:
    fig = picture(key)

    assert set(lines) <= set(along_x(fig))
    assert [word for word in texts(fig) if word in names] == names


@pytest.mark.parametrize("key", ["tabell-14", "tabell-16"])
def test_both_numbers_of_a_row_stand_beside_it(
    computed: Compute, picture: Picture, key: str
) -> None:
    first, second = list(computed(key).columns)[1:3]
    rows: Any = computed(key).set_index("region")
    words = texts(picture(key))
    order = [next(r for r in BYDELER if BY_KEY[r].name == name) for name in rows_of(picture(key))]

    for measure in (first, second):
        column = [nb(rows.loc[region, measure].value, 1) for region in order]
        assert any(words[at : at + len(column)] == column for at in range(len(words)))


def test_households_with_and_without_children_add_up_to_oslo(computed: Compute) -> None:
    total = by_region(computed("tabell-15"), "i_alt")

    assert total["oslo"] == 15230
    assert sum(total[r] for r in (*BYDELER, "uoppgitt")) == 15230


def test_delbydeler_stand_below_their_bydel_the_highest_first(computed: Compute) -> None:
    table = computed("figur-18")
    values = by_region(table, "andel")
    own = [values[r] for r in table["region"] if r in BYDELER]

    assert own == sorted(own, reverse=True)
    stovner = [r for r in table["region"] if r == "stovner" or BY_KEY[r].parent == "stovner"]
    assert stovner[0] == "stovner"
    inside = [values[r] for r in stovner[1:]]
    assert inside == sorted(inside, reverse=True)


def test_figur_26_draws_no_relation_before_the_loans_are_delivered(
    catalog: Catalog, tables: dict[str, pd.DataFrame], drawn: Draw, told: Tell
) -> None:
    table = ordered(compute_item(catalog, tables, "figur-26"), catalog.items["figur-26"])

    rates = {row["region"]: nb(row["per_1000"].value, 1) for row in table.to_dict("records")}
    assert rates == {"ullern": "0,2", "grorud": "2,2", "oslo": "0,8"}
    apart = table[table["region"] != "oslo"]
    assert apart["vanskeligstilte"].isna().all()
    assert apart["per_1000_vanskeligstilte"].isna().all()
    ax = drawn("figur-26", table).axes[0]
    assert not ax.collections
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Grorud", "Ullern"]
    assert "Grorud 2,2, Ullern 0,2 og Oslo 0,8" in told("figur-26", table)


def test_figur_26_keeps_a_bydel_that_is_missing_in_the_delivery(
    catalog: Catalog, tables: dict[str, pd.DataFrame]
) -> None:
    loans = delivered(tables["levering-figur-26"])
    missing = cell(math.nan, "x", symbol="..")
    loans["loans"] = loans["loans"].mask(loans["region"] == "alna", missing)

    table = compute_item(catalog, tables | {"levering-figur-26": loans}, "figur-26")

    assert len(table) == len(BYDELER) + 1
    assert table["vanskeligstilte"].notna().all()


@pytest.mark.parametrize(
    "key", ["tabell-13", "tabell-14", "tabell-15", "tabell-16", "figur-26", "figur-32"]
)
def test_a_missing_number_and_a_missing_oslo_leave_a_drawing(
    computed: Compute, drawn: Draw, told: Tell, key: str
) -> None:
    table = computed(key).query("region != 'oslo'").reset_index(drop=True)
    missing = cell(math.nan, "x", symbol="..")
    for measure in [c for c in table.columns if c not in ("region", "year")]:
        table[measure] = table[measure].mask(table["region"] == "alna", missing)

    fig = drawn(key, table)
    theme.svg_text(fig)

    assert fig.axes[0].get_xlim()[1] > 1
    assert "nan" not in told(key, table)
    assert "Alna .." not in told(key, table)


def test_dwellings_are_counted_for_each_1000_residents_of_the_same_area(computed: Compute) -> None:
    counted = computed("figur-32").query("year == 2019")

    assert by_region(counted, "per_1000")["oslo"] == pytest.approx(12962 / 693.494)


def test_the_cap_of_figur_28_is_that_of_the_regulation(computed: Compute) -> None:
    table = computed("figur-28")

    first, newest = (table[table["year"] == year]["tak"] for year in (2021, 2026))
    assert round(newest.iloc[0].value) == 10018
    assert [round(v.value) for v in first] == [8086, 9621, 10491, 11361, 12231]
    assert all(22 <= round(v.value) <= 28 for v in table["utenfor"].dropna())


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
    with pytest.raises(KgError, match=r"s:bjerke har .* Bjerke, og \S*p:bjerke har 2.560"):
        tabell_14.compute(**agreeing(share), year=2020)
