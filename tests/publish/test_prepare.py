from typing import Any

import pytest

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResult,
    ClaimResults,
)
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish import prepare
from kunnskapsgrunnlag.publish.prepare import _by_place
from kunnskapsgrunnlag.store.values import Store
from tests.book.test_years import COUNTRY, FILE, MISSING, SHARE, YEAR_12, made
from tests.conftest import ROOT, claim_of


def claimed(**more: Any) -> ClaimResult:
    return claim_of(because="Oslo: 6,0 prosent > Hele landet: 3,4 prosent", **more)


def test_a_tick_says_what_was_compared_with_the_numbers() -> None:
    mark = prepare.claim_mark("p", claimed(basis=STATISTICS))
    assert mark["html"] == (
        '<a class="kg-holder" href="@UP@kontroll/pastander.html#pastand-p" title="Sammenlignet: '
        'Oslo: 6,0 prosent &gt; Hele landet: 3,4 prosent" aria-label="Sammenlignet: Oslo: 6,0 '
        'prosent &gt; Hele landet: 3,4 prosent">✓</a>'
    )
    assert mark["typst"] == ""


def test_a_reason_that_is_no_comparison_is_told_with_what_it_is_of() -> None:
    mark = prepare.claim_mark("p", claim_of(words="Alle er over 3.", because="5 av 5"))
    assert 'title="Sammenlignet: Alle er over 3. 5 av 5"' in mark["html"]


def test_a_long_reason_is_cut_between_two_numbers() -> None:
    mark = prepare.claim_mark("p", claim_of(because="; ".join(["Oslo: 6,0 prosent"] * 20)))
    assert 'Oslo: 6,0 prosent; …"' in mark["html"]


def test_a_claim_on_estimates_says_so_on_the_page_and_in_the_pdf() -> None:
    mark = prepare.claim_mark("p", claimed(basis=ESTIMATES))
    assert mark["html"].endswith(">≈</a>")
    assert 'title="Bygger på anslag: Oslo: 6,0 prosent' in mark["html"]
    assert mark["typst"] == "#kg-bygger-pa-anslag"


def test_a_claim_that_estimates_were_made_to_fulfil_has_no_mark() -> None:
    assert prepare.claim_mark("p", claimed(basis=FITTED)) == {"html": "", "typst": ""}


@pytest.mark.parametrize("basis", [STATISTICS, ESTIMATES, FITTED])
def test_a_claim_that_does_not_hold_is_loud_whatever_it_rests_on(basis: str) -> None:
    mark = prepare.claim_mark("p", claimed(holds=False, basis=basis))
    assert "Påstanden holder ikke: Oslo: 6,0 prosent" in mark["html"]
    assert mark["typst"].startswith(" #kg-usann(")


@pytest.mark.parametrize("holds", [True, False, None])
def test_a_finding_that_does_not_hold_is_loud_on_the_page_of_its_item(
    catalog: Catalog, holds: bool | None
) -> None:
    div = '::: {.item key="tabell-12"}\n[Oslo < landet]{.pastand kode="finnes-ikke"}\n:::\n'
    text = read_text("kapittel-5", "chapters/kapittel-5.md", div)
    results = ClaimResults({"finnes-ikke": claimed(holds=holds)}, {}, [])

    html = prepare.finding_html(
        Book(ROOT, catalog, Store({}, {}), [text], results), results, "tabell-12"
    )

    assert html.startswith("Oslo &lt; landet")
    assert ("kg-usann" in html) is (not holds)
    assert ("Påstanden holder ikke: Oslo: 6,0" in html) is (not holds)


def test_a_mark_shows_in_two_sentences_the_year_of_its_own(catalog: Catalog) -> None:
    prose = f"I {YEAR_12} var andelen {SHARE}. I {YEAR_12} var den {COUNTRY} i landet."
    text = read_text("kapittel-5", FILE, prose)
    book = Book(ROOT, catalog, made(MISSING), [text], ClaimResults())
    shown = _by_place(book, "aar", lambda mark: mark.words, book.years.year)
    assert [place["viser"] for place in shown["tabell-12/siste"]] == [2019, 2020]
