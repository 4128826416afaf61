"""Pages of our own that no chapter holds: one per item, lists, about, accessibility, search.

Both engines' sites have them, in the layout of the embedded engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.nb_text import date_words
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.publish.downloads.write import WHOLE, whole_pdf
from kunnskapsgrunnlag.publish.fragments import anchor_of, item_page, origin_html
from kunnskapsgrunnlag.publish.lists.generated_lists import TAKEN
from kunnskapsgrunnlag.publish.lists.source_list import licences
from kunnskapsgrunnlag.publish.machine.write import FILES
from kunnskapsgrunnlag.publish.site import page_layout as layout
from kunnskapsgrunnlag.publish.site import search
from kunnskapsgrunnlag.publish.site.citation import bibtex, reference
from kunnskapsgrunnlag.publish.site.item_pages import TO_LISTS, files_in, write_items
from kunnskapsgrunnlag.publish.site.page_layout import Link, Page, Shell, TocEntry
from kunnskapsgrunnlag.store.bands import number_words
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import dim_label

INDEX = "assets/site/sok-data.js"
SEARCH_SCRIPTS = ("assets/site/sok.js", INDEX, "assets/site/sok-side.js")
HEADING = re.compile(r'<h(2) id="([^"]+)">([^<]+)</h2>')


def write_pages(shell: Shell) -> None:
    """Write all of them; downloads and chapters must be in the site already."""
    edition = shell.catalog.edition
    made = date_words(edition.date)
    access = shell.render("tilgjengelighet.html", edition=edition, made=made)
    write_items(shell)
    for page in [
        _lists(shell),
        _about(shell),
        Page(layout.ACCESS, "Tilgjengelighetserklæring", access, _contents(access)),
    ]:
        shell.write(page)
    contact = shell.catalog.edition.contact
    body = shell.render("sok.html", ways=shell.shortcuts(), contact=contact)
    shell.write(Page(layout.SEARCH, "Søk", body, scripts=SEARCH_SCRIPTS))
    (shell.project.site / INDEX).write_bytes(_search_index(shell))


def trail(shell: Shell, key: str) -> tuple[Link, Link]:
    """The pages above an item's trace and control sheet."""
    return TO_LISTS, Link(item_page(key), shell.catalog.items[key].label)


def _lists(shell: Shell) -> Page:
    numbered = shell.catalog.numbered
    kinds = {"figures": "figur", "tables": "tabell"}
    rows = {
        name: [_row(shell, k, i) for k, i in numbered.items() if i.kind == kind]
        for name, kind in kinds.items()
    }
    found = files_in(shell, WHOLE)
    of_profiles = [file for file in found if "/profiler-" in file.path]
    files = {f.path.rpartition(".")[2]: f for f in found if f not in of_profiles}
    pdf = whole_pdf(shell.catalog.edition)
    body = shell.render(
        "liste.html",
        up="",
        files=files,
        taken=TAKEN,
        pdf=pdf,
        profiles=of_profiles,
        machine=FILES,
        **rows,
    )
    return Page(layout.LISTS, "Figurer og tabeller", body, _contents(body))


def _row(shell: Shell, key: str, item: Item) -> dict[str, object]:
    chapter = shell.catalog.chapters[item.chapter]
    words = f"Kapittel {chapter.number}" if chapter.number else chapter.title
    return {
        "item": item,
        "finding": shell.report.book.finding(key),
        "page": item_page(key),
        "place": Link(f"{chapter.html}#{key}", words),
        "origin": Markup(origin_html(item, shell.report.results[key].values)),
    }


def _about(shell: Shell) -> Page:
    catalog = shell.catalog
    body = shell.render(
        "om.html",
        edition=catalog.edition,
        up="",
        made=len(catalog.items),
        numbered=len(catalog.numbered),
        version=__version__,
        digest=sha256(shell.project.values.read_bytes())[:16],
        standing=shell.standing,
        reference=reference(catalog.edition, shell.standing),
        bibtex=bibtex(catalog.edition, shell.standing),
        licences=licences(shell.report.receipts),
        sources=shell.chapters["kilder"].path if "kilder" in shell.chapters else "",
    )
    return Page(layout.ABOUT, "Om utgaven og sitering", body, _contents(body))


def _contents(body: str) -> list[TocEntry]:
    return [TocEntry(int(level), "", words, at) for level, at, words in HEADING.findall(body)]


def _search_index(shell: Shell) -> bytes:
    """Of all pages that are written by now."""
    site, catalog = shell.project.site, shell.catalog
    known = search.read_words(shell.project.root / "assets" / "site" / "sokeord.yaml")
    items = {
        item_page(key): (item.label, f"{item.title}. {item.subtitle}")
        for key, item in catalog.numbered.items()
    }
    numbers = {
        item_page(key): [*_numbers(site, key, item, shell.report.results[key])]
        for key, item in catalog.numbered.items()
    }
    return search.as_script(search.index(search.sections_of_site(site, items), numbers, known))


def _numbers(site: Path, key: str, item: Item, result: ItemResult) -> Iterator[search.Number]:
    html = (site / item_page(key)).read_text(encoding="utf-8")
    at_hand = set(re.findall(rf"sporing/{key}\.html#([^\"]+)", html))
    for value in result.values:
        if value.value is not None:
            measure = item.measures[value.measure]
            keys = [dim_label(item, dim, value.key(dim)) for dim in item.dims]
            heads = [measure.group, measure.title, *keys]
            anchor = anchor_of(value.address)
            yield search.Number(
                f"{number_words(value)} {measure.unit}",
                search.hard_spaces(", ".join(head for head in heads if head)),
                anchor,
                anchor in at_hand,
                value.is_estimate,
            )
