"""Blocks as pandoc and the project's filter write them, for the page and for the PDF."""

import json
import shutil
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.publish.engines.pandoc import run_pandoc
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, NumberCell
from tests.conftest import ROOT

BLOCKS: list[Node] = [
    ast.paragraph('1. si "a" < b & c', ast.link("SSB", "https://ssb.no/?a=1&b=2")),
    ast.paragraph(
        ast.link("Tabell 6", "x.html#tabell-6"), ast.link("Spor", "spor.html#a", web_only=True)
    ),
    ast.paragraph(ast.struck("før"), " ", ast.inserted("nå")),
    ast.table(
        ("Kilde", "Tall", "Fil"),
        [
            (
                "SSB",
                NumberCell("1 000"),
                [ast.code("ssb/1.json"), ast.line_break(), ast.code("abc")],
            ),
            (ast.span("NAV", "kg-opphav", identifier="nav", title="t"), "–", ""),
        ],
        ("1fr", "auto", "2fr"),
        "Kilder",
    ),
    ast.web_only(ast.heading(2, "Bare på nett", identifier="nett")),
    ast.div(
        [
            ast.heading(3, ast.span("E01", "kg-nr"), " Én"),
            ast.plain_div([ast.span("Feil", "kg-merke"), " Kapittel 5"], "kg-under"),
            ast.definitions([("Det sto", ["To"])]),
        ],
        "section",
        "kg-kort",
        identifier="rettelse-e01",
    ),
]


def written(root: Path, to: str) -> str:
    shutil.copytree(ROOT / "filters", root / "filters")
    project = Project(root)
    project.render.mkdir(parents=True)
    data = {"generert": {"liste": ast.document(BLOCKS)}, "sider": {}}
    (project.render / "data.json").write_text(json.dumps(data), encoding="utf-8")
    text = '::: {.generert navn="liste"}\n:::\n'
    return run_pandoc(project, text, f"--to={to}", "--metadata=kg-side:chapters/a.md")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("page"), "html5")


@pytest.fixture(scope="module")
def typst(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("typst"), "typst")


def test_words_are_no_markup(page: str, typst: str) -> None:
    assert '<p>1. si "a" &lt; b &amp; c' in page
    assert r'#"1. si \"a\" < b & c";' in typst


def test_a_page_of_ours_is_reached_from_the_root_and_others_as_they_are(page: str) -> None:
    assert '<a href="../x.html#tabell-6">Tabell 6</a><a href="../spor.html#a">Spor</a>' in page
    assert '<a href="https://ssb.no/?a=1&amp;b=2">SSB</a>' in page


def test_a_link_of_the_pdf_leads_to_the_place_on_the_page_if_the_pdf_has_it(typst: str) -> None:
    assert '#link(<tabell-6>)[#"Tabell 6";]#"Spor";' in typst
    assert '#link("https://ssb.no/?a=1&b=2")[#"SSB";]' in typst


def test_changed_words_are_marked(page: str, typst: str) -> None:
    assert "<del>før</del> <ins>nå</ins>" in page
    assert '#strike[#"før";]#" ";#underline[#"nå";]' in typst


def test_cells_of_a_table_are_named_by_column_and_row(page: str) -> None:
    assert '<th scope="col">Kilde</th>' in page
    assert '<th scope="row">SSB</th>\n<td class="kg-n">1 000</td>' in page
    assert '<th scope="row"><span id="nav" class="kg-opphav" title="t">NAV</span></th>' in page


def test_the_frame_that_scrolls_a_table_has_the_name_of_the_table(page: str) -> None:
    assert '<div class="kg-ramme" tabindex="0" role="group" aria-label="Kilder">' in page
    assert "<caption>Kilder</caption>" in page


def test_a_table_of_the_pdf_has_its_caption_above_and_widths(typst: str) -> None:
    assert '#strong[#"Kilder";]\n\n#kg-listing((1fr, auto, 2fr))[' in typst


def test_code_may_break_after_its_strokes_in_the_pdf(page: str, typst: str) -> None:
    assert "<code>ssb/1.json</code><br />\n<code>abc</code>" in page
    assert '#"ssb/\N{ZERO WIDTH SPACE}1.json";' in typst


def test_what_is_for_the_web_is_on_the_page_alone(page: str, typst: str) -> None:
    assert '<h2 id="nett">Bare på nett</h2>' in page
    assert "nett" not in typst


def test_a_case_is_a_section_with_its_parts_by_name(page: str) -> None:
    assert '<section id="rettelse-e01" class="kg-kort">\n<h3><span class="kg-nr">E01' in page
    assert "<dt>Det sto</dt>\n<dd>\nTo\n</dd>" in page


def test_a_case_of_the_pdf_is_one_block_and_out_of_the_contents(typst: str) -> None:
    head = '#kg-kort[\n#heading(level: 3, outlined: false)[#"E01";#" Én";]\n<rettelse-e01>'
    assert head in typst
    assert '#kg-under[\n#kg-merke[#"Feil";]#" Kapittel 5";\n]' in typst
    assert '#terms(tight: true, terms.item([#"Det sto";#":";], [#"To";]))' in typst


def test_the_words_of_a_list_are_those_of_its_page() -> None:
    words = "".join(ast.page_words(BLOCKS))
    assert "KilderKildeTallFilSSB1 000ssb/1.jsonabc" in words
    assert "Bare på nett" in words and "Bare på trykk" not in words
