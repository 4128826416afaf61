"""One year for all that a claim reads, and what is missing is missing."""

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.judge import judge
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Years
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import store_of, value_of


def series(item: str, first: int, *values: float | None) -> list[Value]:
    return [
        value_of(f"{item}/v/{year}", ".." if value is None else f"{value:g}", value, year=year)
        for year, value in enumerate(values, first)
    ]


def ask(
    catalog: Catalog, text: str, numbers: Store, limits: dict[str, int] | None = None
) -> tuple[Verdict, Years]:
    return judge(parse_claim(text), Numbers(numbers, catalog), limits or {})


def test_the_last_year_is_the_one_that_all_numbers_have(catalog: Catalog) -> None:
    numbers = store_of({"tabell-1": series("tabell-1", 2018, 1, 2, 3),
                        "tabell-2": series("tabell-2", 2018, 5, 1)})  # fmt: skip
    verdict, years = ask(catalog, "tabell-1/v/siste over tabell-2/v/siste", numbers)
    assert verdict.holds is True
    assert years == {"tabell-1": {"siste": 2019}, "tabell-2": {"siste": 2019}}


def test_a_claim_follows_the_year_of_its_sentence(catalog: Catalog) -> None:
    numbers = store_of({"tabell-1": series("tabell-1", 2018, 1, 2, 3)})
    verdict, years = ask(catalog, "øker(tabell-1/v/første..siste)", numbers, {"siste": 2019})
    assert years["tabell-1"]["siste"] == 2019
    assert [value.year for value in verdict.numbers] == [2018, 2019]


def test_a_fixed_period_does_not_move_when_a_year_comes(catalog: Catalog) -> None:
    text = "faller hvert år(tabell-1/v/2016..2018)"
    before = store_of({"tabell-1": series("tabell-1", 2016, 3, 2, 1)})
    after = store_of({"tabell-1": series("tabell-1", 2016, 3, 2, 1, 9)})
    assert ask(catalog, text, before)[0].holds is ask(catalog, text, after)[0].holds is True


def test_where_no_year_has_all_numbers_the_claim_is_open(catalog: Catalog) -> None:
    items = {"tabell-1": series("tabell-1", 2018, 1), "tabell-2": series("tabell-2", 2019, 1)}
    numbers = store_of(items)
    with pytest.raises(KgError, match="ikke noe år der alle disse har tall"):
        ask(catalog, "tabell-1/v/siste over tabell-2/v/siste", numbers)


def test_a_missing_number_of_a_set_leaves_the_claim_open(catalog: Catalog) -> None:
    """It might be the highest."""
    cities = {"oslo": 3.0, "bergen": None, "drammen": 1.0}
    rows = [value_of(f"tabell-2/v/{c}", f"{v}", v, region=c) for c, v in cities.items()]
    numbers = store_of({"tabell-2": rows})
    with pytest.raises(KgError, match=r"påstanden trenger «tabell-2/v/bergen», som mangler\."):
        ask(catalog, "høyest(tabell-2/v/*) = oslo", numbers)
    assert ask(catalog, "høyest(tabell-2/v/kjente) = oslo", numbers)[0].holds is True


def test_a_missing_year_of_a_course_counts_only_where_every_step_does(catalog: Catalog) -> None:
    numbers = store_of({"tabell-1": series("tabell-1", 2016, 1, None, 3)})
    assert ask(catalog, "øker(tabell-1/v/2016..2018)", numbers)[0].holds is True
    with pytest.raises(KgError, match="tabell-1/v/2017», som mangler"):
        ask(catalog, "øker hvert år(tabell-1/v/2016..2018)", numbers)


def test_numbers_of_two_measures_are_quoted_with_what_they_measure(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    numbers = store_of(real_values)
    text = "tabell-16/med_barn/oslo over tabell-16/uten_barn/oslo"
    assert ask(catalog, text, numbers)[0].because.startswith("Med barn, Oslo: ")


def test_categories_come_in_the_order_of_the_catalogue(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    numbers = Numbers(store_of(real_values), catalog)
    (clause,) = parse_claim("høyest(tabell-17/andel/*) = 0-19").clauses
    terms = numbers.at(clause.of).terms  # type: ignore[attr-defined]
    order = list(catalog.items["tabell-17"].categories or {})
    assert [key[0] for key in terms] == [key for key in order if (key,) in terms]


def test_a_constant_from_outside_stands_with_its_unit(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    text = "konstant/startlan-2011 over tabell-24/startlan_antall/2020"
    assert ask(catalog, text, store_of(real_values))[0].because.startswith("1\u00a0060 > ")
