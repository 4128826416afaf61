"""What a reader does on an item's own page, and what another site shows of it."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import ALL, CONTRAST, ask_axe, axe_script
from tests.browser.boxes import BOXES
from tests.browser.conftest import Opener
from tests.browser.walk import FAULTS
from tests.checkout import Checkout

RATES = "tabeller/tabell-14.html"
BYDELER, CITIES, ACROSS = (
    "figurer/figur-36.html",
    "tabeller/tabell-29.html",
    "tabeller/tabell-10.html",
)


def compared(tab: Any) -> list[list[str]]:
    """The rows of the comparison."""
    rows = tab.locator("#kg-sammenligning tbody tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    return [[words.replace("\N{NO-BREAK SPACE}", " ").split("\n")[0] for words in c] for c in cells]


def shown(tab: Any) -> list[list[str]]:
    """The words of the rows of the item's table that can be seen."""
    rows = tab.locator(".kg-alene .kg-ramme tbody tr:visible").all()
    return [row.locator("th:visible, td:visible").all_inner_texts() for row in rows]


def test_chosen_bydel_is_held_against_oslo_and_the_country(opened: Opener) -> None:
    tab = opened(RATES).tab
    tab.get_by_role("combobox", name="Sammenlign").select_option("Stovner")

    assert compared(tab)[:4] == [
        ["Personer (prosent)"],
        ["Stovner", "10,9", ""],
        ["Oslo", "6,0", "omtrent 4,9 prosentpoeng høyere"],
        ["Hele landet", "3,4", "omtrent 7,5 prosentpoeng høyere"],
    ]
    assert "Siden har bare regnet ut forskjellene" in tab.locator("#kg-sammenligning").inner_text()
    assert tab.locator("#kg-melding").inner_text() == "Stovner er sammenlignet og merket."
    # The one choice of all pages: kept, and made here or above.
    assert tab.get_by_label("Vis min bydel").input_value() == "stovner"
    tab.goto(tab.url.replace("tabell-14", "tabell-16"))
    assert compared(tab)[1][0] == "Stovner"
    tab.get_by_label("Vis min bydel").select_option("Alna")
    assert compared(tab)[1][0] == "Alna"
    tab.get_by_role("button", name="Fjern valget").click()
    assert not tab.locator("#kg-sammenligning").is_visible()


def test_difference_within_the_band_of_an_estimate_is_not_one(opened: Opener) -> None:
    tab = opened("figurer/figur-32.html?bydel=grorud").tab
    assert ["Oslo", "18,7", "ingen sikker forskjell"] in compared(tab)
    tab.goto(tab.url.replace("figurer/figur-32", "tabeller/tabell-14").replace("grorud", "ullern"))
    # «høyst 2,7» is a bound.
    assert ["Oslo", "4,7", "–"] in compared(tab)


def test_numbers_of_different_size_and_rounding_are_compared_with_care(opened: Opener) -> None:
    tab = opened(CITIES).tab
    tab.get_by_role("combobox", name="Sammenlign").select_option("Bergen")
    rows = compared(tab)
    # A sum has no difference, and 61 less 73,3 is no more exact than 61.
    assert ["Oslo", "845 607 043", "–"] in rows
    assert ["Oslo", "73,3", "12 prosentpoeng lavere"] in rows
    assert ["Hele landet", "615", "274 kroner høyere"] in rows


def test_drawing_marks_what_it_draws_for_a_chosen_area_and_not_its_name_alone(
    opened: Opener,
) -> None:
    for page, area, count in ((RATES, "Stovner", 3), (CITIES, "Bergen", 3)):
        tab = opened(page).tab
        tab.get_by_role("combobox", name="Sammenlign").select_option(area)
        marks = tab.locator(".kg-bred [data-adresse].kg-valgt")
        assert marks.count() == count
        drawn = "all => all.map(e => getComputedStyle(e).outlineWidth)"
        assert set(marks.evaluate_all(drawn)) == {"2px"}
        assert tab.locator(".kg-bred text.kg-valgt").first.text_content() == area


def test_years_are_chosen_in_rows_whose_head_covers_several(opened: Opener) -> None:
    tab = opened(CITIES).tab
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2023")
    heads = [row[0] for row in shown(tab)]
    assert heads == ["Oslo", "2024", "2025", "Hele landet", "2024", "2025"]
    assert tab.locator("#kg-melding").inner_text() == "Tabellen viser 2023–2025: 6 rader."

    # A year past the other end takes it along.
    tab.get_by_role("combobox", name="Til", exact=True).select_option("2018")
    assert tab.get_by_role("combobox", name="Fra", exact=True).input_value() == "2018"
    assert len(shown(tab)) == 2
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2016")
    tab.get_by_role("combobox", name="Til", exact=True).select_option("2025")
    assert len(shown(tab)) == 25
    assert tab.locator(".kg-alene tbody th[rowspan]").first.get_attribute("rowspan") == "10"


def test_years_are_chosen_in_columns(opened: Opener) -> None:
    tab = opened(ACROSS).tab
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2022")
    tab.get_by_role("combobox", name="Til", exact=True).select_option("2023")
    heads = tab.locator(".kg-alene thead th:visible").all_inner_texts()
    assert heads == ["Område", "2022", "2023"]
    assert {len(row) for row in shown(tab)} == {3}
    # The table is sorted by what is shown.
    tab.get_by_role("button", name="2023").click()
    assert shown(tab)[0][0] == "Oslo"


def test_keyboard_reaches_only_what_the_chosen_years_show(opened: Opener) -> None:
    tab = opened(ACROSS).tab
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2022")
    stops = tab.locator('.kg-alene tbody a[href][tabindex="0"]')
    assert stops.all_inner_texts() == ["9\N{NO-BREAK SPACE}322", "11\N{NO-BREAK SPACE}619"]
    stops.first.focus()
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate("document.activeElement.textContent") == "9\N{NO-BREAK SPACE}322"
    tab.goto(tab.url.replace("tabell-10", "tabell-29"))
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2023")
    tab.locator(".kg-alene tbody tr:visible").nth(2).locator("a").first.focus()
    tab.keyboard.press("ArrowDown")
    row = "document.activeElement.closest('tr').querySelector('th').textContent"
    assert tab.evaluate(row) == "Hele landet"


def test_comparison_follows_the_years(opened: Opener) -> None:
    tab = opened(f"{BYDELER}?bydel=alna").tab
    assert compared(tab)[0] == ["Mottakere, 2023"]
    tab.get_by_role("combobox", name="Til", exact=True).select_option("2019")
    assert compared(tab)[0] == ["Mottakere, 2017"]
    tab.get_by_role("combobox", name="Fra", exact=True).select_option("2018")
    assert "ingen tall å sammenligne med" in tab.locator("#kg-sammenligning").inner_text()


def test_choices_are_made_by_keyboard(opened: Opener) -> None:
    tab = opened(BYDELER).tab
    tab.get_by_role("combobox", name="Sammenlign").focus()
    tab.keyboard.type("Bjerke")
    assert compared(tab)[1][0] == "Bjerke"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "kg-fra"
    tab.keyboard.press("End")
    assert tab.locator("#kg-melding").inner_text() == "Tabellen viser 2023–2023: 16 rader."


def test_copy_buttons_copy_what_they_say(browser: Any, opened: Opener) -> None:
    url = opened(RATES).tab.url
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(url)
    for name, words in (
        ("Kopier lenken", url),
        ("Kopier henvisningen", tab.locator("#kg-sitat").text_content()),
        ("Kopier koden", tab.locator("#kg-kode").text_content()),
    ):
        tab.get_by_role("button", name=name).click()
        tab.wait_for_function(
            "document.getElementById('kg-melding').textContent.endsWith('kopiert.')"
        )
        assert tab.evaluate("navigator.clipboard.readText()") == words
    context.close()


def test_without_scripts_all_numbers_files_and_the_code_are_there(
    browser: Any, opened: Opener
) -> None:
    url = opened(CITIES).tab.url
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    tab = context.new_page()
    tab.goto(url)
    assert not tab.locator("#kg-kontroll").is_visible()
    assert tab.get_by_role("button").count() == tab.get_by_role("button", name="Søk").count()
    assert len(shown(tab)) == 25
    kinds = [
        words.split(",")[0] for words in tab.locator(".kg-handlinger [download]").all_inner_texts()
    ]
    assert kinds == ["CSV", "JSON", "PNG", "SVG", "XLSX"]
    assert tab.locator("#kg-kode").inner_text().startswith("<iframe ")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("page", [f"{BYDELER}?bydel=sondre-nordstrand", f"{RATES}?bydel=ullern"])
def test_comparison_fits_is_read_and_breaks_no_rule(
    opened: Opener, page: str, width: int, scheme: str
) -> None:
    script = axe_script()
    seen = opened(page, width, scheme)
    assert seen.tab.locator("#kg-sammenligning table").is_visible()
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= width
    frame = seen.tab.locator("#kg-sammenligning .kg-ramme")
    assert frame.evaluate("f => f.scrollWidth - f.clientWidth") <= 0
    boxes = seen.tab.evaluate(BOXES)
    assert {fault: boxes[fault] for fault in FAULTS if boxes[fault]} == {}
    assert boxes["smallest"][0] >= 11
    assert seen.tab.evaluate(CONTRAST)["weak"] == []
    seen.tab.evaluate(script)
    assert ask_axe(seen.tab, ALL)["broken"] == []
    assert seen.complaints == []


def test_drawing_is_as_wide_as_its_column(opened: Opener) -> None:
    tab = opened(BYDELER, 1280).tab
    wide, column = (
        tab.locator(where).evaluate("e => e.getBoundingClientRect().width")
        for where in (".kg-alene .kg-bred", ".kg-alene")
    )
    assert column > 800
    assert wide >= column - 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bare_page_fits_in_the_frame_that_the_code_asks_for(
    opened: Opener, built: Checkout, scheme: str
) -> None:
    site = built.root / "build/site"
    pages = sorted(site.glob("*er/*-ramme.html"))
    assert len(pages) == 40
    seen = opened("om.html", scheme=scheme)
    for path in pages:
        own = path.with_name(path.name.replace("-ramme", "")).read_text(encoding="utf-8")
        (height,) = re.findall(r'<iframe .*?height="(\d+)"', html.unescape(own))
        seen.tab.goto(path.as_uri())
        needed = []
        for width in (320, 480, 624, 760):
            seen.tab.set_viewport_size({"width": width, "height": 300})
            high, wide = seen.tab.evaluate(
                "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
            )
            needed.append(high)
            assert wide <= width, f"{path.name} at {width} px"
            boxes = seen.tab.evaluate(BOXES)
            found = {fault: boxes[fault] for fault in FAULTS if boxes[fault]}
            assert (found, boxes["smallest"][0] >= 11) == ({}, True), f"{path.name}, {width} px"
            assert seen.tab.evaluate(CONTRAST)["weak"] == [], f"{path.name} at {width} px"
        assert max(needed) <= int(height) <= max(needed) + 250, path.name
    assert seen.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (760, "light")])
@pytest.mark.parametrize("key", ["figur-26", "figur-36"])
def test_axe_finds_no_breach_in_a_bare_page(
    opened: Opener, key: str, width: int, scheme: str
) -> None:
    script = axe_script()
    tab = opened(f"figurer/{key}-ramme.html", width, scheme).tab
    tab.evaluate(script)
    assert ask_axe(tab, ALL)["broken"] == []


@pytest.mark.parametrize(("width", "drawing"), [(320, "kg-smal"), (760, "kg-bred")])
def test_other_site_shows_the_drawing_and_the_way_back(
    browser: Any, sub_folder: str, width: int, drawing: str, tmp_path: Path
) -> None:
    host = tmp_path / "annen.html"
    host.write_text(
        f'<!DOCTYPE html><title>x</title><iframe src="{sub_folder}/figurer/figur-36-ramme.html" '
        f'width="{width}" height="1000"></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context(viewport={"width": 1000, "height": 1200})
    tab = context.new_page()
    tab.goto(host.as_uri())
    inside = tab.frame_locator("iframe")
    inside.locator(f".{drawing}").wait_for()
    assert inside.locator("svg:visible").count() == 1
    assert inside.get_by_role("heading").inner_text().startswith("Antallet")
    with context.expect_page() as opened_page:
        inside.get_by_role("link").click()
    assert opened_page.value.url == f"{sub_folder}/figurer/figur-36.html"
    context.close()
