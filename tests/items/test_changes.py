"""Items about how counts and shares move over the years: tabell 11, 12, 24, 30 and figur 27."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.items import figur_27, tabell_11, tabell_12, tabell_24, tabell_30
from kunnskapsgrunnlag.store.traced import Traced
from tests.conftest import columns_of, frame, numbers, spaced, texts, values_of


def prices() -> pd.DataFrame:
    """80 in each month of 2019 and 100 in each of 2020."""
    when = [(year, month) for year in (2019, 2020) for month in range(1, 13)]
    return frame(
        year=[year for year, _ in when],
        month=[month for _, month in when],
        price_index=numbers([80.0] * 12 + [100.0] * 12, "i"),
    )


Draw = Callable[[str, pd.DataFrame], Figure]
Tell = Callable[[str, pd.DataFrame], str]


@pytest.fixture
def disadvantaged() -> pd.DataFrame:
    return frame(
        region=["oslo", "oslo", "hele-landet", "hele-landet"],
        year=[2019, 2020, 2019, 2020],
        persons=numbers([400, 300, 1000, 1200], "p"),
        households=numbers([100, 125, 500, 500], "h"),
    )


@pytest.fixture
def shares() -> pd.DataFrame:
    return frame(
        region=["oslo", "oslo", "hele-landet", "hele-landet"],
        year=[2019, 2020, 2019, 2020],
        persons_pct=numbers([6.6, 6.0, 3.3, 3.0], "p"),
        households_pct=numbers([4.8, 4.8, 2.4, 2.8], "h"),
    )


@pytest.fixture
def granted() -> pd.DataFrame:
    return frame(
        year=[2019, 2020],
        loans=numbers([500, 550], "l"),
        loans_nok=numbers([1_000_000_000, 1_210_000_000], "a"),
        grants=numbers([200, 100], "g"),
        grants_nok=numbers([100_000_000, 60_000_000], "b"),
    )


@pytest.fixture
def register() -> pd.DataFrame:
    """Two years of twelve months; the amount of month m is m million, doubled in 2020."""
    when = [(year, month) for year in (2019, 2020) for month in range(1, 13)]
    return frame(
        region=["oslo"] * 24,
        year=[year for year, _ in when],
        month=[month for _, month in when],
        recipients=numbers([1000 * month + year for year, month in when], "r"),
        paid_nok=numbers([month * 1e6 * (year - 2018) for year, month in when], "p"),
        mean_paid_nok_month=numbers([float(100 * month) for _, month in when], "m"),
    )


@pytest.fixture
def municipal() -> pd.DataFrame:
    return frame(
        year=[2019, 2020],
        recipients=numbers([500, 600], "kr"),
        paid_nok=numbers([494e6, 518e6], "kp"),
        mean_paid_nok_month=numbers([7413, 7383], "km"),
    )


def test_tabell_11_gives_change_and_share_of_the_country(disadvantaged: pd.DataFrame) -> None:
    table = tabell_11.compute(disadvantaged)

    assert values_of(table["personer_endring"]) == [None, -100, None, 200]
    assert values_of(table["personer_andel"]) == [40, 25, None, None]
    assert values_of(table["husholdninger_andel"]) == [20, 25, None, None]


def test_tabell_11_leaves_its_input_alone(disadvantaged: pd.DataFrame) -> None:
    before = disadvantaged.copy()

    tabell_11.compute(disadvantaged)

    pd.testing.assert_frame_equal(disadvantaged, before)


def test_tabell_11_draws_change_and_tells_counts(
    disadvantaged: pd.DataFrame, drawn: Draw, told: Tell
) -> None:
    table = tabell_11.compute(disadvantaged)

    assert texts(drawn("tabell-11", table))[:4] == ["Oslo", "300", "Hele landet", spaced("1 200")]
    assert "Personer: Oslo: falt fra 400 i 2019 til 300 i 2020." in told("tabell-11", table)


def test_tabell_12_gives_the_change_since_the_first_year(shares: pd.DataFrame) -> None:
    table = tabell_12.compute(shares)

    assert values_of(table["personer_endring"]) == [
        *[None, pytest.approx(-0.6)],
        *[None, pytest.approx(-0.3)],
    ]


def test_tabell_12_compares_oslo_with_the_country(shares: pd.DataFrame) -> None:
    table = tabell_12.compute(shares)

    assert values_of(table["personer_forhold"]) == [pytest.approx(2), pytest.approx(2), None, None]


def test_tabell_12_names_its_lines_at_their_ends(shares: pd.DataFrame, drawn: Draw) -> None:
    fig = drawn("tabell-12", tabell_12.compute(shares))

    assert texts(fig, 0) == ["Oslo", "6,0", "Hele landet", "3,0", "Personer (prosent)"]
    assert texts(fig, 1)[:4] == ["Oslo", "4,8", "Hele landet", "2,8"]
    assert fig.axes[0].get_ylim() == fig.axes[1].get_ylim()


def test_tabell_12_says_when_a_share_did_not_move(shares: pd.DataFrame, told: Tell) -> None:
    words = told("tabell-12", tabell_12.compute(shares))

    assert "Personer (prosent): Oslo: falt fra 6,6 prosent i 2019 til 6,0 prosent i 2020." in words
    assert "Husholdninger (prosent): Oslo: 4,8 prosent i både 2019 og 2020." in words
    assert "Hele landet: økte fra 2,4 prosent" in words


def test_tabell_24_divides_amounts_by_numbers(granted: pd.DataFrame) -> None:
    table = tabell_24.compute(granted)

    assert values_of(table["startlan_snitt"]) == [2_000_000, 2_200_000]
    assert values_of(table["tilskudd_snitt"]) == [500_000, 600_000]
    assert values_of(table["startlan_belop"]) == [1000, 1210]


def test_tabell_24_traces_a_mean_to_amount_and_number(granted: pd.DataFrame) -> None:
    mean: Traced = tabell_24.compute(granted)["startlan_snitt"].iloc[0]

    assert mean.cells == ("k:a0", "k:l0")
    assert mean.expr == spaced("1 000 000 000") + " / 500"


def test_tabell_24_gives_growth_and_change(granted: pd.DataFrame) -> None:
    table = tabell_24.compute(granted)

    assert values_of(table["startlan_snitt_vekst"]) == [None, pytest.approx(10)]
    assert values_of(table["tilskudd_belop_endring"]) == [None, -40]


def test_tabell_24_draws_number_and_mean_of_both(granted: pd.DataFrame, drawn: Draw) -> None:
    fig = drawn("tabell-24", tabell_24.compute(granted))

    assert texts(fig)[:4] == ["Antall", "550", "Gjennomsnitt, kr", spaced("2 200 000")]
    assert texts(fig, 1)[:4] == ["Antall", "100", "Gjennomsnitt, kr", spaced("600 000")]


def test_figur_27_takes_december_and_sums_the_year(
    register: pd.DataFrame, municipal: pd.DataFrame
) -> None:
    table = figur_27.compute(register, municipal, prices(), first_year=2019, last_year=2020)

    assert values_of(table["statlig_mottakere"]) == [14019, 14020]
    assert values_of(table["statlig_utbetalt"]) == [78, 156]
    assert values_of(table["statlig_snitt"]) == [1200, 1200]


def test_figur_27_follows_the_years_that_are_asked_for(
    register: pd.DataFrame, municipal: pd.DataFrame
) -> None:
    table = figur_27.compute(register, municipal, prices(), first_year=2020, last_year=2020)

    assert table["year"].tolist() == [2020]


def test_figur_27_gives_changes_of_both_schemes(
    register: pd.DataFrame, municipal: pd.DataFrame
) -> None:
    last = figur_27.compute(register, municipal, prices(), first_year=2019, last_year=2020).iloc[1]

    assert last["statlig_mottakere_endring"].value == 1
    assert last["statlig_utbetalt_endring"].value == 78
    assert last["kommunal_utbetalt_endring"].value == 24
    assert last["kommunal_mottakere_vekst"].value == pytest.approx(20)
    assert last["statlig_snitt_vekst"].value == 0


def test_figur_27_refuses_a_part_of_a_year(register: pd.DataFrame, municipal: pd.DataFrame) -> None:
    with pytest.raises(KgError, match=r"mangler «paid_nok» .* først for year «2020»"):
        figur_27.compute(
            register.drop(index=13), municipal, prices(), first_year=2019, last_year=2020
        )


def test_figur_27_draws_both_schemes_in_three_panels(
    register: pd.DataFrame, municipal: pd.DataFrame, drawn: Draw
) -> None:
    table = figur_27.compute(register, municipal, prices(), first_year=2019, last_year=2020)

    fig = drawn("figur-27", table)

    assert [texts(fig, n)[:4] for n in range(3)] == [
        ["Statlig", spaced("14 020"), "Kommunal", "600"],
        ["Statlig", "156", "Kommunal", "518"],
        ["Statlig", spaced("1 200"), "Kommunal", spaced("7 383")],
    ]
    assert [to_hex(str(line.get_color())) for line in fig.axes[0].lines[:2]] == [
        look.MAIN,
        look.SECOND,
    ]
    assert columns_of(fig) == ["2019", "2020"]


def test_figur_27_tells_first_and_last_year(
    register: pd.DataFrame, municipal: pd.DataFrame, told: Tell
) -> None:
    words = told(
        "figur-27", figur_27.compute(register, municipal, prices(), first_year=2019, last_year=2020)
    )

    assert "Kommunal: økte fra 500 i 2019 til 600 i 2020." in words
    assert "Statlig: økte fra 78 millioner kroner i 2019 til 156 millioner kroner" in words


def test_tabell_30_is_in_millions_with_change_and_growth() -> None:
    table = tabell_30.compute(
        frame(year=[2018, 2019, 2020], paid_nok=numbers([700e6, 770e6, 735e6]))
    )

    assert values_of(table["belop"]) == [700, 770, 735]
    assert values_of(table["endring"]) == [None, 70, -35]
    assert values_of(table["vekst"]) == [None, pytest.approx(10), pytest.approx(5)]


def test_tabell_30_draws_and_tells_every_year(drawn: Draw, told: Tell) -> None:
    table = tabell_30.compute(frame(year=[2019, 2020], paid_nok=numbers([708e6, 769e6])))

    fig = drawn("tabell-30", table)

    assert (columns_of(fig), texts(fig)[:2]) == (["2019", "2020"], ["708", "769"])
    assert told("tabell-30", table).endswith("2019 708 og 2020 769.")


def test_figur_27_tells_amounts_in_the_prices_of_the_last_year(
    register: pd.DataFrame, municipal: pd.DataFrame
) -> None:
    table = figur_27.compute(register, municipal, prices(), first_year=2019, last_year=2020)

    assert values_of(table["statlig_utbetalt_faste"]) == [pytest.approx(78 / 0.8), 156]
    assert values_of(table["statlig_snitt_faste"]) == [1500, 1200]
    assert values_of(table["statlig_snitt_faste_vekst"]) == [None, pytest.approx(-20)]
