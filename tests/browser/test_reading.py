"""What a reader does with the site, by pointer and by keyboard."""

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Opener
from tests.checkout import Checkout

CHAPTER = "chapters/kapittel-5.html"
SITE = "build/site/"


def found(tab: Any) -> list[str]:
    tab.locator("#kg-sok-antall:not(:empty)").wait_for()
    return list(tab.locator("#kg-sok-treff li > a").all_inner_texts())


def test_menu_leads_from_page_to_page(opened: Opener) -> None:
    tab = opened("index.html").tab
    tab.get_by_role("navigation", name="Snarveier").get_by_text("Figurer og tabeller").click()
    tab.wait_for_url("**/figurer-og-tabeller.html")
    tab.get_by_role("link", name="Figur 26", exact=True).click()
    tab.get_by_role("navigation", name="Forrige og neste").get_by_role("link").first.click()
    assert tab.url.endswith("/figurer/figur-25.html")
    trail = tab.get_by_role("navigation", name="Brødsmulesti").get_by_role("link")
    assert trail.all_inner_texts() == ["Forside", "Figurer og tabeller"]


def test_item_in_a_chapter_leads_to_its_own_page_and_back(opened: Opener) -> None:
    tab = opened(CHAPTER).tab
    tab.locator("#figur-18").get_by_text("Egen side").click()
    assert tab.url.endswith("/figurer/figur-18.html")
    tab.get_by_role("link", name="Figur 18 i").click()
    assert tab.url.endswith(f"{CHAPTER}#figur-18")


def test_search_field_of_any_page_finds_an_item_by_its_number(opened: Opener) -> None:
    tab = opened("sporing/tabell-29.html").tab
    tab.get_by_role("searchbox", name="Søk").fill("figur 26")
    tab.keyboard.press("Enter")
    assert found(tab)[0].startswith("Figur 26:")
    tab.locator("#kg-sok-treff a").first.click()
    assert tab.url.endswith("/figurer/figur-26.html")


@pytest.mark.parametrize("words", ["grünerløkka", "Grunerlokka", "GRÜNERLØKKAS"])
def test_search_finds_a_bydel_however_it_is_written(opened: Opener, words: str) -> None:
    tab = opened("sok.html").tab
    tab.get_by_role("searchbox").fill(words)
    assert any("bydel" in hit for hit in found(tab))
    assert "Ingen treff" not in tab.locator("#kg-sok-antall").inner_text()


def test_search_says_that_there_is_nothing(opened: Opener) -> None:
    tab = opened("sok.html?q=xyzzy").tab
    assert found(tab) == []
    assert "Ingen treff på «xyzzy»" in tab.locator("#kg-sok-antall").inner_text()


def marked(tab: Any, kind: str = "kg-valgt") -> list[str]:
    heads = tab.locator(f".kg-item tr.{kind} > th").all_text_contents()
    # A bydel may have a row for each year.
    return [head.removesuffix(" (valgt bydel)") for head in heads if not head.isdigit()]


def test_bydel_is_marked_told_and_kept_on_the_next_page(opened: Opener) -> None:
    tab = opened(CHAPTER).tab

    tab.get_by_label("Vis min bydel").focus()
    tab.keyboard.type("Nordstrand")

    assert set(marked(tab)) == {"Nordstrand"}
    assert "Simensbråten (Nordstrand)" in marked(tab, "kg-valgt-del")
    assert tab.locator("#kg-melding").inner_text().startswith("Nordstrand er merket i ")
    tab.goto(tab.url.replace(CHAPTER, "figurer/figur-32.html"))
    assert marked(tab) == ["Nordstrand"]

    tab.get_by_role("button", name="Fjern valget").click()
    assert marked(tab) == []
    assert tab.evaluate("document.activeElement.id") == "kg-bydel"
    tab.reload()
    assert marked(tab) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [("nordstrand", {"Nordstrand"}), ("sondre-nordstrand", {"Søndre Nordstrand", "Søndre"})],
)
def test_drawing_marks_the_bydel_and_none_that_shares_its_name(
    opened: Opener, key: str, words: set[str]
) -> None:
    tab = opened(f"tabeller/tabell-14.html?bydel={key}").tab
    texts = tab.locator(".kg-bred text.kg-valgt")
    assert words <= set(texts.all_text_contents())
    # The list and the map name it once each, and the map may use two lines.
    assert texts.count() == 2 + ("sondre" in key)


def test_number_tells_its_source_on_focus_and_escape_closes_it(opened: Opener) -> None:
    tab = opened(CHAPTER).tab
    number = tab.locator("main a.kg-tall").first
    box = tab.get_by_role("tooltip")

    number.focus()
    box.wait_for()

    assert number.inner_text() in box.inner_text()
    assert "Slik er det laget: " in box.inner_text()
    assert "Kilde: " in box.inner_text()
    assert re.search(r"Celle: data/raw/\S+, ", box.inner_text())
    assert number.get_attribute("aria-describedby") == box.get_attribute("id")
    tab.keyboard.press("Escape")
    assert not box.is_visible()
    assert tab.evaluate("document.activeElement.className") == "kg-tall"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sporing/**")


def test_box_behind_a_number_stays_under_the_pointer(opened: Opener) -> None:
    tab = opened(CHAPTER).tab
    box = tab.get_by_role("tooltip")

    tab.locator("main a.kg-tall").first.hover()
    box.wait_for()
    box.hover()
    tab.wait_for_timeout(700)

    assert box.is_visible()
    tab.mouse.move(2, 2)
    box.wait_for(state="hidden")


@pytest.mark.parametrize(
    ("value", "paper"), [("dark", "rgb(22, 21, 43)"), ("light", "rgb(255, 255, 255)")]
)
def test_colours_are_chosen_by_keyboard_and_kept(opened: Opener, value: str, paper: str) -> None:
    tab = opened("om.html", scheme="light" if value == "dark" else "dark").tab
    colour = "getComputedStyle(document.documentElement).backgroundColor"

    tab.get_by_label("Farger").focus()
    tab.keyboard.press("ArrowDown")
    if value == "dark":
        tab.keyboard.press("ArrowDown")
    assert tab.evaluate(colour) == paper
    tab.goto(tab.url.replace("om.html", CHAPTER))
    assert tab.evaluate(colour) == paper

    drawn = "getComputedStyle(document.querySelector('svg path[fill=\"var(--kg-paper)\"]')).fill"
    assert tab.evaluate(drawn) == paper
    tab.get_by_label("Farger").select_option("")
    assert tab.evaluate(colour) != paper


def test_print_is_light_whole_and_without_tools(opened: Opener) -> None:
    tab = opened("chapters/kapittel-5.html", scheme="dark").tab

    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    for gone in ("Hovedmeny", "Brødsmulesti"):
        assert not tab.get_by_role("navigation", name=gone).is_visible()
    assert not tab.get_by_role("searchbox").is_visible()
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert tab.locator("#figur-18 tbody tr").last.is_visible()
    frames = tab.eval_on_selector_all(
        ".kg-ramme", "all => all.map(f => f.scrollHeight - f.clientHeight)"
    )
    assert max(frames) <= 1


def test_print_keeps_origin_source_and_links(
    opened: Opener, built: Checkout, tmp_path: Path
) -> None:
    tab = opened(CHAPTER).tab
    (tmp_path / "side.pdf").write_bytes(tab.pdf())

    reader = PdfReader(tmp_path / "side.pdf")
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }

    items = set(re.findall(r'<figure class="kg-item" id="([^"]+)"', built.read(SITE + CHAPTER)))
    assert len(re.findall("Kilde: ", words)) >= len(items) > 5
    assert len(re.findall("Opphav: ", words)) >= len(items)
    assert "Vis min bydel" not in words
    assert "På denne siden" not in words
    assert "· ·" not in words
    assert any("/sporing/tabell-11.html#personer.oslo.2020" in link for link in links)


def test_menu_of_a_phone_opens_and_closes(opened: Opener) -> None:
    tab = opened(CHAPTER, 360).tab
    button = tab.locator(".kg-menyknapp")
    link = tab.get_by_role("navigation", name="Hovedmeny").get_by_text("Om utgaven")

    assert not link.is_visible()
    button.press("Enter")
    assert link.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("Escape")
    assert not link.is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "Meny"


def test_menu_and_the_way_up_follow_down_the_page(opened: Opener) -> None:
    tab = opened(CHAPTER, 360).tab
    tab.locator("#figur-18").scroll_into_view_if_needed()

    box = tab.get_by_role("button", name="Meny").bounding_box()
    assert box and 0 < box["y"] < 900
    tab.get_by_role("link", name="Til toppen").click()
    tab.wait_for_function("window.scrollY === 0")


def test_table_stands_whole_in_the_page(opened: Opener) -> None:
    tab = opened("figurer/figur-18.html", 320).tab
    heights = "fs => fs.map(f => f.scrollHeight - f.clientHeight)"
    assert set(tab.locator(".kg-ramme").evaluate_all(heights)) == {0}


LISTS = [
    ("kontroll/pastander.html", "5 Hvem er vanskeligstilte på boligmarkedet?", "Forutsetning"),
    ("chapters/rettelser.html", "Kapittel 6: Boligøkonomiske virkemidler", "Tall i tabellene"),
]


@pytest.mark.parametrize(("page", "chapter", "kind"), LISTS)
def test_a_list_is_chosen_from_by_chapter_kind_and_words(
    opened: Opener, page: str, chapter: str, kind: str
) -> None:
    tab = opened(page, 390).tab
    cards, heads = tab.locator(".kg-kort:visible"), tab.locator("main h2:visible")
    every, chapters = cards.count(), heads.count()
    assert tab.locator(".kg-utvalg p").inner_text() == f"Viser {every} av {every}."

    tab.get_by_role("combobox", name="Kapittel").select_option(label=chapter)
    assert heads.all_inner_texts() == [chapter]
    in_chapter = cards.count()
    tab.get_by_role("combobox", name="Slag").select_option(label=kind)
    kinds = set(cards.evaluate_all("all => all.map(card => card.dataset.slag)"))
    assert kinds == {kind}
    assert 0 < cards.count() < in_chapter < every
    tab.get_by_label("Ord i teksten").fill("xyzzy")
    assert cards.count() == 0
    assert tab.locator(".kg-utvalg p").inner_text() == f"Viser 0 av {every}."

    # A link to what is not shown shows it.
    last = tab.locator(".kg-kort").last
    tab.evaluate("id => { location.hash = id }", last.get_attribute("id"))
    last.wait_for()
    assert (cards.count(), heads.count()) == (every, chapters)


def test_contents_of_a_page_are_folded_on_a_phone_and_open_elsewhere(opened: Opener) -> None:
    link = ".kg-innhold a"
    assert not opened(CHAPTER, 390).tab.locator(link).first.is_visible()
    assert opened(CHAPTER, 1280).tab.locator(link).first.is_visible()


def test_front_page_leads_from_a_number_of_a_tile_to_its_trace(opened: Opener) -> None:
    tab = opened("index.html", 360).tab
    tile = tab.locator(".kg-rute").nth(1)
    number = tile.locator("p").nth(1).locator("a.kg-tall")
    words = number.inner_text()

    assert tile.locator("svg path").count() == 1
    number.click()
    tab.wait_for_url("**/sporing/figur-36.html#over_tid.oslo.*")
    shown = tab.locator(".kg-spor:visible")
    assert shown.count() == 1
    assert shown.locator("strong").first.inner_text() == words
    top = shown.evaluate("s => s.getBoundingClientRect().top")
    assert 0 <= top < 400


def test_table_of_an_items_page_is_sorted_by_its_heads(opened: Opener) -> None:
    tab = opened("tabeller/tabell-14.html").tab

    def column(at: int) -> list[float]:
        cells = tab.locator(f".kg-alene tbody td:nth-of-type({at}) a").all_inner_texts()
        return [float(words.removeprefix("høyst ").replace(",", ".")) for words in cells]

    head = tab.get_by_role("button", name="Personer (prosent)")
    head.click()
    assert column(1) == sorted(column(1), reverse=True)
    assert head.locator("xpath=..").get_attribute("aria-sort") == "descending"
    head.press("Enter")
    assert column(1) == sorted(column(1))
    assert "stigende" in tab.locator("#kg-melding").inner_text()
    tab.get_by_role("button", name="Område").click()
    assert tab.locator(".kg-alene tbody th").first.inner_text() == "Alna"


def test_without_scripts_everything_is_there_but_the_choices(browser: Any, built: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    tab = context.new_page()
    tab.goto((built.root / "build/site" / CHAPTER).as_uri())

    assert tab.get_by_role("navigation", name="Hovedmeny").get_by_text("Om utgaven").is_visible()
    assert not tab.get_by_label("Farger").is_visible()
    assert tab.locator(".kg-innhold a").first.is_visible()
    tab.get_by_role("searchbox").fill("bydel")
    tab.keyboard.press("Enter")
    assert tab.locator("noscript a").get_attribute("href") == "figurer-og-tabeller.html"
    context.close()
