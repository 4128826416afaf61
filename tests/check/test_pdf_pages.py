from pathlib import Path

import pytest
import typst

from kunnskapsgrunnlag.check.pdf import check_continuations
from kunnskapsgrunnlag.check.pdf_pages import check_gaps, check_headings, read_gaps
from kunnskapsgrunnlag.check.pdf_words import Paragraph, Pdf
from tests.checkout import Checkout
from tests.conftest import item_of

PAGE = (
    '#set page(paper: "a4", margin: (top: 2.7cm, bottom: 2.4cm), footer: [fot], header: [topp])\n'
)
COVER = "Omslag\n#pagebreak()\n"


def made(folder: Path, body: str) -> Path:
    path, source = folder / "x.pdf", folder / "x.typ"
    source.write_text(f"{PAGE}{COVER}{body}", encoding="utf-8")
    typst.compile(source, output=path)
    return path


@pytest.mark.parametrize("fault", ["#v(1fr) #block(height: 14cm)[under]", "#v(9cm) #lorem(300)"])
def test_a_gap_within_a_chapter_is_refused(tmp_path: Path, fault: str) -> None:
    path = made(tmp_path, f"= En\n#lorem(60)\n{fault}\n#pagebreak()\nTekst\n")
    (error,) = check_gaps("x.pdf", read_gaps(path))
    assert error.startswith("x.pdf, side 2: ")


def test_a_full_page_and_the_end_of_a_chapter_pass(tmp_path: Path) -> None:
    path = made(tmp_path, "= En\n#lorem(900)\n#pagebreak()\n= To\nKort.\n")
    gaps = read_gaps(path)
    assert [gap.ends_chapter for gap in gaps][-2:] == [True, True]
    assert gaps[0].share < 0.1 < gaps[-1].share
    assert check_gaps("x.pdf", gaps) == []


def test_no_page_of_the_edition_has_a_gap(built: Checkout) -> None:
    assert check_gaps("pdf", read_gaps(built.root / "build/kunnskapsgrunnlag.pdf")) == []


def pdf_of(*lines: tuple[int, str]) -> Pdf:
    return Pdf("x.pdf", [Paragraph(page, words) for page, words in lines], ["4.1 Leie"], set())


def test_a_heading_away_from_its_text_is_refused() -> None:
    (error,) = check_headings(pdf_of((3, "4.1 Leie"), (4, "Leien økte.")))
    assert "side 3: overskriften «4.1 Leie»" in error
    assert [*check_headings(pdf_of((3, "4.1 Leie"), (3, "Leien økte.")))] == []


def continued(*pages: int, named: bool = True) -> list[str]:
    item = item_of()
    name = f"{item.label}. {item.title}"
    lines = [(pages[0], item.subtitle), (pages[0], name), (pages[0], "Oslo")]
    for page in pages[1:]:
        lines += [*([(page, f"{name} (fortsatt)")] if named else []), (page, "Bergen")]
    return [*check_continuations(pdf_of(*lines, (pages[-1], "Kilde: SSB.")), item, 0)]


def test_what_an_item_has_on_further_pages_stands_under_its_name_and_next_to_it() -> None:
    assert continued(5) == continued(5, 6) == []
    assert "går videre på side 6 uten «(fortsatt)»" in continued(5, 6, named=False)[0]
    assert "står på sidene 5, 8" in continued(5, 8)[0]
