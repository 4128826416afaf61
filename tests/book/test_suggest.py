"""Proposals hold, and those that the words ask for come first."""

from collections.abc import Callable

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.suggest import suggest
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import store_of

LINES = (
    "På Stovner er [tabell-14/personer/stovner]{.tall} prosent vanskeligstilte, høyest i byen.",
    "Det falt til [figur-27/statlig_mottakere/2019]{.tall} i 2019.",
    "Ingen tall her.",
)


Proposals = list[tuple[str, list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def proposed(catalog: Catalog, real_values: dict[str, list[Value]]) -> Callable[[str], Proposals]:
    """What is proposed for a place in a chapter of these lines."""
    content = "\n\n".join(("# A {#a}", *LINES))
    texts = [read_text("kapittel-5", "chapters/kapittel-5.md", content)]
    store = store_of(real_values)
    return lambda place: suggest(texts, lambda: Numbers(store, catalog), place)


def test_what_the_words_ask_for_comes_first(proposed: Callable[[str], Proposals]) -> None:
    ((words, proposals),) = proposed("chapters/kapittel-5.md:3")
    assert words == "På Stovner er … prosent vanskeligstilte, høyest i byen."
    assert proposals[0] == (
        "høyest(tabell-14/personer/bydeler) = stovner",
        "Stovner er høyest: Personer, alle bydelene (tabell 14).",
    )


def test_a_fixed_year_stays_fixed(proposed: Callable[[str], Proposals]) -> None:
    ((_, proposals),) = proposed("kapittel-5.md:5")
    assert "faller(figur-27/statlig_mottakere/første..2019)" in dict(proposals)
    assert not any("siste" in expression for expression, _ in proposals)
    assert not any("under 2019" in expression for expression, _ in proposals)


def test_a_sentence_without_numbers_has_no_proposals(proposed: Callable[[str], Proposals]) -> None:
    assert [proposals for _, proposals in proposed("kapittel-5.md:7")] == [[]]


@pytest.mark.parametrize("place", ["kapittel-5.md", "kapittel-99.md:3", "kapittel-5.md:2"])
def test_a_place_without_a_sentence_is_refused(
    proposed: Callable[[str], Proposals], place: str
) -> None:
    with pytest.raises(KgError, match=r"skriv fil og linje|her står ingen setning"):
        proposed(place)
