"""Figur 23: income limits of the instruments, computed from the rate tables of the repository."""

from functools import cache
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.chart import Chart
from kunnskapsgrunnlag.items import figur_23
from kunnskapsgrunnlag.pipeline.drawing import draw_chart, words_of
from kunnskapsgrunnlag.store.values import item_values
from tests.conftest import NBSP, AnyReceipt, item_of, measure_of, texts, values_of
from tests.rules import tidy_law

INPUTS = {
    "state_rates": "bostotte",
    "municipal_rates": "kommunal_bostotte",
    "social_rates": "sosialhjelp",
    "home_rates": "kommunal_bolig",
    "base_amounts": "grunnbelop",
    "loan_rates": "startlan",
    "taxes": "skatt",
}
SETTINGS: dict[str, Any] = {
    "date": "2021-11-01",
    "rent_month": 10_000,
    "home_price": 3_000_000,
    "term_years": 50,
    "interest_pct": 2.075,
    "norm": "oslo",
    "temporary": False,
}
NOK = measure_of(unit="kr")


@pytest.fixture
def entry() -> Item:
    return item_of(
        dims=["category"],
        settings=SETTINGS,
        categories={
            "sosialhjelp": "Sosialhjelp",
            "kommunal-bostotte": "Kommunal bostøtte",
            "statlig-bostotte": "Statlig bostøtte",
            "kommunal-bolig": "Kommunal bolig",
            "startlan": "Startlån",
        },
        measures={
            **dict.fromkeys(("fra", "til", "til_maned", "avstand"), NOK),
            "status": measure_of(unit="tekst"),
        },
        table={"rows": ["category"], "columns": ["measure"]},
    )


@cache
def laws() -> dict[str, pd.DataFrame]:
    return {name: tidy_law(law) for name, law in INPUTS.items()}


@cache
def usual() -> pd.DataFrame:
    """The item as the report has it; nobody changes it."""
    return computed()


def computed(tables: dict[str, pd.DataFrame] | None = None, **settings: Any) -> pd.DataFrame:
    inputs = tables or laws()
    arguments: dict[str, Any] = {**inputs, **SETTINGS, **settings}
    return figur_23.compute(**arguments)


def test_the_limits_of_november_2021() -> None:
    table = usual()

    assert table["category"].tolist() == [
        *["sosialhjelp", "kommunal-bostotte", "statlig-bostotte", "kommunal-bolig", "startlan"]
    ]
    assert values_of(table["til"]) == pytest.approx(
        [254_335, 238_666, 263_784, 425_596, 600_000], abs=1
    )
    assert values_of(table["fra"]) == pytest.approx([0, 0, 0, 0, 334_069], abs=1)
    assert values_of(table["til_maned"])[2] == 21_982


def test_what_the_sources_say_roughly_gives_an_interval() -> None:
    """«Om lag 10 500» is good to 50 kroner a month, the cap on rent to 6 kroner a year."""
    table = usual()
    start, top, exact = table["fra"][4], table["til"][2], table["til"][3]

    assert start.low < start.value < start.high
    assert start.high - start.value == pytest.approx(start.value - start.low, rel=0.1)
    assert 600 < start.high - start.value < 1500  # 12 · 50 kroner after tax
    assert top.low < top.value < top.high
    assert top.high - top.value < 100
    assert exact.low == exact.value == exact.high


def test_the_distance_stands_on_the_row_of_startlan() -> None:
    *others, distance = usual()["avstand"]

    assert all(other is pd.NA for other in others)
    assert distance.value == pytest.approx(334_069 - 263_784, abs=1)
    assert distance.expr == f"334{NBSP}069 − 263{NBSP}784"


def test_the_distance_is_as_uncertain_as_both_its_ends() -> None:
    table = usual()
    start, top, distance = table["fra"][4], table["til"][2], table["avstand"][4]

    assert distance.low == pytest.approx(start.low - top.high)
    assert distance.high == pytest.approx(start.high - top.low)


def test_the_status_is_that_of_the_weakest_rate() -> None:
    assert [status.text for status in usual()["status"]] == [
        *["antatt", "belagt", "utledet", "belagt", "antatt"]
    ]
    assert computed(norm="statlig")["status"][0].text == "utledet"


def test_a_higher_rent_raises_only_the_limits_that_follow_it() -> None:
    low, high = (values_of(computed(rent_month=rent)["til"]) for rent in (10_000, 12_000))

    assert [b > a for a, b in zip(low, high, strict=True)] == [True, True, False, False, False]


def test_startlan_rests_on_an_assumed_interest_whatever_its_rates() -> None:
    known = tidy_law("startlan").assign(status="belagt")
    tables = laws() | {"loan_rates": known}
    row = computed(tables).iloc[-1]

    assert row["status"].text == "antatt"
    assert "2,075 prosent rente" in row["fra"].expr
    assert computed(interest_pct=3.0).iloc[-1]["fra"].value > row["fra"].value


def test_a_date_without_rates_is_refused() -> None:
    with pytest.raises(KgError, match=r"har ingen verdi 2023-06-01"):
        computed(date="2023-06-01")


def chart_of(table: pd.DataFrame, entry: Item) -> Chart:
    values = item_values(entry.key, entry, table, AnyReceipt())
    return draw_chart(figur_23, entry, table, values, 760)


@pytest.mark.usefixtures("look")
def test_the_gap_is_drawn_and_told_where_there_is_one(entry: Item) -> None:
    some, none = (chart_of(table, entry) for table in (usual(), computed(home_price=1_000_000)))

    assert f"Gap: 70{NBSP}285 kr" in texts(some.fig)
    assert f"ligger 70{NBSP}285 kroner over øvre grense" in words_of(figur_23, some)
    assert not [text for text in texts(none.fig) if text.startswith("Gap")]
    assert "startlån ligger ikke over øvre grense" in words_of(figur_23, none)


@pytest.mark.usefixtures("look")
def test_the_drawing_and_the_alt_text_say_what_is_assumed(entry: Item) -> None:
    other = entry.model_copy(update={"settings": SETTINGS | {"interest_pct": 3.25}})

    for item, interest in ((entry, "2,075"), (other, "3,250")):
        chart = chart_of(usual(), item)
        for words in (" ".join(texts(chart.fig, 1)), words_of(figur_23, chart)):
            assert f"bolig til 3{NBSP}000{NBSP}000 kr" in words
            assert f"{interest} prosent rente" in words
            assert "antatte satser: Sosialhjelp og Startlån" in words
