"""The site of docs: every page is there, in one language, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tools.docs_site import TEAM, read_pages, write_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    write_site(ROOT, folder)
    return folder


def test_every_page_in_git_is_in_the_site(site: Path) -> None:
    own = {path.relative_to(ROOT).with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert own < {path.relative_to(site) for path in site.rglob("*.html")}
    assert (site / "index.html").is_file()


def test_links_and_pictures_lead_to_a_file(site: Path) -> None:
    broken = [
        f"{page.relative_to(site)}: {path}"
        for page in site.rglob("*.html")
        for path in re.findall(r'(?:href|src)="([^"#:]+)["#]', page.read_text(encoding="utf-8"))
        if not (page.parent / path).exists()
    ]
    assert not broken


@pytest.mark.parametrize("group", [group for group in read_pages(ROOT)])
def test_a_page_is_in_the_language_of_who_reads_it(group: str) -> None:
    for page in read_pages(ROOT)[group]:
        words = re.findall(r"\w+", re.sub(r"^ {4}.*$|`[^`]*`", "", page.text, flags=re.M))
        is_norwegian = words.count("og") > words.count("and")
        assert is_norwegian == (group == TEAM), page.file
