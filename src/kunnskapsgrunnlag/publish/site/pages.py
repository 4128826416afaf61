"""Pages of our own that no chapter holds: one per item, lists, about, accessibility, search.

Both engines' sites have them, in the layout of the embedded engine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.catalog.schema import Edition, Item
from kunnskapsgrunnlag.publish.downloads.write import WHOLE, Download, whole_pdf
from kunnskapsgrunnlag.publish.fragments import (
    FINDING,
    anchor_of,
    item_page,
    origin_html,
    sources_line,
)
from kunnskapsgrunnlag.publish.lists.generated_lists import TAKEN
from kunnskapsgrunnlag.publish.lists.source_list import licences
from kunnskapsgrunnlag.publish.prepare import UP, data_path
from kunnskapsgrunnlag.publish.site import page_layout as layout
from kunnskapsgrunnlag.publish.site import search
from kunnskapsgrunnlag.publish.site.page_layout import Link, Page, Shell, TocEntry
from kunnskapsgrunnlag.store.bands import band_sentence, number_words
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS, origins_of
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

TO_LISTS = Link(layout.LISTS, "Figurer og tabeller")
INDEX = "assets/site/sok-data.js"
SEARCH_SCRIPTS = ("assets/site/sok.js", INDEX, "assets/site/sok-side.js")
HEADING = re.compile(r'<h(2) id="([^"]+)">([^<]+)</h2>')
# The finding, which is the heading of the page, and the link from an item to its own page.
OWN_FINDING = re.compile(rf'<h\d class="kg-funn">{FINDING}</h\d>\n')
OWN_LINK = re.compile(r' <a class="kg-egen"[^>]*>[^<]*</a>')


def write_pages(shell: Shell) -> None:
    """Write all of them; downloads and chapters must be in the site already."""
    access = shell.render("tilgjengelighet.html")
    fragments = json.loads(data_path(shell.project).read_text(encoding="utf-8"))["item"]
    for page in [
        *_items(shell, fragments),
        _lists(shell),
        _about(shell),
        Page(layout.ACCESS, "Tilgjengelighet", access, _contents(access)),
    ]:
        shell.write(page)
    for key, item in shell.catalog.items.items():
        path = shell.project.site / "sporing" / f"{key}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            trace_script(key, item, shell.report.results[key], shell.report.printed_texts)
        )
    contact = shell.catalog.edition.contact
    body = shell.render("sok.html", ways=shell.shortcuts(), contact=contact)
    shell.write(Page(layout.SEARCH, "Søk", body, scripts=SEARCH_SCRIPTS))
    (shell.project.site / INDEX).write_bytes(_search_index(shell))


def trail(shell: Shell, key: str) -> tuple[Link, Link]:
    """The pages above an item's trace and control sheet."""
    return TO_LISTS, Link(item_page(key), shell.catalog.items[key].label)


def _items(shell: Shell, fragments: Mapping[str, Mapping[str, str]]) -> Iterator[Page]:
    keys = list(shell.catalog.numbered)
    links = [Link(item_page(k), _name(shell.catalog.items[k])) for k in keys]
    for at, key in enumerate(keys):
        yield Page(
            item_page(key),
            f"{shell.catalog.items[key].label}: {shell.report.book.finding(key)}",
            _item(shell, key, fragments[key]),
            place=shell.catalog.items[key].label,
            trail=(TO_LISTS,),
            before=links[at - 1] if at else None,
            after=links[at + 1] if at + 1 < len(links) else None,
        )


def _item(shell: Shell, key: str, made: Mapping[str, str]) -> str:
    item, result = shell.catalog.items[key], shell.report.results[key]
    chapter = shell.catalog.chapters[item.chapter]
    fragment = (
        OWN_FINDING.sub("", OWN_LINK.sub("", made["html"]))
        .replace('class="kg-item"', 'class="kg-item kg-alene"')
        .replace('class="kg-vis"', 'class="kg-vis" open')
    )
    return shell.render(
        "figur.html",
        key=key,
        item=item,
        up="../",
        finding=Markup(made["funn"].replace(UP, "../")),
        fragment=Markup(fragment.replace(UP, "../")),
        place=Link(f"{chapter.html}#{key}", chapter.title),
        origin=Markup(origin_html(item, result.values)),
        meanings=[ORIGIN_WORDS[origin] for origin in origins_of(result.values)],
        sources=list(result.sources.values()),
        files=_files(shell, f"items/{key}"),
        address=item_page(key),
        reference=f"{reference(shell.catalog.edition, shell.standing)} {_name(item)}.",
    )


def _files(shell: Shell, folder: str) -> list[Download]:
    """What lies in a folder of the site for readers to take."""
    top = shell.project.site / folder
    paths = sorted(path for path in top.glob("*") if path.is_file())
    return [Download(f"{folder}/{path.name}", path.stat().st_size) for path in paths]


def _lists(shell: Shell) -> Page:
    numbered = shell.catalog.numbered
    kinds = {"figures": "figur", "tables": "tabell"}
    rows = {
        name: [_row(shell, k, i) for k, i in numbered.items() if i.kind == kind]
        for name, kind in kinds.items()
    }
    files = {file.path.rpartition(".")[2]: file for file in _files(shell, WHOLE)}
    pdf = whole_pdf(shell.catalog.edition)
    body = shell.render("liste.html", up="", files=files, taken=TAKEN, pdf=pdf, **rows)
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


def _name(item: Item) -> str:
    return f"{item.label}: {item.title}"


def reference(edition: Edition, standing: Standing) -> str:
    """How one refers to the report, ready to be copied; a draft is referred to as one."""
    year = edition.date[:4]
    draft = " Utkast." if standing.draft else ""
    return (
        f"{edition.owner} ({year}). {edition.title}. {edition.subtitle}. "
        f"{standing.label}.{draft} Nettutgave{f', {edition.address}' if edition.address else ''}."
    )


def bibtex(edition: Edition, standing: Standing) -> str:
    """The same for a reference manager."""
    fields = {
        "title": f"{{{edition.title}}}: {edition.subtitle}",
        "author": f"{{{edition.owner}}}",
        "year": edition.date[:4],
        "edition": edition.key,
        "note": ". ".join(
            filter(None, ("Nettutgave", standing.ages, "Utkast" if standing.draft else ""))
        ),
    }
    lines = "".join(f"  {name} = {{{words}}},\n" for name, words in fields.items())
    return f"@misc{{kunnskapsgrunnlag{edition.key},\n{lines}}}"


def trace_script(key: str, item: Item, result: ItemResult, printed: Mapping[str, str]) -> bytes:
    """What stands behind an item's numbers, in short, as a script that a page loads when asked."""
    short = {
        "navn": _name(item),
        "kilder": sources_line(result.sources),
        "opphav": {name: f"{word}, {words}" for name, (word, words) in ORIGIN_WORDS.items()},
        "mal": {
            name: {"enhet": "" if m.unit == "tekst" else m.unit, "formel": m.formula}
            for name, m in item.measures.items()
        },
        "tall": {
            anchor_of(r.address): [
                number_words(r),
                r.measure,
                r.origin,
                band_sentence(r),
                _cells_words(r, result),
                printed.get(r.address, ""),
            ]
            for r in result.values
        },
    }
    return f'(window.KG_SPOR=window.KG_SPOR||{{}})["{key}"]={search.script_json(short)};\n'.encode()


def _cells_words(value: Value, result: ItemResult) -> str:
    """Where a number was read; of several cells, the first and how many."""
    if not value.cells:
        return ""
    first = result.cells[value.cells[0]]
    words = f"{first.file}, {first.place}"
    more = len(value.cells) - 1
    return f"{words}, og {more} {'celle' if more == 1 else 'celler'} til" if more else words


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
