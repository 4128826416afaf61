"""Drawings and text as the browser paints them."""

from tests.browser.conftest import Opener


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


def test_keyboard_reaches_the_text_first(opened: Opener) -> None:
    tab = opened("chapters/kapittel-5.html", 1000).tab

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "kg-hopp"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#innhold"
