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
    assert (plain.get("fill"), plain.get("font-size")) == (None, None)
    assert (other.get("fill"), other.get("font-size")) == ("var(--kg-red)", "9px")


def test_only_turns_that_turn_are_kept() -> None:
    assert [text.get("transform") for text in drawn().iter(f"{SVG}text")] == [
        None,
        "rotate(-90 1 2)",
    ]


def marks(*looks: tuple[str, str], clip: str = "", size: str = "9") -> ElementTree.Element:
    """A group of marks: where each lies, and the style of it."""
    uses = "".join(f'<use xlink:href="#m0" x="{x}" style="{style}"/>' for x, style in looks)
    rect = f'<clipPath id="p0"><rect x="0" y="0" width="{size}" height="9"/></clipPath>'
    shape = '<path id="m0" d="M 1 1 L 2 2" style="stroke: #8a8a8a"/>'
    defs = f"<defs>{rect}{shape}</defs>"
    svg = f'<svg {NAMES} viewBox="0 0 9 9">{defs}<g {clip}>{uses}</g></svg>'
    return page_of(svg)[0]


BLUE, GREEN = "fill: #1f42aa", "fill: #034b45"


def test_marks_in_a_row_that_look_alike_say_it_once() -> None:
    page = marks(("1", BLUE), ("2", BLUE), ("3", GREEN))

    (group,) = page.iter(f"{SVG}g")
    assert group.attrib == {"fill": "var(--kg-warm-blue)", "stroke": "var(--kg-grey)"}
    assert [use.attrib for use in group] == [{"href": "#figur-9-b0", "x": x} for x in ("1", "2")]
    assert [use.get("fill") for use in page.iter(f"{SVG}use")][2] == "var(--kg-dark-green)"


def test_the_look_of_a_shape_is_said_by_its_uses_and_the_shape_is_drawn_once() -> None:
    other = "stroke: #2c2c2c"
    shapes = "".join(
        f'<defs><path id="{name}" d="M 1 1 L 2 2" style="{style}"/></defs>'
        f'<g><use xlink:href="#{name}" x="1" style="{BLUE}"/></g>'
        for name, style in (("m0", ""), ("m1", other))
    )
    page = page_of(f'<svg {NAMES} viewBox="0 0 9 9">{shapes}</svg>')[0]

    (shape,) = [path for path in page.iter(f"{SVG}path")]
    assert shape.attrib == {"id": "figur-9-b0", "d": "M1 1L2 2"}
    assert [use.get("stroke") for use in page.iter(f"{SVG}use")] == [None, "var(--kg-ink)"]


@pytest.mark.parametrize(("size", "clips"), [("9", []), ("4", ["url(#figur-9-b0)"])])
def test_a_clip_stays_where_it_cuts_something_off(size: str, clips: list[str]) -> None:
    page = marks(("1", BLUE), ("7", BLUE), clip='clip-path="url(#p0)"', size=size)

    found = [group.get("clip-path") for group in page.iter(f"{SVG}g")]
    assert [clip for clip in found if clip] == clips
    assert len(list(page.iter(f"{SVG}clipPath"))) == len(clips)


def test_the_clip_of_a_mark_is_not_moved_with_it() -> None:
    page = marks(("7", BLUE), clip='clip-path="url(#p0)"', size="4")

    assert [use.get("clip-path") for use in page.iter(f"{SVG}use")] == [None]
    assert [group.get("clip-path") for group in page.iter(f"{SVG}g")] == ["url(#figur-9-b0)"]


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
    with pytest.raises(KgError, match="1 merker er tegnet for"):
        page_of(f'<svg {NAMES} viewBox="0 0 9 9">{group}</svg>')


def test_two_widths_are_one_picture_and_share_no_id() -> None:
    page = page_of(DRAWING)

    assert (page.get("role"), page.get("aria-label")) == ("img", "Alt")
    assert [svg.attrib["class"] for svg in page] == ["kg-bred", "kg-smal"]
    assert {svg.get("aria-hidden") for svg in page} == {"true"}
    ids = [text.get("clip-path") for text in page.iter(f"{SVG}text")]
    assert ids == ["url(#figur-9-b0)", None, "url(#figur-9-s0)", None]
