import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.rules.rates import (
    STATUSES,
    Outcome,
    Rate,
    RateTable,
    Working,
    last_below,
    weakest,
    with_bounds,
)
from tests.rules import law

TABLES = (
    *("bostotte", "kommunal_bostotte", "sosialhjelp", "kommunal_bolig"),
    *("grunnbelop", "skatt", "startlan"),
)


def rate(start: str, value: float, name: str = "sats", **more: Any) -> Rate:
    held = {"group": "", "unit": "kr", "status": "belagt", "source": "lov", "cell": f"k:{start}"}
    return Rate(date.fromisoformat(start), name, value=value, **(held | more))


TABLE = RateTable(
    "prøven",
    (
        rate("2022-01-01", math.nan, source="opphevet"),
        rate("2021-01-01", 20),
        rate("2020-01-01", 10),
        rate("2020-01-01", 50, "andel", unit="prosent", status="antatt"),
        rate("2020-01-01", 1, "tak", group="Oslo"),
        rate("2020-01-01", 10, "kort", valid_to=date(2020, 12, 31)),
    ),
)


@pytest.mark.parametrize(
    ("on", "value"), [("2020-01-01", 10), ("2020-12-31", 10), ("2021-01-01", 20)]
)
def test_a_rate_holds_from_its_date_to_the_next(on: str, value: float) -> None:
    assert TABLE.at(date.fromisoformat(on), "sats").value == value
    assert TABLE.at(date(2020, 12, 31), "kort").value == 10


@pytest.mark.parametrize(
    ("on", "key", "problem"),
    [
        ("2019-12-31", ["sats"], r"prøven: «sats» har ingen verdi 2019-12-31\. Det er verdier"),
        ("2030-01-01", ["sats"], r"fra 2022-01-01 «opphevet»\. Det er verdier fra 2020-01"),
        # An older rate never stands in for one that is not there.
        ("2021-01-01", ["kort"], r"den siste før gjelder til 2020-12-31\. Det er"),
        ("2021-01-01", ["satz"], r"prøven: det finnes ingen sats «satz».*sats"),
        ("2021-01-01", ["tak", "Bergen"], r"«tak» har ingen gruppe «Bergen»\. Det finnes Oslo"),
    ],
)
def test_a_rate_that_is_not_known_is_refused(on: str, key: list[str], problem: str) -> None:
    day = date.fromisoformat(on)

    assert not TABLE.knows(day, *key)
    with pytest.raises(KgError, match=problem):
        TABLE.at(day, *key)


def test_an_uncertain_rate_gives_the_amount_an_interval() -> None:
    tables = (
        RateTable("a", (rate("2020-01-01", 10, half=2.0), rate("2020-01-01", 3, "fast"))),
        RateTable("b", (rate("2020-01-01", 5, "trekk", half=1.0),)),
    )

    def compute(tables: tuple[RateTable, ...]) -> list[Outcome]:
        first, second, fixed = (Working(tables[at], date(2021, 1, 1)) for at in (0, 1, 0))
        less = first.rate("sats") * 100 - second.rate("trekk")
        return [
            Outcome(less, (), (*first.used, *second.used)),
            fixed.done(fixed.rate("fast")),
        ]

    uncertain, fixed = with_bounds(compute, tables)
    assert (uncertain.value, uncertain.below, uncertain.above) == (995, 201, 201)
    assert (fixed.below, fixed.above) == (0, 0)


def test_only_rates_that_are_used_are_kept() -> None:
    working = Working(TABLE, date(2021, 1, 1))
    working.look("andel")

    strong = working.done(working.rate("sats"), "steg")

    assert (strong.value, strong.cells, strong.steps) == (20, ("k:2021-01-01",), ("steg",))
    # A percentage is used as a share, and an outcome is as weak as its weakest rate.
    weak = working.done(working.rate("andel"))
    assert (weak.value, strong.status, weak.status) == (0.5, "belagt", "antatt")
    assert weakest([]) == "belagt"


def test_a_rule_can_build_on_another() -> None:
    working = Working(TABLE, date(2021, 1, 1))
    inner = Outcome(3, ("først",), (TABLE.rates[1],))

    outcome = working.done(working.take(inner) + 1, "så")

    assert (outcome.value, outcome.steps) == (4, ("først", "så"))
    assert outcome.rates == inner.rates


def test_all_missing_rates_are_named_at_once() -> None:
    table = RateTable("prøven", (rate("2022-01-01", 1, "a"), rate("2022-01-01", 1, "b")))
    with pytest.raises(KgError, match="2 satser har ingen verdi 2021-01-01: «a», «b»"):
        Working(table, date(2021, 1, 1)).require("a", "b")


@given(st.floats(0, 1e7))
def test_halving_finds_the_last_number_that_holds(limit: float) -> None:
    last = last_below(lambda x: x <= limit)
    assert last <= limit
    assert limit - last < 1e-6


def test_a_rule_without_a_limit_is_refused() -> None:
    with pytest.raises(KgError, match="ingen øvre grense"):
        last_below(lambda _: True)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_repository_ends_and_names_its_sources(name: str) -> None:
    rates = law(name).rates
    ends = [rate for rate in rates if math.isnan(rate.value)]

    assert {rate.status for rate in rates} <= set(STATUSES)
    assert all(rate.source and rate.unit for rate in rates)
    assert ends
    assert not law(name).knows(date(2035, 1, 1), ends[-1].name, ends[-1].group)
