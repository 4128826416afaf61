from xml.etree import ElementTree

from kunnskapsgrunnlag.figures.inline_svg import inline_svg

DRAWING = """<svg width="403.2pt" height="144pt" viewBox="0 0 403.2 144">
<g id="a"><g id="b"/><g><path d="M 0 0" style="fill: none; stroke: #e0e0e0; stroke-width: 0.8"/></g>
<g clip-path="url(#p)"><text style="font-size: 10.5px; font-family: 'IBM Plex Sans'; fill: #2c2c2c"
 x="1" y="2" transform="rotate(-0 1 2)">Stovner</text></g>
<text style="font-size: 9px; fill: #c9302c" transform="rotate(-90 1 2)">Estimat</text></g>
</svg>"""


def drawn() -> ElementTree.Element:
    return ElementTree.fromstring(inline_svg(DRAWING, "figur-9", "Alt"))


def test_styles_become_attributes_of_their_own() -> None:
    path = drawn().find(".//path")

    assert path is not None
    assert path.attrib == {
        "d": "M0 0",
        "fill": "none",
        "stroke": "var(--kg-grid)",
        "stroke-width": "0.8",
    }


def test_what_most_texts_are_is_said_once() -> None:
    root = drawn()
    plain, other = root.iter("text")

    assert (root.get("fill"), root.get("font-size")) == ("var(--kg-ink)", "10.5px")
    assert plain.attrib == {"x": "1", "y": "2"}
    assert (other.get("fill"), other.get("font-size")) == ("var(--kg-red)", "9px")


def test_only_turns_that_turn_are_kept() -> None:
    assert [text.get("transform") for text in drawn().iter("text")] == [None, "rotate(-90 1 2)"]


def test_groups_that_do_nothing_go_and_the_others_stay() -> None:
    assert [group.attrib for group in drawn().iter("g")] == [{"clip-path": "url(#figur-9-p)"}]


def test_what_all_marks_of_a_group_say_is_said_by_the_group() -> None:
    uses = "".join(
        f'<use xlink:href="#m0123456789" x="{x}" style="fill: #1f42aa; stroke: {edge}"/>\n'
        for x, edge in ((1, "#1f42aa"), (2, "#8a8a8a"))
    )
    svg = f'<svg viewBox="0 0 9 9"><g clip-path="url(#p0123456789)">\n{uses}</g></svg>'

    (group,) = ElementTree.fromstring(inline_svg(svg, "figur-9", "Alt")).iter("g")

    assert group.attrib == {"clip-path": "url(#figur-9-0)", "fill": "var(--kg-warm-blue)"}
    assert [use.get("href") for use in group] == ["#figur-9-1", "#figur-9-1"]
    assert [use.get("fill") for use in group] == [None, None]
    assert [use.get("stroke") for use in group] == ["var(--kg-warm-blue)", "var(--kg-grey)"]
