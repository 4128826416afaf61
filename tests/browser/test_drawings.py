"""Drawings and text as the browser paints them."""

import pytest

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.build, pytest.mark.browser]


def test_drawings_use_the_shipped_typeface_and_fit(opened: Opener) -> None:
    tab = opened("chapters/kapittel-6.html", 390).tab

    assert tab.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('12px \"IBM Plex Sans\"'))"
    )
    widths = tab.eval_on_selector_all(
        ".kg-tegning", "all => all.map(s => s.getBoundingClientRect().right)"
    )
    assert widths
    assert max(widths) <= 390


@pytest.mark.parametrize("number", [4, 5, 6])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_of_drawings_can_be_read_in_light_and_dark(
    opened: Opener, scheme: str, number: int
) -> None:
    tab = opened(f"chapters/kapittel-{number}.html", 1000, scheme).tab

    ratios = tab.evaluate(CONTRAST)

    assert len(ratios) > 50
    assert min(ratios) >= 4.5


CONTRAST = """() => {
  const light = (c) => { const v = c / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
  const of = (s) => { const [r, g, b] = s.match(/[\\d.]+/g).map(Number);
    return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b) };
  const paper = of(getComputedStyle(document.documentElement).backgroundColor);
  const words = '.kg-tegning svg text, .kg-ramme td, .kg-kilde, main p';
  // A tile and the words on it have colours of their own; tests/test_tilemap.py compares them.
  const own = (e) => (e.getAttribute('fill') || '').startsWith('#');
  return [...document.querySelectorAll(words)].filter((e) => !own(e)).map((e) => {
    const style = getComputedStyle(e);
    const ink = of(e.tagName === 'text' ? style.fill : style.color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  });
}"""


def test_keyboard_reaches_the_text_first(opened: Opener) -> None:
    tab = opened("chapters/kapittel-5.html", 1000).tab

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "kg-hopp"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#innhold"
