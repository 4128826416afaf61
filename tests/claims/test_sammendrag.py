"""The claims of the summary and of chapters 1 to 3 hold, can fail, and stand in the text."""

import re

import pytest

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import Text, read_text
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims, all_words, the_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims.perturb import perturbations, turned, with_values
from tests.conftest import ROOT, store_of

MODULES = {"sammendrag", "kapittel_1", "kapittel_2", "kapittel_3"}
OURS = sorted(name for name, claim in all_claims().items() if claim.module in MODULES)
WORDS = sorted(name for name, word in all_words().items() if word.module in MODULES)
PAGES = ("forord", "sammendrag", "kapittel-1", "kapittel-2", "kapittel-3")
BIB = ROOT / "assets" / "bib" / "kapittel-1-3.bib"
NOTE = re.compile(r"^\[\^([^\]]+)\]:", re.MULTILINE)
CITED = re.compile(r"\[\^([^\]]+)\](?!:)")


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    """Every published number."""
    return store_of(real_values)


@pytest.fixture(scope="module")
def pages() -> list[Text]:
    """The foreword, the summary and chapters 1 to 3."""
    found = []
    for key in PAGES:
        file = f"chapters/{key}.md"
        found.append(read_text(key, file, (ROOT / file).read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("name", OURS)
def test_a_claim_holds_and_other_numbers_make_it_false(name: str, store: Store) -> None:
    judge = the_claim(name).judge
    assert judge(Numbers(store)).holds
    assert turned(judge, store) is not None


@pytest.mark.parametrize("name", WORDS)
def test_a_word_changes_with_the_numbers(name: str, store: Store) -> None:
    choose = all_words()[name].choose
    word = choose(Numbers(store))
    tried = perturbations(store, [number.address for number in word.numbers])
    others = (changed for changed in tried if None not in changed.values())
    assert any(choose(Numbers(with_values(store, c))).text != word.text for c in others)


def test_every_claim_and_word_stands_in_the_pages(store: Store, pages: list[Text]) -> None:
    results = evaluate(store, pages)
    assert [name for name in OURS if not results.claims[name].places] == []
    assert [name for name in WORDS if not results.words[name].places] == []


def test_every_work_is_cited_and_every_citation_has_a_work(pages: list[Text]) -> None:
    """A footnote's name is the key of its work, with the place behind a low line."""
    works = re.findall(r"^@\w+\{([^,]+),", BIB.read_text(encoding="utf-8"), re.MULTILINE)
    notes = [name for text in pages for name in NOTE.findall(text.content)]
    cited = {name.partition("_")[0] for name in notes if not name.startswith("note-")}
    assert len(works) == len(set(works))
    assert sorted(cited) == sorted(works)


def test_every_footnote_is_called_once(pages: list[Text]) -> None:
    for text in pages:
        assert sorted(CITED.findall(text.content)) == sorted(NOTE.findall(text.content))
