"""What marks in drawings show: by pointer, by touch and by keyboard, beside what the tables say."""

from typing import Any

import pytest

from tests.browser.axe import ALL, ask_axe, axe_script
from tests.browser.conftest import Opener

FIVE, SIX = "chapters/kapittel-5.html", "chapters/kapittel-6.html"
# An item of each kind of mark, the number pointed at, and where its mark stands among equals.
HOVERED = [
    (SIX, "tabell-31/per_innbygger/oslo", 0),  # a bar across
    (SIX, "tabell-30/belop/2018", 0),  # a bar upwards
    (SIX, "figur-27/statlig_mottakere/2018", 0),  # a point of a line
    (SIX, "figur-32/boliger/grorud/2019", 0),  # a tile
    (SIX, "figur-32/per_1000/alna/2019", 0),  # a ring
    (SIX, "figur-28/tak/3-personer/2021", 0),  # a bar within a bar
    (FIVE, "tabell-16/med_barn/nordre-aker", 0),  # a diamond on a bar
    (FIVE, "figur-18/andel/delbydel-fossum", 0),  # a dot whose table is folded away
    (SIX, "figur-21/forvaltning/startlan", 0),  # a dot that stands for words
]
# The drawing that a wide page shows.
WIDE = ".kg-bred"


def cell_of(tab: Any, address: str) -> str:
    """The text of a number in the reader's table, and its band where it is an estimate."""
    item, _, rest = address.partition("/")
    cell = f'#{item} .kg-ramme td:has(a[href$="#{rest.replace("/", ".")}"])'
    return str(tab.locator(cell).text_content())


def point_at(tab: Any, address: str, place: int = 0) -> None:
    mark = tab.locator(f'{WIDE} [data-adresse~="{address}"]').nth(place)
    mark.scroll_into_view_if_needed()
    at = mark.bounding_box()
    tab.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2, steps=3)


@pytest.mark.parametrize(("page", "address", "place"), HOVERED)
def test_pointing_at_a_mark_shows_what_the_table_says(
    opened: Opener, page: str, address: str, place: int
) -> None:
    seen = opened(page)
    point_at(seen.tab, address, place)
    seen.tab.locator(".kg-tallboks").wait_for()
    numbers = seen.tab.locator(".kg-tallboks-tall").all_text_contents()
    assert cell_of(seen.tab, address) in numbers
    assert seen.tab.locator("svg .kg-ring").count() == 1
    assert seen.complaints == []


@pytest.mark.parametrize("query", ["", "?bydel=stovner"])
def test_box_names_row_and_column_also_of_a_marked_bydel(opened: Opener, query: str) -> None:
    tab = opened(f"{FIVE}{query}").tab
    point_at(tab, "tabell-15/uten_barn/stovner")
    tab.locator(".kg-tallboks").wait_for()
    row, column, *_ = tab.locator(".kg-tallboks p").all_text_contents()
    assert row == "Stovner"
    assert column == f"Uten barn: {cell_of(tab, 'tabell-15/uten_barn/stovner')}"


def test_box_stays_under_the_pointer_and_goes_with_it_or_with_escape(opened: Opener) -> None:
    tab = opened(SIX).tab
    box = tab.locator(".kg-tallboks")
    point_at(tab, "tabell-30/belop/2018")
    box.wait_for()

    at = box.bounding_box()
    tab.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2, steps=8)
    tab.wait_for_timeout(600)
    assert box.is_visible()

    tab.mouse.move(5, 5, steps=4)
    box.wait_for(state="hidden", timeout=2000)

    point_at(tab, "tabell-30/belop/2018")
    box.wait_for()
    tab.keyboard.press("Escape")
    assert not box.is_visible()
    assert tab.locator(".kg-ring").count() == 0


def test_tap_shows_a_number_and_a_tap_beside_it_closes(browser: Any, opened: Opener) -> None:
    address = "tabell-30/belop/2018"
    url = opened(SIX).tab.url
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 900})
    tab = context.new_page()
    tab.goto(url)

    tab.locator(f'.kg-smal [data-adresse="{address}"]').tap()
    assert tab.locator(".kg-tallboks-tall").text_content() == cell_of(tab, address)
    tab.locator("#tabell-30 figcaption").tap()

    assert not tab.locator(".kg-tallboks").is_visible()
    context.close()


def walk(tab: Any, item: str) -> list[str]:
    """What is told from the first mark to the last, by the right arrow alone."""
    tab.locator(f"#{item} .kg-tegning").focus()
    count = tab.locator(f"#{item} {WIDE} [data-adresse]").count()
    told = []
    for _ in range(count):
        tab.keyboard.press("ArrowRight")
        told.append(tab.locator("#kg-melding").inner_text())
    return told


@pytest.mark.parametrize(
    ("page", "item", "count"),
    [(SIX, "figur-27", 45), (FIVE, "tabell-14", 47), (SIX, "figur-32", 42)],
)
def test_arrow_keys_walk_through_all_marks_in_the_order_of_the_table(
    opened: Opener, page: str, item: str, count: int
) -> None:
    tab = opened(page).tab

    told = walk(tab, item)

    assert len(told) == count
    assert [words.rpartition("Tall ")[2] for words in told] == [
        f"{n} av {count}." for n in range(1, count + 1)
    ]
    rows = tab.locator(f"#{item} tbody tr th:first-of-type").all_text_contents()
    places = [max(n for n, row in enumerate(rows) if words.startswith(row)) for words in told]
    assert places == sorted(places)


def test_home_and_end_lead_to_the_ends_and_escape_closes(opened: Opener) -> None:
    tab = opened(SIX).tab
    tab.locator("#tabell-30 .kg-tegning").focus()

    for key, number in (("End", 5), ("ArrowRight", 5), ("Home", 1), ("ArrowLeft", 1)):
        tab.keyboard.press(key)
        assert tab.locator("#kg-melding").inner_text().endswith(f"Tall {number} av 5.")
    assert tab.locator(".kg-tallboks").is_visible()
    tab.keyboard.press("Escape")

    assert not tab.locator(".kg-tallboks").is_visible()
    assert tab.evaluate("document.activeElement.className.startsWith('kg-tegning')")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Tab")
    assert not tab.locator(".kg-tallboks").is_visible()


def test_a_drawing_is_one_stop_with_a_name_and_a_visible_focus(opened: Opener) -> None:
    tab = opened(SIX).tab
    frames = tab.locator("#figur-27 [tabindex]:not(td a)")
    drawing = tab.get_by_role("group", name="Figur 27, tegning")

    drawing.focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Shift+Tab")

    assert frames.count() == 2  # the drawing, and its table
    assert drawing.evaluate("e => e === document.activeElement")
    assert drawing.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert "Piltastene" in tab.locator("#figur-27 .kg-tegning + .kg-taster").inner_text()


def test_mark_that_is_shown_lies_in_the_frame_on_a_phone(opened: Opener) -> None:
    tab = opened(SIX, 320).tab
    frame = tab.locator("#tabell-30 .kg-tegning")
    frame.focus()

    tab.keyboard.press("End")

    mark = tab.locator('.kg-smal [data-adresse="tabell-30/belop/2020"]').bounding_box()
    held = frame.bounding_box()
    assert held["x"] <= mark["x"]
    assert mark["x"] + mark["width"] <= held["x"] + held["width"]
    assert tab.locator(".kg-tallboks").bounding_box()["x"] >= 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_drawing_is_whole_without_the_script(browser: Any, opened: Opener) -> None:
    tab = opened(SIX).tab
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1000, "height": 900}
    )
    bare = context.new_page()
    bare.goto(tab.url)

    assert bare.locator("#figur-27 .kg-bred").is_visible()
    assert not bare.locator("#figur-27 .kg-smal").is_visible()
    assert bare.locator("#figur-27 [role=img]").get_attribute("aria-label")
    assert bare.locator(".kg-tallboks, .kg-taster").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_no_breach_while_a_number_is_shown(
    opened: Opener, scheme: str, width: int
) -> None:
    script = axe_script()
    tab = opened(SIX, width, scheme).tab
    tab.locator("#figur-27 .kg-tegning").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator(".kg-tallboks").is_visible()
    tab.evaluate(script)
    assert ask_axe(tab, ALL)["broken"] == []


SIZES = """() => [...document.querySelectorAll('.kg-tegning svg text')].filter(
  (text) => text.getClientRects().length > 0
).map((text) => {
  const on = text.getScreenCTM();
  return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(on.a, on.b);
})"""


@pytest.mark.parametrize("number", [4, 5, 6])
@pytest.mark.parametrize("width", [320, 360, 440, 460])
def test_text_of_drawings_is_large_enough_on_a_phone(
    opened: Opener, number: int, width: int
) -> None:
    tab = opened(f"chapters/kapittel-{number}.html", width).tab
    sizes = tab.evaluate(SIZES)
    assert len(sizes) > 50
    assert min(sizes) >= 11
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
