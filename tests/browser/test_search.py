"""The search, asked what people ask: does it lead them there?"""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.browser.conftest import Opener
from tests.checkout import Checkout
from tests.conftest import NBSP, ROOT

Queries = dict[str, list[dict[str, Any]]]
FOLDER = ROOT / "tests/browser"
QUERIES: Queries = yaml.safe_load((FOLDER / "search_queries.yaml").read_text(encoding="utf-8"))
FRESH: Queries = yaml.safe_load((FOLDER / "search_queries_fresh.yaml").read_text(encoding="utf-8"))
SITE = "build/site/"
# Of all queries that the search was adjusted to, and of those that it was not.
FIRST, ENOUGH, ENOUGH_FRESH = 3, 55, 24
MOST_BYTES = 300_000
HITS = "#kg-sok-treff li > a"


@pytest.fixture
def search(opened: Opener) -> Iterator[Any]:
    """Types into the search page and waits for the answers."""
    tab = opened("sok.html").tab

    def ask(query: str) -> Any:
        tab.get_by_role("searchbox").fill(query)
        tab.get_by_role("searchbox").press("Enter")
        tab.locator("#kg-sok-antall", has_text=f"«{query}»").wait_for()
        return tab

    yield ask


def links(tab: Any) -> list[str]:
    hits: list[str] = tab.locator(HITS).evaluate_all(
        "all => all.map(a => a.getAttribute('href').replace(/[?].*/, ''))"
    )
    return hits


def names(link: str) -> set[str]:
    """The last parts of an address: the page's name and the place on it."""
    path, _, place = link.partition("#")
    return {path.rpartition("/")[2].removesuffix(".html"), place}


@pytest.mark.parametrize(
    ("groups", "asked", "enough"), [(QUERIES, 60, ENOUGH), (FRESH, 30, ENOUGH_FRESH)]
)
def test_people_who_do_not_know_the_report_are_led_to_the_right_page(
    search: Any, groups: Queries, asked: int, enough: int
) -> None:
    queries = [query for group in groups.values() for query in group]
    missed = [
        q["query"]
        for q in queries
        if not any(names(link) & set(q["right"]) for link in links(search(q["query"]))[:FIRST])
    ]
    assert len(queries) == asked
    assert len(queries) - len(missed) >= enough, missed


def test_pages_that_queries_should_lead_to_are_there(built: Checkout) -> None:
    site = built.root / SITE
    known = {path.stem for path in site.rglob("*.html")}
    for path in [*site.glob("*.html"), *site.glob("chapters/*.html")]:
        known |= set(re.findall(r' id="([^"]+)"', path.read_text(encoding="utf-8")))
    profiles = {
        "alna",
        "gamle-oslo",
        "grorud",
        "grunerlokka",
        "sagene",
        "sondre-nordstrand",
        "stovner",
    }
    groups = [*QUERIES.values(), *FRESH.values()]
    wanted = {name for group in groups for query in group for name in query["right"]}
    assert wanted - known - profiles == set()


def test_the_whole_search_is_small(built: Checkout) -> None:
    site = built.root / SITE
    scripts = re.findall(r'<script src="(assets/site/sok[^"]*)"', built.read(SITE + "sok.html"))
    assert len(scripts) == 3
    assert sum((site / name).stat().st_size for name in scripts) <= MOST_BYTES


def test_every_group_of_synonyms_begins_with_words_of_the_report(built: Checkout) -> None:
    words = yaml.safe_load((ROOT / "assets/site/sokeord.yaml").read_text(encoding="utf-8"))
    (packed,) = re.findall(r'"(.+)"', built.read(SITE + "assets/site/sok-data.js"))
    pages = json.loads(zlib.decompress(base64.b64decode(packed), -15))["sider"]
    text = " ".join(" ".join(page[1:]) for page in pages).lower().replace(NBSP, " ")
    assert [own for own, *_ in words["likeord"] if own.lower() not in text] == []


def test_questions_declared_to_have_no_answer_lead_to_places_that_are_there(
    built: Checkout,
) -> None:
    words = yaml.safe_load((ROOT / "assets/site/sokeord.yaml").read_text(encoding="utf-8"))
    for question in words["ubesvart"]:
        path, _, place = question["lenke"].partition("#")
        assert f'id="{place}"' in built.read(SITE + path)


# Seven questions that a reader asked of the site: one search, and one click to the answer. (The
# seventh, on the share of recipients who rent from the municipality, has none: see below.)
@pytest.mark.parametrize(
    ("query", "page", "answer"),
    [
        ("hvor mange husholdninger i Stovner har barn", "tabeller/tabell-15.html", "562"),
        ("gjennomsnittlig leie for to rom i Oslo", "tabeller/tabell-6.html", f"15{NBSP}260"),
        ("bydelen med flest startlån per 1000 innbyggere", "figurer/figur-26.html", "Grorud"),
        ("845 607 043", "tabeller/tabell-29.html", f"845{NBSP}607{NBSP}043"),
        ("hva er endret siden 2022", "chapters/nytt.html#nytt", "forrige utgave"),
        ("hva var feil i tabell 24", "chapters/rettelser.html#rettelse-e12", "2016"),
    ],
)
def test_a_question_takes_one_search_and_one_click(
    search: Any, query: str, page: str, answer: str
) -> None:
    tab = search(query)
    assert page in links(tab)[:FIRST]
    tab.locator(HITS).nth(links(tab).index(page)).click()
    tab.locator("main h1").wait_for()
    tab.wait_for_url(re.compile(re.escape(page.partition("#")[0])))
    assert tab.locator("main").get_by_text(answer).first.is_visible()


# What the site was examined with, one kind each.
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("boststøtte", "figur-27"),
        ("vanskligstilte", "tabell-11"),
        ("barnehusholdninger Stovner", "tabell-15"),
        ("leiepriser", "tabell-6"),
        ("bostøttemottakere", "tabell-29"),
        ("hvilken bydel har flest startlån", "figur-26"),
        ("hva koster en toroms", "tabell-6"),
        ("Figur26", "figur-26"),
        ("fig 26", "figur-26"),
        ("tab.14", "tabell-14"),
        ("kapittel 6", "kapittel-6"),
        ("hjemløs", "figur-39"),
        ("bo støtte", "figur-27"),
        ("Gruenerloekka", "grunerlokka"),
        ("hvor mange er hjemløse i Oslo?", "figur-39"),
        ("påstander", "pastander"),
        ("E12", "rettelse-e12"),
        ("kap 5.1.4", "kap-5-1-4"),
        ("sosialhjlep", "tabell-31"),
        ("feil i tabell 24", "rettelse-e12"),
        ("rettelser", "rettelser"),
        ("husleie", "tabell-30"),
    ],
)
def test_one_of_the_first_hits_is_the_right_one(search: Any, query: str, first: str) -> None:
    assert any(first in names(link) for link in links(search(query))[:FIRST])


@pytest.mark.parametrize(
    "query", ["startlån", "kommunale boliger", "sosialhjelp", "husleie", "Søndre Nordstrand"]
)
def test_corrections_come_last_unless_they_are_asked_for(search: Any, query: str) -> None:
    found = links(search(query))
    corrections = [at for at, link in enumerate(found) if "rettelse" in link]
    assert min(corrections, default=len(found)) >= 10


@pytest.mark.parametrize("query", ["845607043", "845 607 043", f"845{NBSP}607{NBSP}043"])
def test_a_number_leads_to_its_cell_with_its_trace_beside_it(search: Any, query: str) -> None:
    tab = search(query)
    hit = tab.locator("#kg-sok-treff section").first
    assert hit.get_by_role("heading").inner_text() == "Tall (1)"
    trace = hit.get_by_role("link", name="Spor tallet")
    assert trace.get_attribute("href") == "sporing/tabell-29.html#utbetalt.oslo.2020"
    hit.get_by_role("link").first.click()
    tab.wait_for_url("**/tabeller/tabell-29.html?tall=utbetalt.oslo.2020")
    assert tab.evaluate("document.activeElement.innerText") == f"845{NBSP}607{NBSP}043"
    box = tab.locator(":focus").bounding_box()
    assert box and 0 <= box["y"] <= 900


@pytest.mark.parametrize("query", ["15,3", "15.3"])
def test_a_decimal_is_found_with_comma_and_with_point(search: Any, query: str) -> None:
    numbers = search(query).locator("#kg-sok-treff section").first.locator("li > a")
    assert numbers.count() > 1
    assert all(words.startswith("15,3") for words in numbers.all_inner_texts())


def test_a_question_about_a_place_shows_its_numbers_and_marks_estimates(search: Any) -> None:
    section = search("startlån i Grorud").locator(
        "#kg-sok-treff section", has=search("startlån i Grorud").get_by_role("heading", name="Tall")
    )
    assert section.locator("li", has_text="Startlån, Grorud").count() == 1
    assert "(anslag)" in section.locator("li > a").first.inner_text()


def test_a_question_that_has_no_answer_is_told_so(search: Any) -> None:
    tab = search("andel av mottakerne av statlig bostøtte som leier av kommunen")
    status = tab.get_by_role("status").filter(has_text="treff")
    assert "Dette står ikke i rapporten." in status.inner_text()
    assert tab.locator("#kg-sok-videre a").first.is_visible()
    assert tab.locator(HITS).count() > 0


def test_words_that_are_nowhere_are_named(search: Any) -> None:
    tab = search("depositum startlån")
    assert "Rapporten har ikke «depositum»." in tab.locator("#kg-sok-merknad").inner_text()
    assert "Rapporten har ikke «boststøtte»" in (
        search("boststøtte").locator("#kg-sok-merknad").inner_text()
    )
    search("xyzzy")
    assert tab.locator(HITS).count() == 0
    assert tab.locator("#kg-sok-videre a").first.is_visible()


def test_a_hit_says_which_words_it_lacks(search: Any) -> None:
    hits = search("startlån Grorud").locator("#kg-sok-treff li")
    assert "Har ikke" not in hits.first.inner_text()
    assert hits.filter(has_text="Har ikke «startlån».").count() > 0


def test_hits_stand_by_kind_with_the_best_kind_first(search: Any) -> None:
    tab = search("sosialhjelp")
    heads = tab.locator("#kg-sok-treff h2").all_inner_texts()
    assert heads[0] == "Beste treff"
    assert heads[1].startswith("Flere: figurer og tabeller (")
    kinds = [re.sub(r"^Flere: | \(\d+\)$", "", head).lower() for head in heads[1:]]
    assert len(set(kinds)) == len(kinds) > 2
    assert kinds[-1] == "rettelser og påstander"


def test_more_hits_are_shown_by_keyboard_and_take_the_focus(search: Any) -> None:
    tab = search("kommunale boliger")
    button = tab.get_by_role("button", name=re.compile(r"^Vis \d+ til$")).first
    before = tab.locator(HITS).count()
    button.press("Enter")
    assert tab.locator(HITS).count() > before
    assert tab.evaluate("document.activeElement.matches('#kg-sok-treff li > a')")


def test_no_excerpt_ends_within_a_number(search: Any) -> None:
    for query in ("8 850", "kroner", "millioner"):
        for words in search(query).locator("#kg-sok-treff li p").all_inner_texts():
            # Groups of three digits after an ordinary space would be the rest of a number.
            assert not re.search(rf"(^|… )\d{{3}}{NBSP}|{NBSP}\d{{1,2}} …$", words), words
