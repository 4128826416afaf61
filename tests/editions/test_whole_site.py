"""The published site: earlier editions under their own addresses, each page with a note."""

import json
from pathlib import Path

import pytest

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.editions.whole_site import compose, earlier_links
from kunnskapsgrunnlag.editions.workspace import workspace
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project

PAGE = "<body><header>H</header><main id='innhold'>{}</main></body>"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An edition in work (2022 in the real catalogue) and one before it, both built."""
    project = Project(tmp_path)
    write(project.site / "index.html", PAGE.format("ny"))
    write(project.site / "om.html", PAGE.format("<!-- kg: tidligere utgaver -->"))
    write(project.editions / "2019" / "edition.json", json.dumps({"key": "2019"}))
    old = workspace(project, "2019").site
    write(old / "index.html", PAGE.format("gammel"))
    write(old / "chapters" / "kapittel-1.html", PAGE.format("gammelt kapittel"))
    return project


def test_every_page_of_an_earlier_edition_leads_to_the_newest(
    project: Project, catalog: Catalog
) -> None:
    site = compose(project, catalog)

    front = (site / "utgaver/2019/index.html").read_text("utf-8")
    chapter = (site / "utgaver/2019/chapters/kapittel-1.html").read_text("utf-8")
    assert "Dette er 2019-utgaven" in front
    assert 'href="../../index.html"' in front
    assert 'href="../../../index.html"' in chapter
    assert front.index("<main") < front.index("kg-nyere") < front.index("gammel")
    for page in (front, chapter):
        assert page.count("kg-nyere") == 1


def test_newest_edition_has_no_note_and_leads_to_the_earlier(
    project: Project, catalog: Catalog
) -> None:
    site = compose(project, catalog)

    assert "kg-nyere" not in (site / "index.html").read_text("utf-8")
    assert 'href="utgaver/2019/index.html"' in (site / "om.html").read_text("utf-8")


def test_sites_that_it_is_made_of_stay_as_they_are(project: Project, catalog: Catalog) -> None:
    folders = (project.site, workspace(project, "2019").site)
    before = {p: p.read_bytes() for folder in folders for p in folder.rglob("*.html")}

    compose(project, catalog)
    compose(project, catalog)

    assert {path: path.read_bytes() for path in before} == before


def test_edition_that_was_not_built_is_named(project: Project, catalog: Catalog) -> None:
    write(project.editions / "2020" / "edition.json", json.dumps({"key": "2020"}))

    with pytest.raises(KgError, match=r"The site of 2020 .* Run: kg build --edition 2020"):
        compose(project, catalog)
    assert not (project.build / "nettsted").exists()


def test_page_without_a_main_part_is_refused(project: Project, catalog: Catalog) -> None:
    write(workspace(project, "2019").site / "index.html", "<body>uten</body>")

    with pytest.raises(KgError, match=r"index\.html: expected a main part"):
        compose(project, catalog)


def test_first_edition_has_no_list_of_earlier_ones() -> None:
    assert earlier_links([], "../") == ""
