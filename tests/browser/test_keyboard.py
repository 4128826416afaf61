"""A reader without a pointer: every stop is seen, comes in the order of the page, and lets go."""

import itertools
from typing import Any

import pytest

from tests.browser.conftest import Opener

CHAPTER = "chapters/kapittel-4.html"

# What the Tab key can reach, in the order of the page, each with a number.
NUMBER = """() => {
  const stops = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const shown = (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility(
    { visibilityProperty: true });
  const all = [...document.querySelectorAll(stops)].filter(shown);
  all.forEach((e, at) => { e.dataset.stopp = at });
  return all.length;
}"""

# Where the focus is, how wide and how clear its outline, and whether any of it is in the window.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const light = (c) => { const v = c / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
  const of = (s) => { const [r, g, b] = s.match(/[\\d.]+/g).map(Number);
    return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b) };
  let under = e.parentElement;
  const ground = (n) => getComputedStyle(n).backgroundColor;
  while (under.parentElement && ground(under) === 'rgba(0, 0, 0, 0)') under = under.parentElement;
  const style = getComputedStyle(e);
  const [line, paper] = [of(style.outlineColor), of(ground(under))];
  const box = e.getBoundingClientRect();
  return {
    stop: Number(e.dataset.stopp ?? -1),
    what: e.outerHTML.slice(0, 120),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    contrast: (Math.max(line, paper) + 0.05) / (Math.min(line, paper) + 0.05),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      && box.width > 0,
  };
}"""


def tab_through(tab: Any, key: str, most: int) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        tab.keyboard.press(key)
        at = tab.evaluate(FOCUSED)
        if at is None or (found and at["stop"] == found[0]["stop"]):
            return found
        found.append(at)
    raise AssertionError(f"the focus is caught at {found[-1]}")


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (1200, "dark"), (390, "light")])
def test_focus_goes_through_a_whole_chapter_in_order_and_is_always_seen(
    opened: Opener, width: int, scheme: str
) -> None:
    tab = opened(CHAPTER, width, scheme).tab
    count = tab.evaluate(NUMBER)
    stops = tab_through(tab, "Tab", count + 5)
    assert count > 100
    assert [at["stop"] for at in stops] == list(range(count))
    assert [at for at in stops if at["outline"] < 2 or at["contrast"] < 3] == []
    assert [at for at in stops if not at["inside"]] == []


def test_focus_goes_back_the_same_way(opened: Opener) -> None:
    tab = opened("om.html").tab
    count = tab.evaluate(NUMBER)
    assert [at["stop"] for at in tab_through(tab, "Shift+Tab", count + 5)] == list(
        reversed(range(count))
    )


def test_a_focus_that_is_not_seen_would_be_found(opened: Opener) -> None:
    tab = opened("om.html").tab
    tab.evaluate(NUMBER)
    tab.keyboard.press("Tab")
    assert tab.evaluate(FOCUSED)["outline"] == 3
    tab.evaluate("document.activeElement.style.outline = 'none'")
    assert tab.evaluate(FOCUSED)["outline"] == 0
    tab.evaluate("document.activeElement.style.outline = '3px solid #ffffff'")
    assert tab.evaluate(FOCUSED)["contrast"] < 3


def test_open_menu_of_a_phone_is_walked_through_and_left(opened: Opener) -> None:
    tab = opened(CHAPTER, 390).tab

    tab.get_by_role("button", name="Meny").press("Enter")
    count = tab.evaluate(NUMBER)
    stops = tab_through(tab, "Tab", count + 5)

    first = stops[0]["stop"]
    assert [at["stop"] for at in stops][:30] == list(range(first, first + 30))
    assert any("kg-tema" in at["what"] for at in stops)
    assert [at for at in stops if at["outline"] < 2 or not at["inside"]] == []
    assert len(stops) >= count - first


STOPS = """() => [...document.querySelectorAll('.kg-ramme tbody tr')].map(
  (row) => [...row.querySelectorAll('td a[href]')].filter((a) => a.tabIndex >= 0).length
).filter((stops, at, all) => stops)"""
WORDS = "document.activeElement.textContent"


def test_the_numbers_of_a_row_are_one_stop(opened: Opener, browser: Any) -> None:
    tab = opened("chapters/kapittel-6.html").tab
    assert set(tab.evaluate(STOPS)) == {1}

    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(tab.url)
    links = page.locator("#figur-36 tbody td a[href]")
    assert links.count() > 60
    assert set(links.evaluate_all("all => all.map(a => a.tabIndex)")) == {0}
    plain.close()


def test_arrows_home_and_end_go_from_number_to_number_of_a_table(opened: Opener) -> None:
    tab = opened("tabeller/tabell-11.html").tab
    rows = tab.locator(".kg-ramme tbody tr")
    numbers = [rows.nth(at).locator("td a").all_inner_texts() for at in range(rows.count())]
    rows.nth(0).locator("td a").first.focus()

    walk = {
        "ArrowRight": numbers[0][1],
        "ArrowDown": numbers[1][1],
        "End": numbers[1][-1],
        "ArrowUp": numbers[0][-1],
        "ArrowLeft": numbers[0][-2],
        "Home": numbers[0][0],
    }
    for key, words in walk.items():
        tab.keyboard.press(key)
        assert tab.evaluate(WORDS) == words, key
    # At the edge of the table an arrow leads nowhere.
    for key in ("ArrowLeft", "ArrowUp"):
        tab.keyboard.press(key)
        assert tab.evaluate(WORDS) == numbers[0][0]

    # A row keeps its place as its stop, and Tab goes on to the next row.
    tab.keyboard.press("End")
    tab.keyboard.press("Tab")
    assert tab.evaluate(WORDS) == numbers[1][-1]
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate(WORDS) == numbers[0][-1]


def test_a_link_that_is_seen_with_the_focus_leads_past_a_table(opened: Opener) -> None:
    tab = opened("chapters/kapittel-5.html").tab
    past = tab.locator("#tabell-14 .kg-forbi")
    size = "e => e.getBoundingClientRect().width"
    assert past.evaluate(size) <= 1

    past.focus()
    assert past.evaluate(size) > 60
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")

    place = "document.activeElement.closest('.kg-ramme') !== null"
    assert tab.evaluate("location.hash") == "#tabell-14-tegning"
    assert not tab.evaluate(place)


def test_every_item_of_a_chapter_is_reached_by_its_heading(opened: Opener) -> None:
    tab = opened("chapters/kapittel-6.html").tab
    levels = tab.locator("main :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
        "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
    items = tab.locator(".kg-item")
    heads = tab.locator(".kg-item figcaption :is(h2, h3, h4, h5)")
    assert items.count() == heads.count() > 10
    named = tab.locator(".kg-innhold .kg-i-tekst a").evaluate_all("all => all.map(a => a.hash)")
    assert named == items.evaluate_all("all => all.map(item => '#' + item.id)")
