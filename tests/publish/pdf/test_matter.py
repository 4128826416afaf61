"""What stands before and after the chapters of the PDF: colophon, lists, appendix."""

import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.pdf.render import snapshots_hash
from kunnskapsgrunnlag.store.standing import standing_of
from kunnskapsgrunnlag.store.values import Store
from tests.checkout import Checkout
from tests.conftest import receipt_of

RECEIPTS = [receipt_of("a", sha256_bytes="1"), receipt_of("b", sha256_bytes="2")]


def words(text: str) -> str:
    """Text without spaces and hyphenation."""
    joined = re.sub(r"(?<=[a-zæøå])-\n(?=[a-zæøå])", "", text)
    return re.sub(r"[\s\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{HYPHEN}]+", "", joined)


@pytest.fixture(scope="module")
def pages(built: Checkout) -> list[str]:
    reader = PdfReader(built.root / "build/kunnskapsgrunnlag.pdf")
    return [words(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="module")
def catalog(built: Checkout) -> Catalog:
    return read_catalog(built.root / "params.yaml")


def held(built: Checkout, key: str) -> Any:
    return built.json(f"build/items/{key}/{key}.json")


def test_the_hash_of_all_snapshots_follows_their_content_and_not_their_order() -> None:
    changed = [RECEIPTS[0], replace(RECEIPTS[1], sha256_bytes="3")]
    assert snapshots_hash(RECEIPTS) == snapshots_hash(RECEIPTS[::-1])
    assert snapshots_hash(RECEIPTS) != snapshots_hash(changed)


def test_every_page_says_that_a_draft_is_one(
    built: Checkout, catalog: Catalog, pages: list[str]
) -> None:
    standing = standing_of(catalog, Store.read(built.root / "build/values.json"))
    assert words(standing.label) in pages[0]
    assert standing.draft
    assert not [n for n, page in enumerate(pages, 1) if words(standing.draft) not in page]


def test_the_colophon_names_the_numbers_that_the_pdf_holds(
    built: Checkout, pages: list[str]
) -> None:
    digest = hashlib.sha256((built.root / "build/values.json").read_bytes()).hexdigest()
    assert digest in pages[1]
    assert re.search(r"Pandoc\d+\.\d+.*Typst\d+\.\d+", pages[1])


def test_the_lists_send_the_reader_to_the_page_of_each_item(
    catalog: Catalog, pages: list[str]
) -> None:
    (lists,) = [page for page in pages if "Figurerogtabeller" in page[:60]]
    for item in catalog.items.values():
        entry = words(f"{item.label}{item.title}")
        found = re.search(re.escape(entry) + r"(?:\(estimat\))?\.*(\d+)(?=\D|$)", lists)
        assert found, entry
        assert words(f"{item.label}. {item.title}") in pages[int(found[1]) - 1]


def test_the_list_of_sources_has_every_source_of_every_item(
    built: Checkout, catalog: Catalog, pages: list[str]
) -> None:
    begins = next(n for n, page in enumerate(pages) if page.startswith("Kilderogårganger"))
    sources = "".join(pages[begins:])
    for key in catalog.items:
        for source in held(built, key)["sources"].values():
            assert source["sha256_cells"][:16] in sources
            assert words(source["vintage"]) in sources


def test_numbers_out_of_order_are_explained_once(pages: list[str]) -> None:
    said = words("har kommet til siden, og har fått de neste numrene")
    assert sum(said in page for page in pages) == 1
