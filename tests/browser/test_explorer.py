"""The explorer, from a file: chosen by keyboard, shared by its address, led back to cells."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import ALL, ask_axe, axe_script
from tests.browser.conftest import Opener
from tests.browser.test_keyboard import NUMBER, tab_through
from tests.checkout import Checkout

PAGE = "utforsk.html"
TWO = f"{PAGE}#niva=bydel&mal=lavinntekt&omrade=stovner,alna,oslo&fra=2019&til=2023&vis=tall"
CELLS = "all => all.map(row => [...row.cells].map(cell => cell.textContent.trim()))"


def table(tab: Any) -> list[list[str]]:
    rows: list[list[str]] = tab.locator("#utforsk-tabell tr").evaluate_all(CELLS)
    return rows


def note(tab: Any) -> str:
    return str(tab.locator("#utforsk-merknad").inner_text())


def test_measure_areas_and_years_are_chosen_by_keyboard_alone(opened: Opener) -> None:
    seen = opened(PAGE)
    tab = seen.tab
    tab.get_by_label("Mål").focus()
    tab.keyboard.type("Husholdninger med lavinntekt")
    tab.get_by_label("Alna").focus()
    tab.keyboard.press("Space")
    tab.get_by_label("Fra", exact=True).focus()
    tab.keyboard.type("2020")

    heads, *rows = table(tab)
    assert heads == ["Bydel", "2020", "2021", "2022", "2023", "Endring"]
    assert [row[0] for row in rows] == ["Alna", "Oslo"]
    assert rows[0][-2] == "14,1"
    assert "Husholdninger med lavinntekt" in tab.locator("#utforsk-melding").inner_text()
    assert tab.locator("#utforsk-tegning svg").get_attribute("aria-label").startswith("Alna: ")
    assert seen.complaints == []


def test_focus_goes_through_the_whole_page_and_is_seen(opened: Opener) -> None:
    tab = opened(TWO).tab
    count = tab.evaluate(NUMBER)
    stops = tab_through(tab, "Tab", count + 5)
    assert [at for at in stops if at["outline"] < 2 or at["contrast"] < 3] == []
    assert any("kg-tall" in at["what"] for at in stops)


def test_arrows_go_from_number_to_number_of_each_new_table(opened: Opener) -> None:
    tab = opened(TWO).tab
    tab.get_by_label("Mål").select_option(label="Alle mål side om side")
    links = tab.locator("#utforsk-tabell a.kg-tall")
    stops = links.evaluate_all("all => all.filter(a => a.tabIndex === 0).length")
    assert stops == tab.locator("#utforsk-tabell tbody tr:has(a)").count()
    links.first.focus()
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.textContent") == links.nth(1).inner_text()
    assert tab.locator(".kg-taster").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("measure", ["lavinntekt", "alle"])
def test_axe_finds_no_breach(opened: Opener, width: int, scheme: str, measure: str) -> None:
    tab = opened(TWO.replace("mal=lavinntekt", f"mal={measure}"), width, scheme).tab
    tab.evaluate(axe_script())
    assert ask_axe(tab, ALL)["broken"] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("areas", ["stovner,alna,oslo", "stovner,alna", "grorud"])
def test_a_shared_address_gives_the_same_answer_again(opened: Opener, areas: str) -> None:
    address = TWO.replace("stovner,alna,oslo", areas).replace("vis=tall", "vis=indeks")
    tab = opened(address).tab
    first, shared = table(tab), tab.url.partition("#")[2]
    assert len(first) == 1 + len(areas.split(","))

    again = opened(f"{PAGE}#{shared}").tab
    assert table(again) == first
    assert again.url.partition("#")[2] == shared
    drawing = "#utforsk-tegning svg"
    assert again.locator(drawing).inner_html() == tab.locator(drawing).inner_html()


def test_an_address_pasted_into_an_open_page_is_followed(opened: Opener) -> None:
    tab = opened(TWO).tab
    tab.evaluate("location.hash = 'niva=bydel&mal=sosialhjelp&omrade=bjerke&fra=2020&til=2023'")
    tab.locator("#utforsk-tittel", has_text="Mottakere av sosialhjelp").wait_for()
    assert [row[0] for row in table(tab)[1:]] == ["Bjerke"]


def test_a_profile_leads_here_with_its_area_beside_the_whole(opened: Opener) -> None:
    tab = opened("bydeler/grorud.html").tab
    tab.get_by_role("link", name="Sammenlign med andre bydeler").click()
    tab.wait_for_url("**/utforsk.html*")
    assert [row[0] for row in table(tab)[1:]] == ["Grorud", "Oslo"]


def test_a_number_leads_to_its_trace_in_sight(opened: Opener) -> None:
    tab = opened(TWO, 390).tab
    number = tab.locator("#utforsk-tabell a.kg-tall").last
    words = number.inner_text()
    number.click()
    tab.wait_for_url("**/sporing/profil-bydel-oslo.html#lavinntekt.oslo.2023")
    shown = tab.locator(".kg-spor:visible")
    assert shown.count() == 1
    assert shown.locator("strong").first.inner_text() == words
    assert 0 <= shown.evaluate("s => s.getBoundingClientRect().top") < 500


@pytest.mark.parametrize("place", ["#utforsk-tabell a.kg-tall", ".kg-profiltabell a.kg-tall"])
def test_the_box_of_a_number_tells_what_it_is(opened: Opener, place: str) -> None:
    tab = opened(TWO if "utforsk" in place else "bydeler/stovner.html").tab
    number = tab.locator(place).first
    number.focus()
    box = tab.locator("#kg-sprett")
    box.wait_for()
    assert box.inner_text().startswith(number.inner_text())
    assert "Celle: data/raw/" in box.inner_text() or "celler til" in box.inner_text()
    tab.keyboard.press("Escape")
    assert not box.is_visible()


def _csv(tab: Any, folder: Path) -> list[list[str]]:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Last ned tabellen (CSV)").click()
    at = folder / waiting.value.suggested_filename
    waiting.value.save_as(at)
    text = at.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _bare(text: str) -> str:
    number = text.replace("\u00a0", "").replace("\u2212", "-").removeprefix("+")
    return number if number.replace(",", "").lstrip("-").isdigit() else text


def test_the_csv_is_the_table(opened: Opener, tmp_path: Path) -> None:
    tab = opened(TWO).tab
    assert _csv(tab, tmp_path) == [[_bare(cell) for cell in row] for row in table(tab)]


def test_what_is_cited_is_in_no_csv(opened: Opener, tmp_path: Path) -> None:
    cited = opened(TWO.replace("lavinntekt", "sykepleier")).tab
    assert not cited.get_by_role("button", name="Last ned tabellen (CSV)").is_visible()
    assert "kan ikke lastes ned her" in note(cited)

    tab = opened(TWO.replace("lavinntekt", "alle")).tab
    assert any("sykepleier" in row[0] for row in table(tab))
    rows = _csv(tab, tmp_path)
    assert rows[0] == ["Mål", "Stovner", "Alna", "Oslo"]
    assert len(rows) > 8
    assert not [row for row in rows if "sykepleier" in row[0]]
    assert "ikke med i nedlastingen" in note(tab)


def _change(tab: Any) -> list[str]:
    return [row[-1] for row in table(tab)[1:]]


def test_no_change_and_no_index_goes_across_a_break(opened: Opener) -> None:
    address = f"{PAGE}#niva=bydel&mal=sosialhjelp_antall&omrade=alna,oslo&fra=2014&til=2020"
    tab = opened(f"{address}&vis=indeks").tab
    assert set(_change(tab)) == {"–"}
    assert "Indeksen slutter der bruddet kommer" in note(tab)
    assert " i 2016" in tab.locator("#utforsk-tegning svg").get_attribute("aria-label")

    after = opened(f"{address.replace('2014', '2017')}&vis=indeks").tab
    assert "–" not in _change(after)
    assert " i 2020" in after.locator("#utforsk-tegning svg").get_attribute("aria-label")
    assert "Brudd" not in note(after)


def test_an_index_of_months_ends_in_the_year_of_a_break(opened: Opener) -> None:
    """A break is known by its year: it came in April or July, so March 2024 is no base for May."""
    address = f"{PAGE}#niva=bydel&mal=bostotte_maned&omrade=alna&vis=indeks"
    tab = opened(f"{address}&fra=2024-03&til=2026-07").tab
    assert tab.locator("#utforsk-tegning svg").count() == 0
    assert "velg et senere første år" in note(tab)
    after = opened(f"{address}&fra=2025-01&til=2026-07").tab
    label = after.locator("#utforsk-tegning svg").get_attribute("aria-label")
    assert label.endswith(" i juli 2026.")


def test_more_than_six_areas_are_refused_in_words(opened: Opener) -> None:
    six = "stovner,alna,bjerke,grorud,sagene,oslo"
    tab = opened(TWO.replace("stovner,alna,oslo", six)).tab
    box = tab.get_by_label("Frogner")
    box.click()
    assert not box.is_checked()
    assert "inntil 6 områder" in tab.locator("#utforsk-melding").inner_text()
    assert len(table(tab)) == 7

    more = opened(TWO.replace("stovner,alna,oslo", f"{six},ullern,frogner")).tab
    assert len(table(more)) == 7


def test_all_measures_of_two_bydeler_stand_side_by_side(opened: Opener) -> None:
    tab = opened(f"{PAGE}?niva=bydel&omrade=stovner", 390).tab
    tab.get_by_label("Frogner").check()
    tab.get_by_role("checkbox", name="Oslo", exact=True).uncheck()
    tab.get_by_label("Mål").select_option(label="Alle mål side om side")
    heads, *rows = table(tab)
    assert set(heads[1:]) == {"Stovner", "Frogner"}
    assert ["19,1", "12,4"] in [sorted(row[1:], reverse=True) for row in rows]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_the_page_says_where_the_numbers_are(browser: Any, built: Checkout) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((built.root / "build/site" / PAGE).as_uri())
    assert not tab.locator("form.kg-utforsk").is_visible()
    tab.locator("noscript a").click()
    tab.wait_for_url("**/bydeler.html")
    assert tab.locator(".kg-profilliste a[href$='.pdf']").count() == 15
    context.close()
