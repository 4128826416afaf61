"""Items that are new in 2026: need for a home by bydel and situation, costs over the cap."""

import pandas as pd
import pytest

from kunnskapsgrunnlag.items import figur_38, figur_39, figur_40
from tests.conftest import cell, frame, numbers, values_of


def test_figur_38_compares_the_two_surveys() -> None:
    need = frame(
        region=["alna", "alna", "grorud", "grorud"],
        year=[2022, 2024, 2022, 2024],
        households=numbers([200, 400, 190, 140], "h"),
        municipal=[
            cell(172, "a"),
            cell(339, "b"),
            cell(117, "c"),
            cell(float("nan"), "d", symbol=":"),
        ],
    )

    table = figur_38.compute(need, years=[2022, 2024])

    assert values_of(table["vekst"]) == [None, 100, None, pytest.approx(-26.3, abs=0.02)]
    assert values_of(table["kommunal_vekst"])[1] == pytest.approx(97.1, abs=0.01)
    hidden = table["kommunal_vekst"].iloc[3]
    assert hidden.is_missing
    assert hidden.symbol == ":"


def test_figur_39_leaves_out_those_who_have_a_home() -> None:
    situations = frame(
        situation=["uten-bolig", "eier", "ute", "nasjonal-definisjon"],
        households=numbers([200, 50, 40, 150], "h"),
    )

    table = figur_39.compute(situations)

    assert table["category"].tolist() == ["uten-bolig", "ute", "nasjonal-definisjon"]
    assert values_of(table["andel"]) == [None, 20, None]


@pytest.fixture
def register() -> pd.DataFrame:
    """Two years of two regions; half of the household months in Oslo lie over the cap in 2025."""
    rows = [(r, y, m) for r in ("oslo", "hele-landet") for y in (2024, 2025) for m in range(1, 13)]
    over = [50.0 if (r, y) == ("oslo", 2025) else 40.0 for r, y, _ in rows]
    return frame(
        region=[r for r, _, _ in rows],
        year=[y for _, y, _ in rows],
        month=[m for _, _, m in rows],
        recipients=numbers([100.0] * len(rows), "r"),
        over_cap=numbers(over, "o"),
        mean_rent_nok_month=numbers([1000.0 + y - 2024 + m for _, y, m in rows], "m"),
    )


def test_figur_40_weighs_the_year_by_its_months_and_takes_cost_and_cap_of_november(
    register: pd.DataFrame,
) -> None:
    rates = frame(
        name=["øvre boutgift", "tillegg i øvre boutgift"],
        group=["1 person", "Oslo"],
        valid_from=["2025-06-01", "2024-06-01"],
        value=numbers([9600.0, 2400.0], "s"),
    )
    prices = frame(year=[2024, 2025], month=[11, 11], price_index=numbers([90.0, 100.0], "k"))

    table = figur_40.compute(register, rates, prices, first_year=2024, last_year=2025)

    assert values_of(table["over_tak"]) == [40, 50, 40, 40]
    assert values_of(table["avstand"]) == [0, 10, None, None]
    assert values_of(table["boutgift"]) == [1011, 1012, 1011, 1012]
    assert values_of(table["boutgift_faste"])[:2] == [pytest.approx(1011 / 0.9), 1012]
    # No rate before June 2025, none for larger households, and no single cap for the country.
    assert values_of(table["tak_en"]) == [None, 1000, None, None]
    assert values_of(table["tak_fem"]) == [None] * 4
