"""What the site keeps: its policy, its weight, its downloads, and that it works anywhere."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest

from kunnskapsgrunnlag.catalog import read_catalog
from tests.browser.conftest import Opener
from tests.checkout import ROOT, Checkout

pytestmark = [pytest.mark.build, pytest.mark.browser]
CHAPTERS = [chapter.html for chapter in read_catalog(ROOT / "params.yaml").chapters.values()]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def sub_folder(built: Checkout) -> Iterator[str]:
    """The site in a sub-folder of a web server."""
    handler = functools.partial(_Quiet, directory=str(built.root / "build"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site"
        server.shutdown()


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


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_and_all_that_it_loads_weigh_below_500_kb(opened: Opener, name: str) -> None:
    seen = opened(name)
    seen.tab.evaluate("document.fonts.ready.then(() => null)")

    files = {unquote(urlsplit(u).path) for u in seen.requests if u.startswith("file:")}

    assert len(files) > 5
    assert sum(Path(name).stat().st_size for name in files) < 500_000


def test_a_workbook_is_downloaded_and_answers_the_readers_question(
    opened: Opener, sub_folder: str, tmp_path: Path
) -> None:
    """How many households in Stovner with children? The same in page, CSV and workbook."""
    seen = opened("chapters/kapittel-5.html", base=sub_folder)
    row = seen.tab.locator("#tabell-15 tr", has_text="Stovner").first
    shown = row.locator("td").nth(1).inner_text().replace("\N{NO-BREAK SPACE}", "").strip()

    with seen.tab.expect_download() as waiting:
        seen.tab.locator('#tabell-15 a[href$="tabell-15.xlsx"]').click()
    waiting.value.save_as(tmp_path / "tabell-15.xlsx")

    book = openpyxl.load_workbook(tmp_path / "tabell-15.xlsx")
    found = [
        [cell.value for cell in line]
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        if line[0].value == "Stovner"
    ]
    assert int(shown) in found[0]
