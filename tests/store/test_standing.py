"""What every page says of the edition, counted from the value store."""

from dataclasses import replace
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import draft_html
from kunnskapsgrunnlag.store.standing import Standing, standing_of
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, value_of

WHOLE = Standing("2027", 2026, "vanskeligstilte", 2025, estimated=0, numbered=37)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(ROOT / "params.yaml")


def number(item: str, origin: str, *, year: int | None = None, **more: Any) -> Value:
    own = {"origin": origin, "year": year} | more
    return value_of(f"{item}/belop/{year}", "1", **own)


def store_of(*records: Value, periods: dict[str, Any] | None = None) -> Store:
    values = {f"{at}": record for at, record in enumerate(records)}
    return Store(values, periods=periods or {})


def test_the_label_tells_the_newest_number_of_an_owner_and_the_main_one(catalog: Catalog) -> None:
    standing = standing_of(
        catalog,
        store_of(
            number("figur-27", "offisiell", year=2025),
            number("figur-27", "offisiell", year=2026, value=None),
            number("figur-36", "estimat", year=2027),
            number("tabell-11", "trykt", year=2020),
        ),
    )

    assert standing.label == "Utgave 2026. Nyeste tall 2025; vanskeligstilte 2020"


def test_a_number_without_a_year_is_of_the_period_of_its_source(catalog: Catalog) -> None:
    delivered = number("tabell-14", "leveranse", cells=["levering-tabell-14:B2"])
    store = store_of(delivered, periods={"tabell-14": {"levering-tabell-14": [2025, 2026]}})

    assert standing_of(catalog, store).newest == 2026


def test_only_a_draft_has_a_banner() -> None:
    assert draft_html(WHOLE) == ""
    assert draft_html(replace(WHOLE, estimated=10)) == (
        '<aside class="kg-utkast" aria-label="Utkast"><p><strong>Utkast:</strong> 10 av 37 '
        "figurer og tabeller bygger på anslag.</p></aside>"
    )


def test_the_draft_counts_items_with_an_estimate(catalog: Catalog) -> None:
    standing = standing_of(
        catalog,
        store_of(
            number("figur-26", "estimat", year=2020),
            number("figur-26", "estimat", year=2019),
            number("figur-28", "estimat"),
            number("figur-32", "estimat", value=None),
        ),
    )

    assert standing.draft == "Utkast: 2 av 37 figurer og tabeller bygger på anslag"


@pytest.mark.parametrize(
    ("standing", "label", "draft"),
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
    standing: Standing, label: str, draft: str
) -> None:
    assert (standing.label, standing.draft) == (label, draft)
