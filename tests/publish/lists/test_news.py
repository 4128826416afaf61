"""The page that tells readers what is new."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedClaim
from kunnskapsgrunnlag.publish.lists.blocks import Difference
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.table_block import Listing
from tests.editions.made import between, edition, item, number, source


@pytest.fixture
def book(catalog: Catalog) -> Any:
    return SimpleNamespace(catalog=catalog, targets={"tabell-1": ("", "kapittel.html")})


@pytest.fixture
def diff() -> EditionDiff:
    old = edition(
        "2022",
        number("belop/2019", 1500),
        number("belop/2020", 2000),
        claims={"a": PublishedClaim("Steg.", True, "1", ("Det steg <mye>.",))},
    )
    new = edition(
        "2026",
        number("belop/2019", 1600, "b"),
        number("belop/2020", 2000),
        number("belop/2021", 2500),
        held=item(sources={"k": source("1")}),
        claims={"a": PublishedClaim("Steg.", True, "2", ("Det falt <mye>.",))},
    )
    return between(old, new)


@pytest.fixture
def page(diff: EditionDiff, catalog: Catalog, book: Any) -> str:
    return news(diff, Names(catalog), book).html()


def test_the_first_edition_says_so_and_leads_to_the_corrections(book: Any) -> None:
    page = first_edition(book).html()

    assert "den første digitale utgaven" in page
    assert 'href="@UP@chapters/rettelser.html#rettelser"' in page


def test_a_revision_stands_with_size_cause_and_trace(page: str) -> None:
    row = next(r for r in re.findall(r"<tr>.*?</tr>", page) if "Beløp, 2019" in r)

    assert '<th scope="row">Beløp, 2019 (kr)</th>' in row
    assert "+100 (+6,7 prosent)" in row
    assert "revidert av eieren av statistikken: Eier" in row
    assert 'href="@UP@sporing/tabell-1.html#belop.2019"' in row


def test_latest_stands_against_latest_with_their_years(page: str) -> None:
    assert "2\N{NO-BREAK SPACE}000 (2020)" in page
    assert "2\N{NO-BREAK SPACE}500 (2021)" in page


def test_the_size_of_revisions_is_told(page: str) -> None:
    assert "1 av 2 tall er revidert" in page


def test_every_table_has_a_caption_that_names_its_frame(page: str) -> None:
    captions = re.findall(r"<caption>(.*?)</caption>", page)

    assert len(captions) == page.count("<table>") == len(set(captions))
    assert all(f'aria-label="{caption}"' in page for caption in captions)


def test_changed_words_are_marked_in_both_sentences_and_are_no_markup(page: str) -> None:
    assert "Det <del>steg</del> &lt;mye&gt;." in page
    assert "Det <ins>falt</ins> &lt;mye&gt;." in page


def test_the_pdf_leaves_rows_and_sentences_to_the_site(
    diff: EditionDiff, catalog: Catalog, book: Any
) -> None:
    text = news(diff, Names(catalog), book).typst()

    assert "Tall som er endret, og hvorfor" in text
    assert "1 av 2 tall er revidert" in text
    assert "Beløp, 2019" not in text and "falt" not in text


def test_a_marked_sentence_in_the_pdf() -> None:
    pieces = ((True, True, "Det"), (True, False, "steg"), (False, True, "falt"))

    assert Difference("", compared=pieces, old=True).typst() == '[#"Det" #strike[#"steg"]]'
    assert Difference("", compared=pieces).typst() == '[#"Det" #underline[#"falt"]]'


def test_a_caption_stands_above_a_table_of_the_pdf() -> None:
    listing = Listing(("A",), [], ("1fr",), "Tittel")

    assert listing.typst().startswith('#strong[#"Tittel"]\n\n#kg-listing(')
