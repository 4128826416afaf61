"""What chapter 4 claims, and the works that chapters 4, 5 and 6 cite."""

import re
from datetime import date

import pytest

from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims, the_claim
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.claims import unmoved
from tests.claims.perturb import turned
from tests.conftest import ROOT, store_of

MODULES = {"kapittel_4", "kapittel_4_2", "kapittel_4_eie"}
OURS = sorted(name for name, claim in all_claims().items() if claim.module in MODULES)
# A claim on so few numbers must hang on each of them.
FEW = 5
CITING = ("kapittel-4", "kapittel-5", "kapittel-6")

Work = dict[str, str]
ENTRY = re.compile(r"^@\w+\{([\w-]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)
BIB = (ROOT / "assets" / "bib" / "kapittel-4-6.bib").read_text(encoding="utf-8")
WORKS: dict[str, Work] = {key: dict(FIELD.findall(held)) for key, held in ENTRY.findall(BIB)}
FOOTNOTE = re.compile(r"^\[\^(\w+)\]: (.*)$", re.MULTILINE)
MARKED = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
# What a footnote has when it names a work: a link, a title, a year in brackets, a table or a law.
NAMES_WORK = re.compile(r"https?://|«|\(\d{4}\)|tabell \d{5}|§")


def footnotes() -> list[tuple[str, str]]:
    """Name and words of each footnote, marks taken off."""
    return [
        (f"{key}:{name}", MARKED.sub(r"\1", words))
        for key in CITING
        for name, words in FOOTNOTE.findall((ROOT / f"chapters/{key}.md").read_text("utf-8"))
    ]


def is_cited(work: Work, note: str) -> bool:
    """By its link, its main title, the number of its report, or first author and year."""
    number = work.get("number", "")
    title = work.get("shorttitle") or re.split(r"[.?!] ", work["title"])[0]
    author = work.get("author", work.get("editor", "{")).split(",")[0]
    return (
        ("url" in work and f"<{work['url']}>" in note)
        or title.lower() in note.lower()
        or (re.search(r"[:/]|tabell", number) is not None and number in note)
        or (not author.startswith("{") and author in note and work["date"] in note)
    )


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    return store_of(real_values)


@pytest.mark.parametrize("name", OURS)
def test_holds_and_other_numbers_make_it_false(name: str, store: Store) -> None:
    judge = the_claim(name).judge
    assert judge(Numbers(store)).holds
    assert turned(judge, store) is not None


@pytest.mark.parametrize("name", OURS)
def test_few_numbers_all_matter(name: str, store: Store) -> None:
    claim = the_claim(name)
    if len(claim.judge(Numbers(store)).numbers) <= FEW:
        assert unmoved(store, claim) == []


def test_every_claim_stands_in_a_text_and_all_of_the_chapter_hold(
    store: Store, catalog: Catalog
) -> None:
    results = evaluate(store, read_chapters(ROOT, catalog))
    assert [name for name in OURS if not results.claims[name].places] == []
    assert results.false == {}


def test_what_the_2022_edition_got_wrong_is_not_said_again(catalog: Catalog) -> None:
    """Sections 4.3 and 4.5: rent by rooms, dwellings, and what makes a home crowded."""
    (text,) = (text for text in read_chapters(ROOT, catalog) if text.key == "kapittel-4")
    said = MARKED.sub(r"\1", text.content)
    assert "ikke per kvadratmeter" in said
    assert "litt over 13" not in said
    assert re.search(r"125 kvadratmeter.*\n.*stemmer ikke", said)


@pytest.mark.parametrize("note", footnotes(), ids=lambda note: note[0])
def test_a_footnote_that_names_a_work_has_it_in_the_bibliography(note: tuple[str, str]) -> None:
    assert not NAMES_WORK.search(note[1]) or any(is_cited(w, note[1]) for w in WORKS.values())


def test_every_work_is_cited_once_entered_and_in_order() -> None:
    notes = [words for _, words in footnotes()]
    assert [k for k, work in WORKS.items() if not any(is_cited(work, n) for n in notes)] == []
    assert [key for key, _ in ENTRY.findall(BIB)] == sorted(WORKS)
    assert BIB.count("\n@") == len(WORKS)


def test_a_link_has_the_day_it_was_read_where_the_footnote_has() -> None:
    read = {
        link: tuple(map(int, day.split(".")))
        for _, words in footnotes()
        for link, day in re.findall(r"<(\S+)>, lest av rapportens forfattere ([\d.]+\d)", words)
    }
    dated = {work["url"]: work["urldate"] for work in WORKS.values() if "urldate" in work}
    assert {link: date(y, m, d).isoformat() for link, (d, m, y) in read.items()} == dated
