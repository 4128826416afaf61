"""The prints of all bydeler: two pages, accessible, with every number of the page's first half."""

import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.profiles.content import profile_of
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit, page_html, print_pdf
from kunnskapsgrunnlag.sources.receipt import Receipt
from tests.publish.pdf.test_structure import walk
from tests.publish.profiles.edition import bydeler
from tests.publish.profiles.levels import kit_of

AREAS = (
    "gamle-oslo", "grunerlokka", "sagene", "st-hanshaugen", "frogner", "ullern", "vestre-aker",
    "nordre-aker", "bjerke", "grorud", "stovner", "alna", "ostensjo", "nordstrand",
    "sondre-nordstrand",
)  # fmt: skip


@pytest.fixture(scope="module")
def kit(
    catalog: Catalog, tables: Mapping[str, pd.DataFrame], receipts: Mapping[str, Receipt]
) -> ProfileKit:
    return kit_of(bydeler(catalog, tables, receipts), catalog)


@pytest.fixture(scope="module", params=AREAS)
def made(request: pytest.FixtureRequest, kit: ProfileKit) -> tuple[Any, str]:
    """A print, and the page that says the same."""
    profile = profile_of(kit.numbers, kit.findings, request.param)
    return PdfReader(io.BytesIO(print_pdf(kit, profile))), page_html(kit, profile)


def test_is_two_pages_with_title_language_and_tags(made: tuple[Any, str]) -> None:
    reader, page = made
    root = reader.trailer["/Root"]
    over = re.search(r'<p class="kg-over">(.*?)</p>', page)
    assert len(reader.pages) == 2
    assert over and reader.metadata.title == html.unescape(over[1])
    assert root["/Lang"] == "nb-NO"
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode("utf-8")


def test_every_drawing_is_told_in_words(made: tuple[Any, str]) -> None:
    reader, page = made
    figures = [
        node for node in walk(reader.trailer["/Root"]["/StructTreeRoot"]) if node["/S"] == "/Figure"
    ]
    told = [str(figure["/Alt"]) for figure in figures]
    assert len(told) > 5 and all(len(words) > 20 for words in told)
    labels = re.findall(r'class="kg-bilde" role="img" aria-label="(.*?)"', page)
    assert len(labels) == 3
    assert {html.unescape(label) for label in labels} <= set(told)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_says_all_that_findings_and_tables_of_the_page_say(made: tuple[Any, str]) -> None:
    reader, page = made
    words = _squeezed("".join(one.extract_text() for one in reader.pages))
    # What stands behind the buttons «Vis som tabell» is drawn.
    shown = re.sub(r"<details.*?</details>", "", page, flags=re.S)
    numbers = re.findall(r'<a class="kg-tall[^"]*"[^>]*>(.*?)</a>', shown)
    assert len(numbers) > 100
    assert [n for n in numbers if _squeezed(html.unescape(n)) not in words] == []
    for finding in re.findall(r"<li><h3>(.*?)</h3>", page):
        assert _squeezed(html.unescape(finding)) in words


def test_the_same_numbers_give_the_same_bytes(kit: ProfileKit) -> None:
    profile = profile_of(kit.numbers, kit.findings, "ullern")
    assert print_pdf(kit, profile) == print_pdf(kit, profile)


def test_has_two_pages_when_all_deliveries_have_come(
    catalog: Catalog, tables: Mapping[str, pd.DataFrame], receipts: Mapping[str, Receipt]
) -> None:
    """Three more rows in the table, three more columns in the list of all."""
    delivered = {key: replace(one, origin="leveranse") for key, one in receipts.items()}
    kit = kit_of(bydeler(catalog, tables, delivered), catalog)
    assert len(kit.numbers.compared) == 11
    for area in ("ullern", "sondre-nordstrand", "nordre-aker"):
        pdf = print_pdf(kit, profile_of(kit.numbers, kit.findings, area))
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


def test_more_than_two_pages_hold_stops_the_build(kit: ProfileKit) -> None:
    profile = profile_of(kit.numbers, kit.findings, "ullern")
    with pytest.raises(KgError, match=r"ullern.*mer enn to sider"):
        print_pdf(kit, replace(profile, rows=profile.rows * 4))
