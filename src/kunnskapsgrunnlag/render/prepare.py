"""What both engines read: one JSON file with every text, link and fragment of the filter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag import fragments, verify
from kunnskapsgrunnlag.catalog import Catalog, Coming, Item
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.chapters import Book, mark_key, read_chapters
from kunnskapsgrunnlag.render.listing import UP, Entry, Listing
from kunnskapsgrunnlag.tables import grid
from kunnskapsgrunnlag.values import Store

BRACES = re.compile(r"\{(trykt:)?([^{}]+)\}")


def prepare(project: Project, catalog: Catalog) -> Book:
    """Check the chapters and write `build/render/data.json` and the fragments in it.

    Raises:
        KgError: All mistakes of the chapters, with file and line.
    """
    store = Store.read(project.values)
    book = Book(project.root, catalog, store, read_chapters(project.root, catalog))
    book.check()
    held = _held(project, catalog)
    notes = _notes(project, catalog, store, held)
    data = {
        "tall": _numbers(book),
        "aar": {m.words: str(store.year(m.words)) for m in _marks(book, "aar")},
        "ref": {m.words: _reference(book, m.words) for m in _marks(book, "ref")},
        "item": {
            key: _item(project, key, item, held, notes) for key, item in catalog.numbered.items()
        },
        "generert": _generated(project, catalog, book, held),
        "sider": {c.file: str(c.number or "") for c in catalog.chapters.values()},
    }
    project.render.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    (project.render / "data.json").write_bytes(text.encode("utf-8"))
    return book


def _marks(book: Book, kind: str) -> Any:
    return (mark for text in book.texts for mark in text.marks if mark.kind == kind)


def _numbers(book: Book) -> dict[str, dict[str, str]]:
    return {
        mark_key(mark): {
            "tekst": book.number(mark),
            "lenke": fragments.trace_link(book.store.resolve(mark.words), UP),
        }
        for mark in _marks(book, "tall")
    }


def _reference(book: Book, words: str) -> dict[str, str]:
    text, page, identifier = book.reference(words)
    return {"tekst": text, "side": page, "id": identifier}


def _held(project: Project, catalog: Catalog) -> dict[str, Any]:
    return {
        key: json.loads((project.item(key) / f"{key}.json").read_text(encoding="utf-8"))
        for key in catalog.items
    }


# Said of an item until its delivery comes; the delivery takes it away.
ESTIMATED = (
    "Tallene fra leveransen mangler ennå. De som står her, er anslag; siden om metode forteller "
    "hvordan de er laget."
)


def _notes(
    project: Project, catalog: Catalog, store: Store, held: Mapping[str, Any]
) -> dict[str, list[str]]:
    """An item's notes: the catalogue's, that it is estimated, the misprints that it corrects."""
    folder = project.published / catalog.edition.key
    printed = {p.address: p.text for p in verify.read_printed(folder)}
    notes = {key: list(item.notes) for key, item in catalog.items.items()}
    waiting = {key for key, source in catalog.sources.items() if source.delivery}
    for key, item in held.items():
        if any(s in waiting and r["origin"] == "estimat" for s, r in item["sources"].items()):
            notes[key].insert(0, ESTIMATED)
    for erratum in verify.read_errata(folder):
        for key in sorted({address.partition("/")[0] for address in erratum.addresses}):
            words = fill_braces(erratum.note, store, printed)
            notes[key].append(f"Rettet ({erratum.id}): {words}")
    return notes


def fill_braces(text: str, store: Store, printed: Mapping[str, str]) -> str:
    """Put numbers into a note: {address} from the store, {trykt:address} as it was printed.

    Raises:
        KgError: If an address is unknown.
    """

    def number(found: re.Match[str]) -> str:
        if not found[1]:
            return str(store.get(found[2])["text"])
        if found[2] not in printed:
            raise KgError(f"errata.yaml: nothing was printed at «{found[2]}».")
        return printed[found[2]].replace(" ", "\N{NO-BREAK SPACE}")

    return BRACES.sub(number, text)


def _item(
    project: Project,
    key: str,
    item: Item | Coming,
    held: Mapping[str, Any],
    notes: Mapping[str, list[str]],
) -> dict[str, str]:
    if isinstance(item, Coming):
        return {
            "html": fragments.html_coming(key, item),
            "typst": fragments.typst_coming(key, item),
        }
    path = project.item(key) / f"{key}.svg"
    if not path.is_file():
        raise KgError(f"{key}: the drawing {path.name} is missing. Run: kg build.")
    table = grid(item, held[key]["values"])
    image = f"/{path.relative_to(project.root).as_posix()}"
    svg = path.read_text(encoding="utf-8")
    return {
        "html": fragments.html_item(key, item, held[key], table, svg, notes[key], UP),
        "typst": fragments.typst_item(key, item, held[key], table, notes[key], image),
    }


def _generated(
    project: Project, catalog: Catalog, book: Book, held: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    receipts = {
        key: json.loads(project.receipt(key).read_text(encoding="utf-8")) for key in catalog.sources
    }
    listings = {
        "innhold": _contents(catalog, book, held),
        "kilder-kort": _sources(receipts, short=True),
        "kilder": _sources(receipts, short=False),
        "avstemming": _reconciliation(project, catalog, book.store, receipts),
    }
    return {name: {"html": li.html(), "typst": li.typst()} for name, li in listings.items()}


def _contents(catalog: Catalog, book: Book, held: Mapping[str, Any]) -> Listing:
    rows = [
        (
            Entry(item.label, link=f"{book.targets[key][1]}#{key}"),
            Entry(item.title),
            Entry("kommer")
            if isinstance(item, Coming)
            else Entry(held[key]["origin"], origin=True),
        )
        for key, item in catalog.numbered.items()
    ]
    return Listing(("Nummer", "Tittel", "Opphav"), rows, ("auto", "1fr", "auto"))


def _sources(receipts: Mapping[str, Any], *, short: bool) -> Listing:
    rows = []
    for receipt in receipts.values():
        state = "" if receipt["registered"] else " (endret siden registreringen)"
        row = (
            Entry(receipt["title"], link=receipt["url"] or ""),
            Entry(receipt["owner"]),
            Entry(receipt["vintage"] + state),
            Entry(receipt["origin"], origin=True),
        )
        licence = Entry(receipt["licence"])
        file = Entry(receipt["file"], code=True, below=receipt["sha256_cells"][:16])
        rows.append(row if short else (*row, licence, file))
    heads = ("Kilde", "Eier", "Årgang", "Opphav")
    if short:
        return Listing(heads, rows, ("2fr", "1.4fr", "1.2fr", "auto"))
    widths = ("2fr", "1.4fr", "1.2fr", "auto", "1fr", "1.5fr")
    return Listing((*heads, "Lisens", "Fil og sjekksum"), rows, widths)


def _reconciliation(project: Project, catalog: Catalog, store: Store, receipts: Any) -> Listing:
    folder = project.published / catalog.edition.key
    changed = frozenset(key for key, r in receipts.items() if r["revised"])
    found = verify.compare(
        verify.read_printed(folder), store.values, verify.read_errata(folder), changed
    )
    rows = [
        (Entry(state[0].upper() + state[1:]), Entry(str(count), number=True))
        for state, count in verify.summary(found).items()
    ]
    rows.append((Entry("I alt"), Entry(str(len(found)), number=True)))
    return Listing(("Resultat", "Antall trykte tall"), rows, ("auto", "auto"))


def data_path(project: Project) -> Path:
    """The file that the Lua filter reads."""
    return project.render / "data.json"
