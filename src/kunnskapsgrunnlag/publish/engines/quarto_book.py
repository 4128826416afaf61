"""What Quarto's book takes from the catalogue, and what its pages lack when it has written them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.write import whole_pdf
from kunnskapsgrunnlag.publish.fragments import draft_html
from kunnskapsgrunnlag.publish.site.page_layout import ABOUT, ACCESS, LISTS, SEARCH, Link, Shell
from kunnskapsgrunnlag.report import Report

# The ways that every page of ours has at its foot.
FOOT = (
    Link(LISTS, "Figurer og tabeller"),
    Link(ABOUT, "Om utgaven og sitering"),
    Link(ACCESS, "Tilgjengelighetserklæring"),
    Link(SEARCH, "Søk i tall og tekst"),
)
# The first thing that the keyboard comes to.
SKIP = '<a class="kg-hopp" href="#quarto-document-content">Hopp til innholdet</a>'
# What Quarto leaves without a name, or gives a role that it has not.
MENDED = (
    (r'(<header id="quarto-header"[^>]*>)', rf"\1{SKIP}"),
    (r'<nav class="navbar', '<nav aria-label="Snarveier" class="navbar'),
    (r'<nav class="quarto-secondary-nav"', r'\g<0> aria-label="Sidens plass"'),
    (r'<nav id="quarto-sidebar"', r'\g<0> aria-label="Kapitler"'),
    (r'<nav id="TOC"', r'\g<0> aria-label="På denne siden"'),
    (r'<nav class="page-navigation"', r'\g<0> aria-label="Forrige og neste"'),
    (r'aria-label="breadcrumb"', 'aria-label="Brødsmulesti"'),
    (r' role="menu"', ""),
    (r'(data-bs-toggle="collapse"[^>]*) role="navigation"', r'\1 role="button"'),
    (r' role="navigation"([^>]*data-bs-toggle="collapse")', r' role="button"\1'),
)


def write_settings(report: Report) -> None:
    """Write build/render/quarto.yml and what stands above each page (_quarto.yml names both)."""
    folder = report.project.render
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(settings(report), ensure_ascii=False, indent=1)
    (folder / "quarto.yml").write_bytes(text.encode("utf-8"))
    # Quarto lays what is an aside in the margin.
    draft = draft_html(report.page_standing).replace("<aside", '<div role="note"')
    head = f"{draft.replace('</aside>', '</div>')}<p>{esc(report.page_standing.label)}</p>"
    head = f'<div class="kg-utgavelinje">{head}</div>\n'
    (folder / "utgave.html").write_bytes(head.encode("utf-8"))


def settings(report: Report) -> dict[str, object]:
    """The keys of Quarto's book that the catalogue decides."""
    edition, standing = report.catalog.edition, report.page_standing
    shell = Shell(report, report.project)
    contact = f'<a href="mailto:{esc(edition.contact)}">{esc(edition.contact)}</a>'
    book: dict[str, object] = {
        "title": edition.title,
        "author": edition.owner,
        "navbar": {
            "title": edition.title,
            "search": True,
            "collapse-below": "xl",
            "left": [_item(link) for link in shell.shortcuts()],
            "right": [_item(Link(whole_pdf(edition), "PDF"))],
        },
        "page-footer": {
            "left": f"<p><strong>{esc(edition.owner)}</strong></p>"
            + (f"<p>Kontakt: {contact}</p>" if edition.contact else "")
            + f"<p>{esc(standing.label)}.</p>",
            "right": [_item(link) for link in FOOT],
        },
    }
    if edition.address:
        book["site-url"] = edition.address
    if edition.repository:
        book |= {"repo-url": edition.repository, "repo-actions": ["edit", "issue"]}
    return {"book": book, "description-meta": f"{edition.subtitle}. {standing.label}."}


def _item(link: Link) -> dict[str, str]:
    return {"text": link.words, "href": link.path}


def mend_pages(site: Path, catalog: Catalog) -> None:
    """Give the chapters' pages what they lack; those that have it stay as they are."""
    for chapter in catalog.chapters.values():
        path = site / chapter.html
        if path.is_file() and SKIP not in (text := path.read_text(encoding="utf-8")):
            path.write_bytes(mended(text, catalog).encode("utf-8"))
    mend_search(site)


def mend_search(site: Path) -> None:
    """Take out of Quarto's index the signs that stand behind words: nobody searches for them."""
    path = site / "search.json"
    if path.is_file():
        entries = json.loads(path.read_text(encoding="utf-8"))
        for entry in entries:
            entry["text"] = re.sub(r"\s*[✓≈↩]\ufe0e?", "", entry["text"])
        path.write_bytes(json.dumps(entries, ensure_ascii=False).encode("utf-8"))


def mended(page: str, catalog: Catalog) -> str:
    """A page with a way past the navigation, names of its parts, and numbers of chapters."""
    for pattern, words in MENDED:
        page = re.sub(pattern, words, page)
    for chapter in catalog.chapters.values():
        if chapter.number:
            link = (
                rf'(<a href="[^"]*{re.escape(chapter.html)}"[^>]*>)(<span class="chapter-title">)'
            )
            number = rf'\1<span class="chapter-number">{chapter.number}</span> \2'
            page = re.sub(link, number, page)
    return page
