import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.escape import typst_text
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.publish import fragments
from kunnskapsgrunnlag.publish.fragments import (
    FOLD_ABOVE,
    html_item,
    html_table,
    origin_mark,
    trace_link,
    typst_item,
    typst_table,
)
from kunnskapsgrunnlag.store.notes import Note
from kunnskapsgrunnlag.store.tables import Grid, GridRow, Head
from tests.conftest import item_of, receipt_of, result_of, value_of
from tests.publish.tags import Tags

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg>
<svg width="403.2pt" height="144pt" viewBox="0 0 403.2 144" xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <metadata><rdf>skjult</rdf></metadata>
 <defs>
  <style type="text/css">*{stroke-linejoin: round}</style>
 </defs>
 <g id="axes_1" clip-path="url(#p1)"><use xlink:href="#m2" style="fill: #1f42aa"/></g>
</svg>"""


def table(label: str = "Oslo", text: str = "1") -> Grid:
    first, second = value_of("tabell-1/personer/oslo/2019", text), None
    return Grid(
        corner=("Område", "År"),
        levels=((Head("Personer", 2),), (Head("Oslo"), Head("Hele landet"))),
        rows=(
            GridRow((Head(label, 2), Head("2019")), (first, second)),
            GridRow((None, Head("2020")), (first, first)),
        ),
    )


SOURCE = receipt_of(
    owner="SSB",
    title="Leie & eie",
    vintage="2022",
    licence="CC BY 4.0",
    origin="offisiell",
    file="ssb/leie.json",
    sha256_cells="0123456789abcdef" * 4,
)


RESULT = result_of(
    "tabell-1",
    [value_of("tabell-1/personer/oslo/2019")],
    alt="Søyler: 1 < 2",
    sources={"k": SOURCE},
)


def page(kind: str = "tabell", grid: Grid | None = None, notes: Sequence[Note] = ()) -> str:
    """The item on its chapter's page."""
    files, key = [(f"items/{kind}-1/{kind}-1.csv", "CSV, 2 kB")], f"{kind}-1"
    return html_item(
        key, item_of(kind=kind), RESULT, grid or table(), Drawn(SVG, SVG), notes, files, "../", 3
    )


def test_the_finding_stands_over_the_subtitle_and_number_and_name_below_them() -> None:
    caption = re.sub(r"<[^>]+>", "", page().partition("</figcaption>")[0])
    assert caption.split("\n")[1:] == ["@FUNN@", "Undertittel", "Tabell 1. Tittel"]


def test_the_finding_is_a_heading_of_the_level_that_its_place_asks_for() -> None:
    assert '<h3 class="kg-funn">@FUNN@</h3>' in page()


@pytest.mark.parametrize(("kind", "past"), [("tabell", "tegning"), ("figur", "kilde")])
def test_a_link_leads_past_a_table_with_many_numbers(
    monkeypatch: pytest.MonkeyPatch, kind: str, past: str
) -> None:
    assert "Hopp over tabellen" not in page(kind=kind)
    monkeypatch.setattr(fragments, "SKIP_ABOVE", 1)
    (key,) = re.findall(r'<figure class="kg-item" id="([^"]+)"', text := page(kind=kind))
    before, link, after = text.partition(f'href="#{key}-{past}">Hopp over tabellen</a><div')
    assert link and "<table>" not in before
    assert f'id="{key}-{past}"' in after.partition("</table>")[2]


def test_every_header_cell_says_what_it_heads_and_covers_it() -> None:
    heads = Tags(html_table(table())).of("th")
    scopes = ["col", "col", "colgroup", "col", "col", "rowgroup", "row", "row"]
    assert [h["scope"] for h in heads] == scopes
    assert [h.get("rowspan") for h in heads[:2]] == ["2", "2"]
    assert heads[2].get("colspan") == "2"
    assert (heads[5]["rowspan"], "rowspan" in heads[6]) == ("2", False)


def test_there_are_as_many_cells_as_columns() -> None:
    assert len(Tags(html_table(table())).of("td")) == 4
    assert '<td class="kg-n"></td>' in html_table(table())


def test_a_label_is_no_markup() -> None:
    text = html_table(table(label='<b>"Oslo" & omegn</b>'))
    assert "<b>" not in text
    assert "&lt;b&gt;&quot;Oslo&quot; &amp; omegn&lt;/b&gt;" in text


def test_a_number_links_to_its_trace_or_stands_bare() -> None:
    links = {"tabell-1/personer/oslo/2019": "sporing/tabell-1.html#personer.oslo.2019"}
    link = '<a href="sporing/tabell-1.html#personer.oslo.2019">1</a>'
    assert link in html_table(table(), links)
    assert "<a " not in html_table(table())


def test_a_missing_number_says_what_its_symbol_means() -> None:
    missing = value_of("tabell-1/leie", "..", None)
    grid = Grid(("År",), ((Head("Leie"),),), (GridRow((Head("2020"),), (missing,)),))
    assert '<abbr title="tallet mangler hos kilden">..</abbr>' in html_table(grid)


def test_words_are_set_as_words() -> None:
    said = value_of("figur-21/forvaltning/ungbo", "kommunal", None)
    grid = Grid(("Virkemiddel",), ((Head("Nivå"),),), (GridRow((Head("Ungbo"),), (said,)),))
    assert "<td>kommunal</td>" in html_table(grid)


def test_an_inline_drawing_is_named_and_keeps_to_itself() -> None:
    text = inline_drawing(Drawn(SVG, SVG), "figur-9", '«1 < 2» & "så"')
    picture, drawing = Tags(text).of("div")[0], Tags(text).of("svg")[0]
    assert (picture["role"], picture["aria-label"]) == ("img", '«1 < 2» & "så"')
    assert (drawing["width"], "height" in drawing) == ("403.2", False)
    assert "url(#figur-9-b0)" in text and ' href="#figur-9-b1"' in text
    assert 'fill="var(--kg-warm-blue)"' in text
    # Nothing refers to the axes; a policy passes over styles; metadata is for nobody.
    assert [w for w in ("axes_1", "<style", " style=", "skjult") if w in text] == []


def test_a_long_table_is_folded_away_with_its_length() -> None:
    one = value_of("tabell-1/personer/oslo/2019")
    rows = tuple(GridRow((Head(str(at)),), (one,)) for at in range(FOLD_ABOVE + 1))
    long = Grid(("År",), ((Head("Leie"),),), rows)
    assert f"<summary>Vis som tabell ({len(rows)} rader)</summary>" in page("figur", long)
    assert "<details" not in page()


def test_a_table_item_shows_the_table_first_and_a_figure_the_drawing() -> None:
    assert page().index("<table>") < page().index("<svg")
    assert page("figur").index("<svg") < page("figur").index("<table>")


def test_a_drawing_is_a_named_stop_for_keys_that_may_scroll_in_its_frame() -> None:
    frames = [div for div in Tags(page()).of("div") if div.get("class") == "kg-tegning"]
    stops = [(f["tabindex"], f["role"], f["aria-label"]) for f in frames]
    assert stops == [("0", "group", "Tabell 1, tegning")]


def test_an_item_names_its_source_origin_and_notes() -> None:
    text = page(notes=[Note("Én <merknad>.")])
    assert "Kilde: SSB: Leie &amp; eie (2022). Opphav:" in text
    assert 'class="kg-opphav kg-opphav-trykt"' in text
    assert '<ul class="kg-merknader"><li>Én &lt;merknad&gt;.</li></ul>' in text
    assert "<ul" not in page()


def test_an_estimate_says_so_in_its_caption() -> None:
    value = value_of("tabell-1/personer/oslo/2019", origin="estimat")
    estimate = result_of("tabell-1", [value], sources={"k": SOURCE})
    text = html_item("tabell-1", item_of(), estimate, table(), Drawn(SVG, SVG), [], [], "", 3)
    assert origin_mark("estimat") in text.partition("</figcaption>")[0]


def test_an_items_links_lead_up_from_its_chapter() -> None:
    links = {str(link["href"]) for link in Tags(page()).of("a")}
    assert "Last ned CSV, 2 kB" in page()
    assert {"../tabeller/tabell-1.html", "../items/tabell-1/tabell-1.csv"} <= links
    assert all(link.startswith("../") for link in links)


def test_a_trace_lies_on_the_page_of_its_item() -> None:
    link = trace_link("tabell-6/leie/oslo-og-baerum/1-rom/2020", "../")
    assert link == "../sporing/tabell-6.html#leie.oslo-og-baerum.1-rom.2020"


@pytest.mark.parametrize("origin", ["offisiell", "leveranse", "trykt", "estimat"])
def test_every_origin_has_a_mark_in_words(origin: str) -> None:
    assert re.search(r'title="[^"]{8,}">[A-Z][a-z]+</span>$', origin_mark(origin))


@given(st.text('ab"\\#[$'))
def test_typst_reads_back_the_text_that_was_written(text: str) -> None:
    inside = typst_text(text)[1:-1]
    assert re.fullmatch(r'(?:[^"\\]|\\["\\])*', inside)
    assert re.sub(r'\\(["\\])', r"\1", inside) == text


def test_a_typst_table_has_spans_and_says_which_columns_hold_numbers() -> None:
    text = typst_table(table())
    assert text.startswith("(2, (true, true, ), (")
    assert 'table.cell(rowspan: 2, [#"Område"])' in text
    assert re.search(r'table\.cell\(colspan: 2,[^\[]* \[#"Personer"\]\)', text)
    assert text.count('table.cell(rowspan: 2, [#"Oslo"])') == 1
    assert "table.cell([])" in text
    assert r'[#"\"Oslo\" #let $x$"]' in typst_table(table(label='"Oslo" #let $x$'))


def test_a_typst_item_says_the_same_as_the_page() -> None:
    text = typst_item("tabell-1", item_of(), RESULT, table(), [Note("Merknad.")], "/x/tabell-1.svg")

    assert text.startswith('#kg-item([@FUNN@], "Tabell 1", "Tittel", "Undertittel", "tabell-1", ')
    assert '("SSB: Leie & eie (2022)", )' in text
    assert '([#"Merknad."], )' in text
    assert 'leads: true, drawing: ("/x/tabell-1.svg", "Søyler: 1 < 2"), numbers: (2, ' in text
