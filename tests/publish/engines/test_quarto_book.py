"""What Quarto's book takes from the catalogue, and what its pages lack. Runs without Quarto."""

import json
from pathlib import Path

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.engines import quarto_book
from kunnskapsgrunnlag.report import Report
from tests.checkout import ROOT, Checkout

# As Quarto 1.9.38 writes it, from the body's start to its text.
PAGE = """\
<body class="nav-sidebar docked nav-fixed quarto-light">
<div id="quarto-search-results"></div>
  <header id="quarto-header" class="headroom fixed-top quarto-banner">
    <nav class="navbar navbar-expand-xl " data-bs-theme="dark">
          <button class="navbar-toggler" type="button" data-bs-toggle="collapse" role="menu" \
aria-expanded="false" aria-label="Slå på navigering">
  <nav class="quarto-secondary-nav">
        <nav class="quarto-page-breadcrumbs" aria-label="breadcrumb"></nav>
        <a class="flex-grow-1" role="navigation" data-bs-toggle="collapse"></a>
  </header>
  <nav id="quarto-sidebar" class="sidebar collapse">
            <a class="sidebar-item-text" data-bs-toggle="collapse" role="navigation" \
aria-expanded="true">Bakgrunn</a>
  <a href="../chapters/kapittel-5.html" class="sidebar-item-text sidebar-link active">\
<span class="chapter-title">Hvem er vanskeligstilte?</span></a>
  <a href="../chapters/metode.html" class="link"><span class="chapter-title">Metode</span></a>
  </nav>
<nav id="TOC" role="doc-toc" class="toc-active"></nav>
<main class="content" id="quarto-document-content"></main>
<nav class="page-navigation"></nav>
"""


def test_a_page_gets_a_way_past_the_navigation_and_its_parts_get_names() -> None:
    page = quarto_book.mended(PAGE, read_catalog(ROOT / "params.yaml"))

    assert page.index(quarto_book.SKIP) < page.index("<nav")
    names = ("Snarveier", "Sidens plass", "Brødsmulesti", "Kapitler", "På denne siden")
    for name in (*names, "Forrige og neste"):
        assert page.count(f'aria-label="{name}"') == 1, name
    assert page.count("<nav") == len(names) + 1
    assert 'role="menu"' not in page
    assert 'role="navigation"' not in page
    assert '<span class="chapter-number">5</span> <span class="chapter-title">Hvem' in page
    assert 'link"><span class="chapter-title">Metode' in page


def report_of(mini: Checkout, **told: str) -> Report:
    catalog = read_catalog(mini.root / "params.yaml")
    edition = catalog.edition.model_copy(update=told)
    return Report(Project(mini.root), catalog.model_copy(update={"edition": edition}))


def test_the_book_has_what_the_catalogue_says(mini: Checkout) -> None:
    told = {"address": "https://eksempel.no/rapport/", "repository": "https://eksempel.no/kode"}

    settings = quarto_book.settings(report_of(mini, contact="a@eksempel.no", **told))

    book = settings["book"]
    assert isinstance(book, dict)
    assert book["title"] == "Kunnskapsgrunnlag for boligsosialt arbeid"
    assert (book["site-url"], book["repo-url"]) == (told["address"], told["repository"])
    assert "mailto:a@eksempel.no" in book["page-footer"]["left"]
    ways = [item["href"] for item in (*book["navbar"]["left"], *book["page-footer"]["right"])]
    assert {"figurer-og-tabeller.html", "om.html", "tilgjengelighet.html", "sok.html"} <= {*ways}


def test_what_is_empty_in_the_catalogue_is_no_key_of_the_book(mini: Checkout) -> None:
    book = quarto_book.settings(report_of(mini))["book"]

    assert isinstance(book, dict)
    assert not {"site-url", "repo-url", "repo-actions"} & {*book}
    assert "mailto" not in json.dumps(book)


def test_signs_behind_words_are_not_searched(tmp_path: Path) -> None:
    entry = {"text": "Andelen gikk opp ✓ fra 3,2. Se rapporten. ↩︎", "title": "A"}
    (tmp_path / "search.json").write_text(json.dumps([entry]), encoding="utf-8")

    quarto_book.mend_search(tmp_path)

    (mended,) = json.loads((tmp_path / "search.json").read_text(encoding="utf-8"))
    assert mended == {"text": "Andelen gikk opp fra 3,2. Se rapporten.", "title": "A"}
