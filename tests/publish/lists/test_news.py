"""The page that tells readers what is new."""

from types import SimpleNamespace
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedClaim
from kunnskapsgrunnlag.publish.lists.news import first_edition, news
from kunnskapsgrunnlag.publish.lists.pandoc_ast import WEB_ONLY, Node, page_words
from tests.conftest import item_of, measure_of
from tests.editions.made import ITEM, between, edition, item, number, source


@pytest.fixture
def book(catalog: Catalog) -> Any:
    return SimpleNamespace(catalog=catalog, targets={"tabell-1": ("", "kapittel.html")})


@pytest.fixture
def diff() -> EditionDiff:
    old = edition(
        "2022",
        number("belop/2019", 1500),
        number("belop/2020", 2000),
        claims={
            "a": PublishedClaim("Steg.", True, "1", ("Det steg <mye>.",), ("Det steg <mye>.",))
        },
    )
    new = edition(
        "2026",
        number("belop/2019", 1600, "b"),
        number("belop/2020", 2000),
        number("belop/2021", 2500),
        held=item(sources={"k": source("1")}),
        claims={
            "a": PublishedClaim("Steg.", True, "2", ("Det falt <mye>.",), ("Det falt <mye>.",))
        },
    )
    return between(old, new)


@pytest.fixture
def blocks(diff: EditionDiff, catalog: Catalog, book: Any) -> list[Node]:
    return news(diff, Names(catalog), book)


def words(node: object) -> str:
    return "".join(page_words(node))


def nodes(tree: Any, kind: str) -> list[Node]:
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    below = [node for child in children for node in nodes(child, kind)]
    return [tree, *below] if isinstance(tree, dict) and tree.get("t") == kind else below


def rows(blocks: list[Node]) -> list[list[Any]]:
    return [row[1] for grid in nodes(blocks, "Table") for row in grid["c"][4][0][3]]


def test_the_first_edition_says_so_and_leads_to_the_corrections(book: Any) -> None:
    (paragraph,) = first_edition(book)
    assert "den første digitale utgaven" in words(paragraph)
    assert nodes(paragraph, "Link")[0]["c"][2][0] == "chapters/rettelser.html#rettelser"


def test_a_revision_stands_with_size_cause_and_trace(blocks: list[Node]) -> None:
    (row,) = (row for row in rows(blocks) if words(row[0]) == "Beløp, 2019 (kr)")
    assert words(row[3]) == "+100 (+6,7 prosent)"
    assert words(row[4]) == "revidert av eieren av statistikken: Eier"
    assert nodes(row, "Link")[0]["c"][2][0] == "sporing/tabell-1.html#belop.2019"


def test_latest_stands_against_latest_with_their_years(blocks: list[Node]) -> None:
    assert "2\N{NO-BREAK SPACE}000 (2020)" in words(blocks)
    assert "2\N{NO-BREAK SPACE}500 (2021)" in words(blocks)


def test_the_largest_change_of_a_table_stands_for_it(book: Any) -> None:
    items = {ITEM: item_of(measures={"belop": measure_of(), "vekst": measure_of()})}
    book.catalog = SimpleNamespace(items=items, numbered=items)
    old = edition("2022", number("belop/2020", 2000), number("vekst/2020", 10))
    new = edition("2026", number("belop/2021", 2500), number("vekst/2021", 20))
    fact, *_ = rows(news(between(old, new), Names(book.catalog), book))
    assert [words(cell) for cell in fact] == [
        *["Tabell 1: Vekst (kr, løpende)", "10 (2020)", "20 (2021)", "+10 (+100,0 prosent)"]
    ]


def test_the_size_of_revisions_is_told(blocks: list[Node]) -> None:
    assert "1 av 2 tall er revidert" in words(blocks)


def test_every_table_has_a_caption_of_its_own(blocks: list[Node]) -> None:
    captions = [words(grid["c"][1][1]) for grid in nodes(blocks, "Table")]
    assert all(captions)
    assert len(captions) == len(set(captions))


def test_changed_words_are_marked_in_both_sentences(blocks: list[Node]) -> None:
    assert [words(node) for node in nodes(blocks, "Strikeout")] == ["steg"]
    assert [words(node) for node in nodes(blocks, "Underline")] == ["falt"]
    assert "Det steg <mye>.Det falt <mye>." in words(blocks)


def test_news_stands_first_and_what_is_only_written_anew_is_counted(book: Any) -> None:
    def claims(**sentences: str) -> dict[str, PublishedClaim]:
        return {
            name: PublishedClaim("", True, because, (words,), (words,))
            for name, text in sentences.items()
            for words, because in [text.split("|")]
        }

    old = edition("2022", claims=claims(a="Den er lav.|1", b="Den steg.|1", c="Gammel.|1"))
    new = edition("2026", claims=claims(a="Den var lav.|1", b="Den steg.|2", d="Ny.|1"))
    blocks = news(between(old, new), Names(book.catalog), book)

    assert [words(row[0]) for row in rows(blocks)] == ["Ny", "Nye tall", "Borte"]
    assert "1 setning er bare skrevet om" in words(blocks)
    assert "Den var lav." not in words(blocks)


def test_the_pdf_leaves_rows_and_sentences_to_the_site(blocks: list[Node]) -> None:
    text = words([b for b in blocks if not (b["t"] == "Div" and WEB_ONLY in b["c"][0][1])])
    assert "Tall som er endret, og hvorfor" in text
    assert "1 av 2 tall er revidert" in text
    assert "Beløp, 2019" not in text and "falt" not in text
