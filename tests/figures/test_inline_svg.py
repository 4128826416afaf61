from xml.etree import ElementTree

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing, words_of_marks
from kunnskapsgrunnlag.figures.svg_addresses import SVG
from tests.conftest import item_of, measure_of, spaced, value_of

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAWING = f"""<svg {NAMES} width="403.2pt" height="144pt" viewBox="0 0 403.2 144">
<g id="a"><g id="b"/><g><path d="M 0 0" style="fill: none; stroke: #e0e0e0; stroke-width: 0.8"/></g>
<g clip-path="url(#p)"><text style="font-size: 10.5px; font-family: 'IBM Plex Sans'; fill: #2c2c2c"
 x="1" y="2" transform="rotate(-0 1 2)">Stovner</text></g>
<text style="font-size: 9px; fill: #c9302c" transform="rotate(-90 1 2)">Estimat</text></g>
</svg>"""


def page_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(inline_drawing(Drawn(svg, svg), "figur-9", "Alt"))


def drawn() -> ElementTree.Element:
    return page_of(DRAWING)[0]


def test_styles_become_attributes_of_their_own() -> None:
    path = drawn().find(f".//{SVG}path")
    assert path is not None
    assert path.attrib == {
        "d": "M0 0",
        "fill": "none",
        "stroke": "var(--kg-grid)",
        "stroke-width": "0.8",
    }


def test_what_most_texts_are_is_said_once() -> None:
    root = drawn()
    plain, other = root.iter(f"{SVG}text")
    assert (root.get("fill"), root.get("font-size")) == ("var(--kg-ink)", "10.5px")
    assert plain.attrib == {"x": "1", "y": "2"}
    assert (other.get("fill"), other.get("font-size")) == ("var(--kg-red)", "9px")


def test_only_turns_that_turn_are_kept() -> None:
    assert [text.get("transform") for text in drawn().iter(f"{SVG}text")] == [
        None,
        "rotate(-90 1 2)",
    ]


def test_groups_that_do_nothing_go_and_the_others_stay() -> None:
    assert [group.attrib for group in drawn().iter(f"{SVG}g")] == [
        {"clip-path": "url(#figur-9-bred-0)"}
    ]


def test_what_all_marks_of_a_group_say_is_said_by_the_group() -> None:
    uses = "".join(
        f'<use xlink:href="#m0123456789" x="{x}" style="fill: #1f42aa; stroke: {edge}"/>\n'
        for x, edge in ((1, "#1f42aa"), (2, "#8a8a8a"))
    )
    svg = f'<svg {NAMES} viewBox="0 0 9 9"><g clip-path="url(#p0123456789)">\n{uses}</g></svg>'

    (group,) = page_of(svg)[0].iter(f"{SVG}g")

    assert group.attrib == {"clip-path": "url(#figur-9-bred-0)", "fill": "var(--kg-warm-blue)"}
    assert [use.get("href") for use in group] == ["#figur-9-bred-1"] * 2
    assert [use.get("fill") for use in group] == [None, None]
    assert [use.get("stroke") for use in group] == ["var(--kg-warm-blue)", "var(--kg-grey)"]


def test_a_number_that_stands_in_no_table_has_its_words_on_its_mark() -> None:
    item = item_of(measures={"leie": measure_of(title="Leie", unit="kr per måned")})
    apart = value_of("tabell-1/leie/2020", spaced("9 100"), 9100.0, year=2020, shown=False)
    shown = value_of("tabell-1/leie/2021", spaced("9 200"), 9200.0, year=2021)
    group = '<g id="line2d_kg.tabell-1.leie.2020::tabell-1.leie.2021"><use x="1"/><use x="2"/></g>'
    svg = f'<svg {NAMES} viewBox="0 0 9 9">{group}</svg>'

    page = inline_drawing(Drawn(svg, svg), "tabell-1", "Alt", words_of_marks(item, [apart, shown]))

    words = f'data-navn="2020" data-mal="Leie (kr per måned)" data-tekst="{spaced("9 100")}"'
    assert f'<use data-adresse="tabell-1/leie/2020" {words} x="1"/>' in page
    assert '<use data-adresse="tabell-1/leie/2021" x="2"/>' in page


def test_too_few_marks_for_their_numbers_are_refused() -> None:
    group = '<g id="line2d_kg.a.b::a.c"><defs><path d=""/></defs><use x="1"/></g>'
    with pytest.raises(KgError, match="1 marks are drawn for"):
        page_of(f'<svg {NAMES} viewBox="0 0 9 9">{group}</svg>')


def test_two_widths_are_one_picture_and_share_no_id() -> None:
    page = page_of(DRAWING)

    assert (page.get("role"), page.get("aria-label")) == ("img", "Alt")
    assert [svg.attrib["class"] for svg in page] == ["kg-bred", "kg-smal"]
    assert {svg.get("aria-hidden") for svg in page} == {"true"}
    groups = [group.get("clip-path") for group in page.iter(f"{SVG}g")]
    assert groups == ["url(#figur-9-bred-0)", "url(#figur-9-smal-0)"]
