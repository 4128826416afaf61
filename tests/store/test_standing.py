"""What every page says of the edition, counted from the value store."""

from dataclasses import replace
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import draft_html
from kunnskapsgrunnlag.store.standing import Standing, standing_of
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import value_of

WHOLE = Standing("2027", 2026, "vanskeligstilte", 2025, estimated=0, numbered=37)


def standing(catalog: Catalog, *values: Value, **periods: Any) -> Standing:
    store = Store({f"{at}": value for at, value in enumerate(values)}, **periods)
    return standing_of(catalog, store)


def test_the_label_tells_the_newest_number_of_an_owner_and_the_main_one(catalog: Catalog) -> None:
    told = standing(
        catalog,
        number("figur-27", "offisiell", year=2025),
        number("figur-27", "offisiell", year=2026, value=None),
        number("figur-36", "estimat", year=2027),
        number("tabell-11", "trykt", year=2020),
    )

    assert told.label == "Utgave 2026. Nyeste tall 2025; vanskeligstilte 2020"


def test_a_number_without_a_year_is_of_the_period_of_its_source(catalog: Catalog) -> None:
    delivered = number("tabell-14", "leveranse", cells=["levering-tabell-14:B2"])
    periods = {"tabell-14": {"levering-tabell-14": [2025, 2026]}}
    assert standing(catalog, delivered, periods=periods).newest == 2026


def test_the_draft_counts_items_with_an_estimate(catalog: Catalog) -> None:
    told = standing(
        catalog,
        *(number("figur-26", "estimat", year=year) for year in (2019, 2020)),
        number("figur-28", "estimat"),
        number("figur-32", "estimat", value=None),
    )

    assert told.draft == "Utkast: 2 av 40 figurer og tabeller bygger på anslag"


def number(item: str, origin: str, *, year: int | None = None, **more: Any) -> Value:
    own = {"origin": origin, "year": year} | more
    return value_of(f"{item}/belop/{year}", "1", **own)


def test_only_a_draft_has_a_banner() -> None:
    assert draft_html(WHOLE) == ""
    assert draft_html(replace(WHOLE, estimated=10)) == (
        '<aside class="kg-utkast" aria-label="Utkast"><p><strong>Utkast:</strong> 10 av 37 '
        "figurer og tabeller bygger på anslag.</p></aside>"
    )


@pytest.mark.parametrize(
    ("edition", "label", "draft"),
    [
        (WHOLE, "Utgave 2027. Nyeste tall 2026; vanskeligstilte 2025", ""),
        (replace(WHOLE, main_year=2026), "Utgave 2027. Nyeste tall 2026", ""),
        (
            replace(WHOLE, newest=None, main_year=2020, estimated=1),
            "Utgave 2027. Tall for vanskeligstilte 2020",
            "Utkast: 1 av 37 figurer og tabeller bygger på anslag",
        ),
        (Standing("2027", None, "", None, 0, 37), "Utgave 2027", ""),
    ],
)
def test_label_and_draft_say_no_more_than_is_known(
    edition: Standing, label: str, draft: str
) -> None:
    assert (edition.label, edition.draft) == (label, draft)
