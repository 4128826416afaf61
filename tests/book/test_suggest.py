"""Proposals hold, and those that the words ask for come first."""

from typing import cast

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.suggest import suggest
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import store_of

LINES = (
    "På Stovner er [tabell-14/personer/stovner]{.tall} prosent vanskeligstilte, høyest i byen.",
    "Det falt til [figur-27/statlig_mottakere/2019]{.tall} i 2019.",
    "Ingen tall her.",
)


class Written:
    """A report with one chapter of these lines."""

    def __init__(self, catalog: Catalog, values: dict[str, list[Value]]) -> None:
        self.catalog, self.store = catalog, store_of(values)
        content = "\n\n".join(("# A {#a}", *LINES))
        self.texts = [read_text("kapittel-5", "chapters/kapittel-5.md", content)]


@pytest.fixture(scope="module")
def report(catalog: Catalog, real_values: dict[str, list[Value]]) -> Report:
    return cast(Report, Written(catalog, real_values))


def test_what_the_words_ask_for_comes_first(report: Report) -> None:
    ((words, proposals),) = suggest(report, "chapters/kapittel-5.md:3")
    assert words == "På Stovner er … prosent vanskeligstilte, høyest i byen."
    assert proposals[0] == (
        "høyest(tabell-14/personer/bydeler) = stovner",
        "Stovner er høyest: Personer, alle bydelene (tabell 14).",
    )


def test_a_fixed_year_stays_fixed(report: Report) -> None:
    ((_, proposals),) = suggest(report, "kapittel-5.md:5")
    assert "faller(figur-27/statlig_mottakere/første..2019)" in dict(proposals)
    assert not any("siste" in expression for expression, _ in proposals)


def test_a_sentence_without_numbers_has_no_proposals(report: Report) -> None:
    assert [proposals for _, proposals in suggest(report, "kapittel-5.md:7")] == [[]]


@pytest.mark.parametrize("place", ["kapittel-5.md", "kapittel-99.md:3", "kapittel-5.md:2"])
def test_a_place_without_a_sentence_is_refused(report: Report, place: str) -> None:
    with pytest.raises(KgError, match=r"skriv fil og linje|her står ingen setning"):
        suggest(report, place)
