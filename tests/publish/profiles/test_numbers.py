"""A level's numbers: what is summed, divided, left missing, and refused."""

from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.profiles.areas import Areas
from tests.publish.profiles.levels import level, made_up, tidy, values_of

THREE = Areas({"a": "A", "b": "B", "c": "C"}, ("riket", "Riket"))


def _rows(measure: str, numbers: dict[str, list[Any]], first: int = 2020) -> list[dict[str, Any]]:
    return [
        {"region": region, "year": first + at, measure: number}
        for region, own in numbers.items()
        for at, number in enumerate(own)
    ]


def _tables(
    recipients: dict[str, list[Any]], residents: dict[str, list[Any]]
) -> dict[str, pd.DataFrame]:
    return {
        "mottak": tidy("mottak", _rows("recipients", recipients), "recipients"),
        "folk": tidy("folk", _rows("residents", residents), "residents"),
    }


PEOPLE = {"a": [1000, 2000], "b": [1000, 1000], "c": [1000, 1000], "riket": [3000, 4000]}


def test_a_rate_names_both_cells() -> None:
    tables = _tables({"a": [10, 30], "b": [5, 5], "c": [1, 2], "riket": [16, 37]}, PEOPLE)
    values = {v.address: v for v in values_of(level({"rate": {}}), THREE, tables)}
    value = values["profil-krets/rate/a/2021"]
    assert (value.text, value.arithmetic) == ("15,0", "30 / 2\u00a0000 · 1\u00a0000")
    assert value.cells == ("folk:B3", "mottak:B3")


def test_the_denominator_may_be_of_the_year_after() -> None:
    tables = _tables({"a": [10, 30], "b": [5, 5], "c": [1, 2], "riket": [16, 37]}, PEOPLE)
    per = {"source": "folk", "columns": ["residents"], "later": 1}
    values = values_of(level({"rate": {"per": per}}), THREE, tables)
    # 2021 has no population of 2022, so it has no rate.
    assert {v.year for v in values} == {2020}
    assert next(v.text for v in values if v.region == "a") == "5,0"


def test_parts_are_summed_and_a_hidden_part_leaves_its_area_missing() -> None:
    areas = Areas(
        {"a": "A", "b": "B"}, ("riket", "Riket"),
        parts={"a1": ("A1", "a"), "a2": ("A2", "a"), "b1": ("B1", "b"), "b2": ("B2", "b")},
    )  # fmt: skip
    taken: dict[str, list[Any]] = {"a1": [4], "a2": [6], "b1": [":"], "b2": [7], "riket": [30]}
    people: dict[str, list[Any]] = {
        "a1": [100],
        "a2": [100],
        "b1": [100],
        "b2": [100],
        "riket": [400],
    }
    of = {"source": "mottak", "columns": ["recipients"], "rest": True}
    values = {
        v.region: v for v in values_of(level({"r": {"of": of}}), areas, _tables(taken, people))
    }
    assert values["a"].text == "50,0"
    assert len(values["a"].cells) == 4
    assert (values["b"].value, values["b"].text) == (None, ":")


def test_what_merged_is_summed_before_it_did() -> None:
    _, areas, tables = made_up(12)
    values = values_of(level({"r": {}}), areas, tables)
    one = next(v for v in values if v.region == "krets-0" and v.year == 2016)
    assert len(one.cells) == 4
    assert len(next(v for v in values if v.region == "krets-0" and v.year == 2021).cells) == 2


@pytest.mark.parametrize(
    ("recipients", "refused"),
    [
        ({"a": [":"], "b": [5], "c": [1], "riket": [8]}, True),  # riket less b and c
        ({"a": [":"], "b": [":"], "c": [1], "riket": [3]}, True),  # one each
        ({"a": [":"], "b": [":"], "c": [1], "riket": [8]}, False),
        ({"a": [":"], "b": [5], "c": [1], "riket": [":"]}, False),
        ({"a": [4], "b": [5], "c": [1], "riket": [10]}, False),
    ],
)
def test_what_is_hidden_cannot_be_worked_out(
    recipients: dict[str, list[Any]], refused: bool
) -> None:
    people = {key: own[:1] for key, own in PEOPLE.items()}
    wanted, tables = level({"rate": {}}), _tables(recipients, people)
    if refused:
        with pytest.raises(
            KgError, match=r"mottak: tallet for A.* 2020 er skjult, men kan regnes ut"
        ):
            values_of(wanted, THREE, tables)
    else:
        values_of(wanted, THREE, tables)


def test_where_the_whole_has_more_than_its_areas_one_may_be_hidden() -> None:
    people = {key: own[:1] for key, own in PEOPLE.items()}
    of = {"source": "mottak", "columns": ["recipients"], "rest": True}
    tables = _tables({"a": [":"], "b": [50], "c": [10], "riket": [80]}, people)
    values = values_of(level({"rate": {"of": of}}), THREE, tables)
    assert [v.text for v in values if v.region == "a"] == [":"]


def test_half_a_year_is_none() -> None:
    rows = [
        {"region": region, "year": year, "month": month, "recipients": 1}
        for region in ("a", "b", "c", "riket")
        for year, months in ((2020, 12), (2021, 7))
        for month in range(1, months + 1)
    ]
    tables = {"mottak": tidy("mottak", rows, "recipients")}
    wanted = level({"sum": {"per": None, "times": 1, "decimals": 0}})
    values = values_of(wanted, THREE, tables)
    assert {(v.year, v.text) for v in values} == {(2020, "12")}
    by_month = level({"sum": {"per": None, "times": 1, "decimals": 0, "by": "month"}})
    assert len(values_of(by_month, THREE, tables)) == 4 * 19


def test_amounts_of_earlier_years_are_in_the_kroner_of_the_last() -> None:
    prices = [
        {"year": year, "month": month, "price_index": index}
        for year, index in ((2020, 80), (2021, 100))
        for month in range(1, 13)
    ]
    tables = _tables({"a": [8, 10], "b": [8, 10], "c": [8, 10], "riket": [8, 10]}, PEOPLE)
    tables["kpi"] = tidy("kpi", prices, "price_index")
    wanted = level({"kr": {"per": None, "times": 1, "prices": "kpi"}})
    values = [v for v in values_of(wanted, THREE, tables) if v.region == "a"]
    assert [v.text for v in values] == ["10,0", "10,0"]
    # The last year needs no index.
    assert [len(v.cells) for v in values] == [25, 1]


def test_a_delivery_takes_the_place_of_an_estimate() -> None:
    rows = [{"region": region, "recipients": 8} for region in ("a", "b", "c", "riket")]
    tables = {"mottak": tidy("mottak", rows, "recipients")}
    wanted = level({"sum": {"per": None, "times": 1, "role": "estimate"}})
    made = {
        origin: {v.origin for v in values_of(wanted, THREE, tables, mottak=origin)}
        for origin in ("estimat", "leveranse")
    }
    assert made == {"estimat": {"estimat"}, "leveranse": {"leveranse"}}
    # A table without years is of the period that its source gives.
    assert {v.year for v in values_of(wanted, THREE, tables)} == {2020}
