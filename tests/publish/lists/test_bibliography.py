"""The list of works: every entry once, Norwegian, and no citation left open."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.publish.lists.bibliography import (
    UNDATED,
    Work,
    beyond_style,
    read_works,
    reference_list,
)
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from tests.conftest import ROOT

WORK = """@book{%s,
  author = {%s},
  title = {%s},
  date = {2017},
  publisher = {Forlaget},
}
"""


@pytest.fixture(scope="module")
def works() -> list[Work]:
    return read_works(ROOT / "assets" / "bib")


def listed_ids(works: Sequence[Work]) -> list[str]:
    (block,) = reference_list(works)
    return [entry["c"][0][0].removeprefix("ref-") for entry in block["c"][1]]


def listed_words(works: Sequence[Work]) -> str:
    return " ".join(page_words(reference_list(works)))


def test_every_work_of_the_project_is_listed_once(works: list[Work]) -> None:
    ids = [work["id"] for work in works]
    assert len(ids) > 100
    assert sorted(listed_ids(works)) == sorted(set(ids))


def test_works_are_sorted_with_norwegian_letters_last(tmp_path: Path) -> None:
    names = {"a": "Åsland, A.", "b": "Zahl, A.", "c": "Ødegård, A.", "d": "Berg, A."}
    text = "".join(WORK % (key, name, "Tittel") for key, name in names.items())
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")
    assert listed_ids(read_works(tmp_path)) == ["d", "b", "c", "a"]


def test_a_work_in_two_files_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(WORK % ("x", "Berg, A.", "Den første"), encoding="utf-8")
    (tmp_path / "b.bib").write_text(WORK % ("x", "Berg, A.", "Den andre"), encoding="utf-8")
    assert [work["title"] for work in read_works(tmp_path)] == ["Den første"]


def test_a_broken_bibliography_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{x, title = {uten slutt", encoding="utf-8")
    with pytest.raises(KgError, match="references: pandoc"):
        read_works(tmp_path)


def linked_to(tmp_path: Path, more: str) -> list[Work]:
    entry = WORK % ("x", "Berg, A.", "Bydel Gamle Oslo og {EU}, forklart")
    (tmp_path / "a.bib").write_text(entry[:-2] + more + "}\n", encoding="utf-8")
    return read_works(tmp_path)


def test_a_title_keeps_its_letters(tmp_path: Path) -> None:
    assert "Bydel Gamle Oslo og EU, forklart" in listed_words(linked_to(tmp_path, ""))


def test_the_day_a_page_was_read_is_told_of_works_with_a_year_as_well(tmp_path: Path) -> None:
    works = linked_to(tmp_path, "  url = {https://x.no/a},\n  urldate = {2021-11-09},\n")
    assert f"Lest{NBSP}9.11.2021." in listed_words(works)
    assert "Åpnet" not in listed_words(works)


def test_a_new_link_and_the_note_are_told(tmp_path: Path) -> None:
    more = "  url = {https://x.no/a},\n  keywords = {ny-lenke},\n  note = {Slik den er oppgitt},\n"
    (work,) = linked_to(tmp_path, more)
    assert beyond_style(work) == ["Slik den er oppgitt.", "Lenken er ny i denne utgaven."]


def test_a_link_with_neither_day_nor_reason_is_told(tmp_path: Path) -> None:
    works = linked_to(tmp_path, "  url = {https://x.no/a},\n")
    with pytest.raises(KgError, match="«x» har en lenke uten «urldate»"):
        reference_list(works)


def test_every_link_of_the_project_has_a_day_or_a_reason_in_each_file() -> None:
    entry = re.compile(r"^@\w+\{([\w-]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
    reasons = re.compile(
        rf"^  (urldate = .*|keywords = \{{({'|'.join(UNDATED)})\}},)$", re.MULTILINE
    )
    entries = [
        held
        for path in (ROOT / "assets" / "bib").glob("*.bib")
        for held in entry.findall(path.read_text(encoding="utf-8"))
    ]

    assert [key for key, held in entries if " url = " in held and not reasons.search(held)] == []


def test_works_without_a_title_are_marked_alike(works: list[Work]) -> None:
    bracketed = [work["title"] for work in works if "[" in work.get("title", "")]
    assert len(bracketed) > 20
    plain = [re.sub("<.*?>", "", title) for title in bracketed]
    assert [title for title in plain if not re.fullmatch(r"\[uten tittel: .*\]", title)] == []
