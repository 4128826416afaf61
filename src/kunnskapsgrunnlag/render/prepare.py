"""What both engines read: one JSON file with every text, link and fragment of the filter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag import fragments, verify
from kunnskapsgrunnlag.catalog import Catalog, Coming, Item
from kunnskapsgrunnlag.claims.evaluate import read_claims
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.notes import Note
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.chapters import Book, mark_key
from kunnskapsgrunnlag.render.corrections import PAGE, card_id
from kunnskapsgrunnlag.render.listing import UP
from kunnskapsgrunnlag.render.listings import generated
from kunnskapsgrunnlag.render.marks import read_chapters
from kunnskapsgrunnlag.tables import grid
from kunnskapsgrunnlag.values import Store

# The page that lists all claims of the text.
CLAIMS_PAGE = "chapters/pastander.html"
BRACES = re.compile(r"\{(trykt:)?([^{}]+)\}")


def prepare(project: Project, catalog: Catalog) -> Book:
    """Check the chapters and write `build/render/data.json` and the fragments in it.

    Raises:
        KgError: All mistakes of the chapters, with file and line.
    """
    store = Store.read(project.values)
    book = Book(project.root, catalog, store, read_chapters(project.root, catalog))
    book.check(lints=True)
    claims = read_claims(project.claims)
    held = _held(project, catalog)
    notes = _notes(project, catalog, store, held)
    data = {
        "tall": _numbers(book),
        "aar": {m.words: str(store.year(m.words)) for m in _marks(book, "aar")},
        "ord": {m.words: _word(claims["words"], m.words) for m in _marks(book, "ord")},
        "pastand": {name: _claim_mark(name, claim) for name, claim in claims["claims"].items()},
        "ref": {m.words: _reference(book, m.words) for m in _marks(book, "ref")},
        "item": {
            key: _item(project, key, item, held, notes) for key, item in catalog.numbered.items()
        },
        "generert": generated(project, catalog, book, held),
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


def _word(words: Mapping[str, Any], name: str) -> dict[str, str]:
    """A word that the data chose, and where that is told."""
    if name not in words:
        raise KgError(f"claims.json: the word «{name}» is missing. Run: kg build.")
    return {"tekst": words[name]["text"], "lenke": f"{UP}{CLAIMS_PAGE}#ord-{name}"}


def _claim_mark(name: str, claim: Mapping[str, Any]) -> dict[str, str]:
    """What stands after a sentence that claims something: quiet if it holds, loud if not."""
    link = fragments.esc(f"{UP}{CLAIMS_PAGE}#pastand-{name}")
    if claim["holds"]:
        label = fragments.esc(f"Prøvd mot tallene: {claim['because']}")
        mark = f'<a class="kg-holder" href="{link}" title="{label}" aria-label="{label}">✓</a>'
        return {"html": mark, "typst": ""}
    words = f"[Påstanden holder ikke: {claim['because']}]"
    return {
        "html": f' <a class="kg-usann" href="{link}"><strong>{fragments.esc(words)}</strong></a>',
        "typst": f" #kg-usann({fragments.typst_text(words)})",
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
) -> dict[str, list[Note]]:
    """An item's notes: the catalogue's, that it is estimated, the misprints that it corrects."""
    folder = project.published / catalog.edition.key
    printed = {p.address: p.text for p in verify.read_printed(folder)}
    notes = {key: [Note(words) for words in item.notes] for key, item in catalog.items.items()}
    waiting = {key for key, source in catalog.sources.items() if source.delivery}
    for key, item in held.items():
        if any(s in waiting and r["origin"] == "estimat" for s, r in item["sources"].items()):
            notes[key].insert(0, Note(ESTIMATED))
    for erratum in verify.read_errata(folder):
        for key in sorted({address.partition("/")[0] for address in erratum.addresses}):
            words = f"Rettet: {fill_braces(erratum.note, store, printed)}"
            link = f"{PAGE}#{card_id(erratum.id)}"
            notes[key].append(Note(words, link, f"Se rettelse {erratum.id}."))
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
    notes: Mapping[str, list[Note]],
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


def data_path(project: Project) -> Path:
    """The file that the Lua filter reads."""
    return project.render / "data.json"
