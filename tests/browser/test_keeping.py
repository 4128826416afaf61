"""What the site keeps: its policy, its weight, and that it works anywhere."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from kunnskapsgrunnlag.catalog.read import read_catalog
from tests.browser.conftest import Opener
from tests.checkout import ROOT

CHAPTERS = [chapter.html for chapter in read_catalog(ROOT / "params.yaml").chapters.values()]


def test_the_policy_is_in_force(opened: Opener) -> None:
    seen = opened("om.html")
    seen.tab.evaluate(
        """() => { const s = document.createElement('script');
             s.textContent = 'window.broken = true'; document.head.append(s);
             document.body.setAttribute('style', 'color: red'); }"""
    )
    assert seen.tab.evaluate("window.broken") is None
    assert len(seen.complaints) == 2


def test_site_works_in_a_sub_folder_of_a_server(opened: Opener, sub_folder: str) -> None:
    seen = opened("chapters/kapittel-5.html", base=sub_folder)

    seen.tab.locator("main a.kg-tall").first.focus()
    seen.tab.get_by_role("tooltip").wait_for()
    seen.tab.get_by_role("searchbox").fill("stovner")
    seen.tab.keyboard.press("Enter")
    seen.tab.locator("#kg-sok-treff li").first.wait_for()

    assert seen.complaints == []
    assert {urlsplit(url).path.split("/")[1] for url in seen.requests if "data:" not in url} == {
        "site"
    }
    assert seen.tab.context.cookies() == []


def test_chapters_and_all_that_they_load_weigh_below_650_kb(opened: Opener) -> None:
    for name in CHAPTERS:
        seen = opened(name)
        seen.tab.evaluate("document.fonts.ready.then(() => null)")
        files = {unquote(urlsplit(u).path) for u in seen.requests if u.startswith("file:")}
        assert len(files) > 5
        assert sum(Path(file).stat().st_size for file in files) < 650_000, name


def test_drawings_use_the_shipped_typeface_and_fit(opened: Opener) -> None:
    tab = opened("chapters/kapittel-6.html", 390).tab
    assert tab.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('12px \"IBM Plex Sans\"'))"
    )
    widths = tab.eval_on_selector_all(
        ".kg-tegning", "all => all.map(s => s.getBoundingClientRect().right)"
    )
    assert widths and max(widths) <= 390
