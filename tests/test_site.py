"""The finished pages: structure, numbers, links, and what a browser makes of them."""

import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import Checkout

pytestmark = pytest.mark.build
CHAPTERS = ["index.html", "chapters/kapittel-4.html", "chapters/kapittel-5.html",
            "chapters/kapittel-6.html", "chapters/kilder.html"]  # fmt: skip


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def page(built: Checkout, name: str) -> Tags:
    return Tags(built.read(f"build/site/{name}"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_page_has_language_title_one_h1_and_landmarks(built: Checkout, name: str) -> None:
    tags = page(built, name)

    assert tags.all("html")[0]["lang"] == "nb"
    assert [len(tags.all(t)) for t in ("title", "h1", "main", "header", "footer")] == [1] * 5


@pytest.mark.parametrize("name", CHAPTERS)
def test_headings_do_not_skip_a_level(built: Checkout, name: str) -> None:
    levels = [int(t[1]) for t, _ in page(built, name).found if re.fullmatch(r"h[1-6]", t)]

    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", CHAPTERS)
def test_ids_are_unique(built: Checkout, name: str) -> None:
    ids = [a["id"] for _, a in page(built, name).found if a.get("id")]

    assert len(ids) == len(set(ids))


def test_no_page_asks_another_host_for_anything(built: Checkout) -> None:
    for path in sorted((built.root / "build/site").rglob("*.html")):
        tags = Tags(path.read_text(encoding="utf-8"))
        asked = [a.get("src") for t in ("script", "img", "iframe") for a in tags.all(t)]
        asked += [a.get("href") for a in tags.all("link")]
        assert not [link for link in asked if link and "//" in link], path.name


def test_every_item_stands_in_its_chapter_with_what_a_reader_needs(built: Checkout) -> None:
    catalog = {5: ["figur-9", "tabell-10", "tabell-11", "tabell-12", "tabell-17"],
               6: ["figur-21", "figur-22", "tabell-24", "figur-25", "figur-27", "tabell-29",
                   "tabell-30", "tabell-31"], 4: ["tabell-6"]}  # fmt: skip
    for number, keys in catalog.items():
        text = built.read(f"build/site/chapters/kapittel-{number}.html")
        for key in keys:
            item = text[text.index(f'<figure class="kg-item" id="{key}">') :]
            item = item[: item.index("</figure>")]
            parts = ["<figcaption>", '<svg role="img" aria-label="', '<th scope="col"', "Kilde: "]
            parts += ["kg-opphav-", f"{key}.csv", f"kontrollark/{key}.html"]
            assert [part for part in parts if part not in item] == [], key


def test_items_to_come_stand_as_placeholders_with_their_title(built: Checkout) -> None:
    text = built.read("build/site/chapters/kapittel-5.html")

    assert re.search(r"Figur 8 kommer</span> <span class=\"kg-tittel\">Vanskeligstilte på", text)


def test_number_in_prose_leads_to_its_trace(built: Checkout) -> None:
    text = built.read("build/site/chapters/kapittel-5.html")
    links = re.findall(r'href="\.\./(sporing/[^"#]+)#([^"]+)" class="kg-tall">([^<]+)<', text)

    assert len(links) > 30
    for name, anchor, number in links:
        trace = built.read(f"build/site/{name}")
        row = trace[trace.index(f'<tr id="{anchor}">') :]
        shown = re.search(r'<td class="kg-n">([^<]*)</td>', row)
        # Prose may print «falt med 416» for −416.
        assert shown
        assert shown[1].removeprefix("\N{MINUS SIGN}") == number.removeprefix("\N{MINUS SIGN}")


def test_reference_crosses_to_the_other_chapters_page(built: Checkout) -> None:
    text = built.read("build/site/chapters/kapittel-5.html")

    assert re.search(r'href="\.\./chapters/kapittel-[46]\.html#', text)


def test_chapter_pages_keep_their_weight(built: Checkout) -> None:
    assets = built.root / "build/site/assets"
    shared = sum(p.stat().st_size for p in assets.rglob("*") if p.suffix in (".css", ".woff2"))

    for name in CHAPTERS:
        assert shared + (built.root / "build/site" / name).stat().st_size < 500_000, name


def test_misprints_are_told_where_the_reader_sees_them(built: Checkout) -> None:
    text = built.read("build/site/chapters/kapittel-6.html").replace("\N{NO-BREAK SPACE}", " ")

    assert "2022-utgaven oppga 197 millioner kroner i startlån for 2017" in text
    assert "992 millioner kroner fordelt på 508 lån gir 1 953 000 kroner" in text


# ------------------------------------------------------------------------------ in a browser


def find_browser() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = find_browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium for the browser tests: apt-get install chromium")
        pytest.skip("no Chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


def opened(browser: Any, built: Checkout, name: str, width: int, scheme: str = "light") -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto(Path(built.root / "build/site" / name).as_uri())
    return tab


PAGES = [*CHAPTERS, "sporing/tabell-29.html", "kontrollark/figur-27.html"]


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_page_does_not_scroll_sideways_on_a_phone(browser: Any, built: Checkout, name: str) -> None:
    tab = opened(browser, built, name, 320)

    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.context.close()


@pytest.mark.browser
def test_drawings_use_the_shipped_typeface_and_fit(browser: Any, built: Checkout) -> None:
    tab = opened(browser, built, "chapters/kapittel-6.html", 390)

    assert tab.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('12px \"IBM Plex Sans\"'))"
    )
    widths = tab.eval_on_selector_all(
        ".kg-tegning svg", "all => all.map(s => s.getBoundingClientRect().width)"
    )
    assert widths
    assert max(widths) <= 390
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_of_drawings_can_be_read_in_light_and_dark(
    browser: Any, built: Checkout, scheme: str
) -> None:
    tab = opened(browser, built, "chapters/kapittel-6.html", 1000, scheme)

    ratios = tab.evaluate(CONTRAST)

    assert len(ratios) > 100
    assert min(ratios) >= 4.5
    tab.context.close()


CONTRAST = """() => {
  const light = (c) => { const v = c / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
  const of = (s) => { const [r, g, b] = s.match(/[\\d.]+/g).map(Number);
    return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b) };
  const paper = of(getComputedStyle(document.documentElement).backgroundColor);
  const words = '.kg-tegning svg text, .kg-ramme td, .kg-kilde, main p';
  return [...document.querySelectorAll(words)].map((e) => {
    const style = getComputedStyle(e);
    const ink = of(e.tagName === 'text' ? style.fill : style.color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  });
}"""


@pytest.mark.browser
def test_keyboard_reaches_the_text_first(browser: Any, built: Checkout) -> None:
    tab = opened(browser, built, "chapters/kapittel-5.html", 1000)

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "kg-hopp"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#innhold"
    tab.context.close()


@pytest.mark.browser
def test_click_on_a_number_opens_its_trace(browser: Any, built: Checkout) -> None:
    tab = opened(browser, built, "chapters/kapittel-6.html", 1000)
    number = tab.locator("p a.kg-tall").first
    words = number.inner_text()

    number.click()

    assert "/sporing/" in tab.url
    assert words in tab.locator("tr:target").inner_text()
    tab.context.close()
