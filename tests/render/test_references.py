"""The list of works: every entry once, in both formats, Norwegian, and no citation left open."""

import re
from pathlib import Path

import pytest

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.render.references import References, read_works
from tests.conftest import BOOK

WORK = """@book{%s,
  author = {%s},
  title = {%s},
  date = {2017},
  publisher = {Forlaget},
}
"""


@pytest.fixture(scope="module")
def works() -> References:
    return read_works(BOOK / "assets" / "bib")


def test_every_work_of_the_project_is_listed_once_in_each_format(works: References) -> None:
    ids = [work["id"] for work in works.works]

    assert len(ids) == len(set(ids)) > 100
    assert re.findall(r'id="ref-([^"]+)"', works.html()).__len__() == len(ids)
    assert works.typst().count("#block[") == len(ids) + 1


def test_works_are_sorted_with_norwegian_letters_last(tmp_path: Path) -> None:
    names = {"a": "Åsland, A.", "b": "Zahl, A.", "c": "Ødegård, A.", "d": "Berg, A."}
    text = "".join(WORK % (key, name, "Tittel") for key, name in names.items())
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")

    found = re.findall(r'id="ref-(\w)"', read_works(tmp_path).html())

    assert found == ["d", "b", "c", "a"]


def test_a_work_in_two_files_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(WORK % ("x", "Berg, A.", "Den første"), encoding="utf-8")
    (tmp_path / "b.bib").write_text(WORK % ("x", "Berg, A.", "Den andre"), encoding="utf-8")

    text = read_works(tmp_path).html()

    assert "Den første" in text
    assert "Den andre" not in text


def test_a_broken_bibliography_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{x, title = {uten slutt", encoding="utf-8")

    with pytest.raises(KgError, match="references: pandoc"):
        read_works(tmp_path)
