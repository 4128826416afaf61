"""Items that go on after 2020: figur 27 with a series that ends, figur 36 and 37 by bydel."""

import re

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.items import figur_27, figur_36, figur_37
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import NBSP, frame, numbers, value_of, values_of


def register(years: list[int]) -> pd.DataFrame:
    when = [(year, month) for year in years for month in range(1, 13)]
    return frame(
        region=["oslo"] * len(when),
        year=[year for year, _ in when],
        month=[month for _, month in when],
        recipients=numbers([100 * (year - 2000) for year, _ in when], "r"),
        paid_nok=numbers([1e6] * len(when), "p"),
        mean_paid_nok_month=numbers([3000] * len(when), "m"),
    )


def municipal() -> pd.DataFrame:
    return frame(
        year=[2020],
        recipients=numbers([50], "k"),
        paid_nok=numbers([2e6], "kp"),
        mean_paid_nok_month=numbers([7000], "km"),
    )


def test_a_series_that_ends_is_missing_afterwards_and_not_zero() -> None:
    months = [(year, month) for year in (2020, 2021) for month in range(1, 13)]
    prices = frame(
        year=[year for year, _ in months],
        month=[month for _, month in months],
        price_index=numbers([100.0] * 24, "i"),
    )
    table = figur_27.compute(
        register([2020, 2021]), municipal(), prices, first_year=2020, last_year=2021
    )

    assert table["kommunal_mottakere"].iloc[0].value == 50
    assert table["kommunal_mottakere"].iloc[1].is_missing
    assert table["kommunal_mottakere"].iloc[1].symbol == ".."
    assert table["statlig_mottakere"].iloc[1].value == 2100


def test_recipients_are_measured_against_the_population_of_their_year() -> None:
    recipients = frame(
        region=["alna", "alna", "alna"], year=[2016, 2017, 2023],
        recipients=numbers([9, 10, 30], "r"),
    )  # fmt: skip
    population = frame(
        region=["alna", "alna"], year=[2017, 2023], residents=numbers([1000, 2000], "b")
    )

    table = figur_36.compute(recipients, population, years=[2017, 2023])

    assert table["per_1000"].iloc[0] is pd.NA
    assert [x.value for x in table["per_1000"].tolist()[1:]] == [10, 15]
    assert table["mottakere"].iloc[0] is pd.NA
    assert table["over_tid"].tolist()[0].value == 9
    assert table["vekst"].tolist()[2].value == pytest.approx(200)


def test_oslo_has_every_year_in_the_table_and_bydeler_those_that_are_compared() -> None:
    recipients = frame(
        region=["oslo", "oslo", "alna", "alna"], year=[2016, 2017] * 2,
        recipients=numbers([20, 30, 2, 3], "r"),
    )  # fmt: skip
    population = frame(
        region=["oslo", "alna"], year=[2017, 2017], residents=numbers([100, 10], "b")
    )

    table = figur_36.compute(recipients, population, years=[2017])

    assert values_of(table["mottakere"]) == [20, 30, None, 3]


def areas(city: float, hidden: bool = False) -> pd.DataFrame:
    """A delbydel in each bydel, a second one in Alna, and the city."""
    own = {BY_KEY[key].parent: key for key in BY_KEY if BY_KEY[key].level == "delbydel"}
    places = [own[bydel] for bydel in BYDELER]
    second = next(k for k in BY_KEY if BY_KEY[k].parent == "alna" and k not in places)
    low = [10.0] * len(places) + [30.0]
    cells = numbers([*low, city], "l")
    if hidden:
        cells[-2] = Traced.cell(float("nan"), "l:x", symbol=":")
    return frame(
        region=[*places, second, "oslo"],
        year=[2023] * len(cells),
        households=numbers([100.0] * (len(cells) - 1) + [1600.0], "h"),
        low_income=cells,
    )


def shares(table: pd.DataFrame) -> dict[str, Traced]:
    return dict(zip(table["region"], table["andel"], strict=True))


def test_a_bydel_is_the_sum_of_its_delbydeler() -> None:
    found = shares(figur_37.compute(areas(180), years=[2023]))

    assert found["alna"].value == pytest.approx(20)
    assert found["sagene"].value == pytest.approx(10)
    assert found["oslo"].value == pytest.approx(100 * 180 / 1600)


def test_a_hidden_delbydel_makes_its_bydel_missing_and_no_smaller() -> None:
    found = shares(figur_37.compute(areas(180, hidden=True), years=[2023]))

    assert found["alna"].is_missing
    assert found["alna"].symbol == ":"
    assert found["sagene"].value == pytest.approx(10)


def test_delbydeler_that_do_not_add_up_to_oslo_stop_the_item() -> None:
    with pytest.raises(KgError, match=re.escape("blir 180 til sammen, og Oslo har 181")):
        figur_37.compute(areas(181), years=[2023])


def test_the_last_year_of_a_number_is_one_that_has_it() -> None:
    texts = {2019: "50", 2020: "51", 2021: ".."}
    values = {
        f"figur-9/antall/{year}": value_of(
            f"figur-9/antall/{year}", text, None if text == ".." else float(text)
        )
        for year, text in texts.items()
    }
    store = Store(values, {"figur-9": [2019, 2021]})

    assert store.resolve("figur-9/antall/siste") == "figur-9/antall/2020"


def test_the_note_on_the_newest_months_says_the_register(
    catalog: Catalog, tables: dict[str, pd.DataFrame]
) -> None:
    rows = tables["husbanken-bostotte"]
    rows = rows[(rows["region"] == "oslo") & (rows["year"] == rows["year"].max())]
    last = rows.sort_values("month").iloc[-1]
    note = next(note for note in catalog.items["figur-27"].notes if "juli 2026" in note)

    assert (last["year"], last["month"]) == (2026, 7)
    assert f"{nb(last['recipients'].value)} husholdninger".replace(NBSP, " ") in note
    assert f"{nb(last['mean_paid_nok_month'].value)} kroner".replace(NBSP, " ") in note
    assert f"{nb(sum(v.value for v in rows['paid_nok']) / 1e6)} millioner" in note
