"""Citations in footnotes against the list of works."""

import re

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import Text, read_chapters
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.lists.bibliography import Work, read_works, reference_list
from kunnskapsgrunnlag.publish.lists.citations import check_citations, listed, wrong_citations
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from tests.conftest import ROOT

WORKS: list[Work] = [
    {"id": "a", "author": [{"family": "Berg", "given": "A."}], "title": "Den første"},
    {"id": "b", "author": [{"family": "Berg", "given": "A."}], "title": "Den andre"},
    {
        "id": "c",
        "author": [{"family": "Berg", "given": "A."}, {"family": "Ås", "given": "B."}],
        "title": "Sammen. En rapport",
    },
    {"id": "d", "author": [{"literal": "Oslo kommune, Velferdsetaten"}], "title": "Behovet"},
    {"id": "e", "author": [{"family": "Simson", "dropping-particle": "von"}], "title": "Velferd"},
    {"id": "f", "editor": [{"family": "Dahl", "given": "C."}], "title": "Boligsosialt arbeid"},
]
WORKS = [work | {"issued": {"date-parts": [[2021]]}} for work in WORKS] + [
    {"id": "g", "author": [{"literal": "Husbanken"}], "title": "Årsrapport for 2025"},
    {"id": "h", "title": "Rom for alle", "number": "2011:15"},
]

RIGHT = [
    "Berg, A. (2021b), «Den første», side 5.",
    "Berg, A. (2021), «Den første», side 5.",
    "Berg (2021a), side 5.",
    "Berg, A. og B. Ås (2021), «Sammen»; Berg og Ås (2021).",
    "Berg m.fl. (2021), side 7.",
    "Se også von Simson (2021), «Velferd», og rapporten står i Berg (2021a).",
    'Oslo kommune, Velferdsetaten (2021), rapport [3/2021]{.fast grunn="Nummer"} «Behovet».',
    "Ås, B., i Dahl, C. (red.) (2021), «Boligsosialt arbeid», side 31.",
    "Husbanken, årsrapport for 2025, side 3, <https://x.no/(2020)>; NOU 2011:15 «Rom for alle».",
    "«Rom for alle» (2011–2014), side 4.",
]
WRONG = {
    "Dybdahl (2021), side 4.": "Ingen verk der har det navnet",
    "Velferdsetaten (2021), «Behovet».": "Ingen verk der har det navnet",
    "Berg, A. (2019), «Den første».": "Berg har 2021 der",
    "Berg, A. (2021), «Den tredje».": "har en annen tittel",
    "Berg, A. (2021a), «Den første».": "har en annen bokstav",
    "Berg (2021), side 5.": "kan være flere verk",
    "Husbanken, årsrapport for 2024, side 3.": "«Husbanken, årsrapport for 2024» står ikke",
    "NOU 2020:16, side 3.": "«NOU 2020:16» står ikke",
    "«Plan for alt» (2011–2014).": "«Plan for alt» står ikke som tittel",
}


def text(note: str) -> Text:
    return Text("kapittel-1", "chapters/kapittel-1.md", f"Ord.[^a]\n\n[^a]: {note}\n")


@pytest.mark.parametrize("note", RIGHT)
def test_what_the_list_has_is_not_told(note: str) -> None:
    assert list(wrong_citations([text(note)], listed(WORKS))) == []


@pytest.mark.parametrize("note", WRONG)
def test_what_the_list_has_not_is_told_with_file_and_line(note: str) -> None:
    (told,) = wrong_citations([text(note)], listed(WORKS))
    assert told.startswith("chapters/kapittel-1.md:3: «")
    assert WRONG[note] in told


def test_all_are_told_at_once() -> None:
    with pytest.raises(KgError, match=r"Dybdahl.*\n.*Lie"):
        check_citations([text("Dybdahl (2021), side 4; Lie (2020).")], WORKS)


def test_the_letters_are_those_of_the_list() -> None:
    works = read_works(ROOT / "assets" / "bib")
    shown = " ".join(page_words(reference_list(works)))
    lettered = [work for work in listed(works) if work.letter]

    assert len(lettered) > 10
    for work in lettered:
        start = re.escape(work.title.split(" – ")[0].split("–")[0][:30])
        assert re.search(rf"{work.year}{work.letter}\W{{1,4}}{start}", shown), work


def test_the_chapters_cite_what_the_list_has() -> None:
    catalog = read_catalog(ROOT / "params.yaml")
    check_citations(read_chapters(ROOT, catalog), read_works(ROOT / "assets" / "bib"))
