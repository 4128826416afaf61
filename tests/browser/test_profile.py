"""A profile's page: from number to trace, to its neighbours and its print, and to it from all."""

from typing import Any

import pytest

from tests.browser.conftest import Opener
from tests.checkout import Checkout

PAGE = "bydeler/stovner.html"


@pytest.mark.parametrize("place", [".kg-funnliste", ".kg-ingress", ".kg-profiltabell"])
def test_a_number_is_one_click_from_its_trace(opened: Opener, place: str) -> None:
    tab = opened(PAGE).tab
    number = tab.locator(f"{place} a.kg-tall").first
    words = number.inner_text()
    number.click()
    tab.wait_for_url("**/sporing/profil-bydel-*.html#*")
    shown = tab.locator(".kg-spor:visible")
    assert shown.count() == 1
    assert shown.locator("strong").first.inner_text() == words
    assert 0 <= shown.evaluate("s => s.getBoundingClientRect().top") < 500


def test_neighbours_print_and_numbers_are_at_hand(opened: Opener, built: Checkout) -> None:
    tab = opened(PAGE).tab
    way = tab.get_by_role("navigation", name="Forrige og neste").get_by_role("link")
    assert [words.split("\n")[-1] for words in way.all_inner_texts()] == ["Grorud", "Alna"]
    for words in ("Last ned to sider (PDF)", "Last ned tallene (CSV)"):
        href = tab.get_by_role("link", name=words).get_attribute("href")
        assert (built.root / "build/site/bydeler" / href).is_file()


@pytest.mark.parametrize(
    "page",
    ["index.html", "chapters/kapittel-5.html", "figurer/figur-18.html", "sok.html", "om.html",
     "sporing/tabell-11.html", "bydeler/alna.html", "utforsk.html"],
)  # fmt: skip
def test_my_bydel_leads_to_its_profile_from_every_kind_of_page(opened: Opener, page: str) -> None:
    tab = opened(page).tab
    tab.get_by_label("Vis min bydel").select_option(label="Søndre Nordstrand")
    tab.get_by_role("link", name="Profilen for Søndre Nordstrand").click()
    tab.wait_for_url("**/bydeler/sondre-nordstrand.html")
    assert "Søndre Nordstrand" in tab.locator("h1").inner_text()


def test_the_choice_stands_on_every_page(built: Checkout) -> None:
    site = built.root / "build/site"
    # Pages for frames have nothing around them.
    pages = [p for p in site.rglob("*.html") if 'id="kg-melding"' in p.read_text("utf-8")]
    assert len(pages) > 150
    lacking = [p.name for p in pages if 'id="kg-bydel-profil"' not in p.read_text("utf-8")]
    assert lacking == []


def test_without_script_everything_of_a_profile_is_there(browser: Any, built: Checkout) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    tab = context.new_page()
    tab.goto((built.root / "build/site" / PAGE).as_uri())
    assert tab.locator(".kg-funnliste li").count() >= 3
    assert tab.locator(".kg-bilde svg:visible").count() == 3
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
