"""The last look: printed numbers explained, items, links and numbers found in the pages."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pypdfium2

from kunnskapsgrunnlag import verify
from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.values import Store

# What a filter or an engine leaves behind when something was not resolved.
LEFTOVERS = re.compile(r"@UP@|\?@[\w-]+|\{\.(?:tall|ref|aar|item)\b|class=\"(?:tall|ref|aar)\"")


class _Page(HTMLParser):
    """The ids, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        for name in ("href", "src"):
            if held.get(name):
                self.links.append(str(held[name]))
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def check_build(project: Project, catalog: Catalog) -> dict[str, Any]:
    """Look at everything that was made.

    Returns:
        `printed` (state -> count), `differences` (every number that is not equal), `errors`.
    """
    comparisons = compare_with_print(project, catalog)
    errors = [
        f"{c.printed.address}: printed «{c.printed.text}», computed «{c.computed}», and no erratum "
        f"or new delivery explains it. Correct the computation, or add the misprint to "
        f"data/published/{catalog.edition.key}/errata.yaml."
        for c in comparisons
        if c.state == verify.UNEXPLAINED
    ]
    errors += _check_site(project, catalog) + _check_pdf(project, catalog)
    return {
        "printed": verify.summary(comparisons),
        "differences": [
            {
                "address": c.printed.address,
                "printed": c.printed.text,
                "computed": c.computed,
                "state": c.state,
                "erratum": c.erratum,
            }
            for c in comparisons
            if c.state != verify.EQUAL
        ],
        "errors": errors,
    }


def compare_with_print(project: Project, catalog: Catalog) -> list[verify.Comparison]:
    """Every printed number of the edition against the value store."""
    folder = project.published / catalog.edition.key
    changed = frozenset(
        key
        for key in catalog.sources
        if json.loads(project.receipt(key).read_text(encoding="utf-8"))["revised"]
    )
    store = Store.read(project.values)
    return verify.compare(
        verify.read_printed(folder), store.values, verify.read_errata(folder), changed
    )


def _read_pages(site: Path) -> dict[str, _Page]:
    pages = {}
    for path in sorted(site.rglob("*.html")):
        page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(site).as_posix()] = page
    return pages


def _check_site(project: Project, catalog: Catalog) -> list[str]:
    pages = _read_pages(project.site)
    errors = [
        m for name, page in pages.items() for m in _check_links(project.site, pages, name, page)
    ]
    for key, item in catalog.numbered.items():
        name = catalog.chapters[item.chapter].html
        if key not in pages[name].ids:
            errors.append(f"{name}: {item.label} is missing from the page.")
    for chapter in catalog.chapters.values():
        path = project.site / chapter.html
        if found := LEFTOVERS.search(path.read_text(encoding="utf-8")):
            errors.append(f"{chapter.html}: «{found[0]}» was left unresolved.")
    return errors


def _check_links(site: Path, pages: dict[str, _Page], name: str, page: _Page) -> list[str]:
    errors = []
    for link in dict.fromkeys(page.links):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or link.startswith("data:"):
            continue
        path = (site / name).parent / unquote(parts.path) if parts.path else site / name
        if not path.exists():
            errors.append(f"{name}: the link «{link}» leads to no file.")
            continue
        target = path.resolve().relative_to(site.resolve()).as_posix()
        anchor = unquote(parts.fragment)
        if anchor and target in pages and anchor not in pages[target].ids:
            errors.append(f"{name}: the link «{link}» leads to nothing on that page.")
    return errors


def squeezed(text: str) -> str:
    """Text without spaces and hyphenation, in one normal form: what a PDF and a page can share."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "")
    return re.sub(r"[\s\N{HYPHEN}]+", "", plain)


def pdf_text(path: Path) -> str:
    """All words of a PDF.

    Raises:
        KgError: If the PDF cannot be read.
    """
    try:
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError as problem:
        raise KgError(f"{path.name}: the PDF cannot be read back: {problem}") from problem


def _check_pdf(project: Project, catalog: Catalog) -> list[str]:
    text = squeezed(pdf_text(project.pdf))
    errors = [
        f"{project.pdf.name}: {item.label} «{item.title}» is missing."
        for item in catalog.numbered.values()
        if squeezed(item.title) not in text
    ]
    for key in catalog.items:
        held = json.loads((project.item(key) / f"{key}.json").read_text(encoding="utf-8"))
        errors += [
            f"{project.pdf.name}: {r['address']} ({r['text']}) is missing."
            for r in held["values"]
            if r["shown"] and squeezed(r["text"]) not in text
        ]
    return errors
