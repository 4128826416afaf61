"""The pictures in docs/ are those that the tool makes, and show every kind of page."""

import re

import pytest

from kunnskapsgrunnlag.publish.machine.write import ENGLISH
from tests.checkout import Checkout
from tools.screens import (
    DOCUMENT,
    FOLDER,
    PDF_PAGES,
    SCREENS,
    document,
    find_page,
    kind_of,
    pictures,
)


def test_the_page_is_the_one_that_the_tool_writes() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run `make screens`"


def test_every_picture_is_shown_once_and_every_shown_picture_is_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(skjermer/([^)]+)\)", DOCUMENT.read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(path.name for path in FOLDER.iterdir()) == sorted(pictures())


def test_every_picture_says_what_it_shows_in_words_of_its_own() -> None:
    said = re.findall(r"!\[([^\]]*)\]", DOCUMENT.read_text(encoding="utf-8"))

    assert min(len(words) for words in said) > 20
    assert len(set(said)) == len(said)


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}

    assert {name: size for name, size in sizes.items() if size > 80_000} == {}
    assert sum(sizes.values()) < 2_500_000


@pytest.mark.parametrize(
    ("path", "kind"),
    [("sok.html?q=bydel", "sok.html"), ("chapters/kapittel-6.html#figur-25", "chapters")],
)
def test_a_page_is_of_the_kind_of_its_folder_or_its_own(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_every_kind_of_page_is_shown(built: Checkout) -> None:
    site = built.root / "build/site"
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    # The short address of the summary in English only leads on.
    kinds = {kind_of(path) for path in paths - {ENGLISH}}

    assert kinds == {kind_of(screen.path) for screen in SCREENS}, "add it to tools/screens.py"


def test_every_shown_page_of_the_pdf_is_there(built: Checkout) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    pdf = pypdfium2.PdfDocument(built.root / "build/kunnskapsgrunnlag.pdf")
    numbers = [find_page(pdf, page.path) for page in PDF_PAGES]

    assert numbers[0] == 0
    assert numbers == sorted(set(numbers))
    with pytest.raises(ValueError, match="No page of the PDF has the words «xyzzy»"):
        find_page(pdf, "xyzzy")
    pdf.close()
