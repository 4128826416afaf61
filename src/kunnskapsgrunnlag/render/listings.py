"""The lists that the project makes for the chapters, such as contents, sources and claims."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kunnskapsgrunnlag import verify
from kunnskapsgrunnlag.catalog import Catalog, Coming
from kunnskapsgrunnlag.claims.evaluate import read_claims
from kunnskapsgrunnlag.errata import read_errata
from kunnskapsgrunnlag.findings import read_edition
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.chapters import Book
from kunnskapsgrunnlag.render.corrections import corrections
from kunnskapsgrunnlag.render.listing import Entry, Listing, Pieces, Row
from kunnskapsgrunnlag.render.references import References, read_works
from kunnskapsgrunnlag.values import Store
from kunnskapsgrunnlag.words import listed

# A cell of the list of claims, in characters.
LONGEST = 260


def generated(
    project: Project, catalog: Catalog, book: Book, held: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Every list that a chapter may name, for both formats."""
    receipts = {
        key: json.loads(project.receipt(key).read_text(encoding="utf-8")) for key in catalog.sources
    }
    listings: dict[str, Listing | Pieces | References] = {
        "innhold": _contents(catalog, book, held),
        "kilder-kort": _sources(receipts, short=True),
        "kilder": _sources(receipts, short=False),
        "avstemming": _reconciliation(project, catalog, book.store, receipts),
        "pastander": _claims(read_claims(project.claims), book),
        "rettelser": _corrections(project, catalog, book),
        "referanser": read_works(project.root / "assets" / "bib"),
    }
    return {name: {"html": li.html(), "typst": li.typst()} for name, li in listings.items()}


def _contents(catalog: Catalog, book: Book, held: Mapping[str, Any]) -> Listing:
    """All items with their origin and, if any stand from an earlier edition, of what time."""
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
    heads, widths = ("Nummer", "Tittel", "Opphav"), ("auto", "1fr", "auto")
    periods = {key: item.carried.period for key, item in catalog.items.items() if item.carried}
    if not periods:
        return Listing(heads, rows, widths)
    dated = [
        (*row, Entry(periods.get(key, ""))) for key, row in zip(catalog.numbered, rows, strict=True)
    ]
    return Listing((*heads, "Videreført, tall fra"), dated, (*widths, "auto"))


def _sources(receipts: Mapping[str, Any], *, short: bool) -> Listing:
    rows = []
    for receipt in receipts.values():
        state = "" if receipt["registered"] else " (endret siden registreringen)"
        if receipt["history"] and not short:
            state += f". Innholdet er byttet {receipt['history'][-1]}"
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
    folder = project.published / catalog.edition.in_print
    changed = frozenset(key for key, r in receipts.items() if r["revised"])
    found = verify.compare(
        verify.read_printed(folder),
        store.values,
        verify.read_errata(folder),
        changed,
        verify.renewed_items(project.editions, catalog),
    )
    rows = [
        (Entry(state[0].upper() + state[1:]), Entry(str(count), number=True))
        for state, count in verify.summary(found).items()
    ]
    rows.append((Entry("I alt"), Entry(str(len(found)), number=True)))
    return Listing(("Resultat", "Antall trykte tall"), rows, ("auto", "auto"))


def _corrections(project: Project, catalog: Catalog, book: Book) -> Pieces:
    folder = project.published / catalog.edition.in_print
    edition = read_edition(folder, book.store, catalog.edition.data_year)
    claims = read_claims(project.claims)["claims"]
    return corrections(read_errata(folder), edition, book, claims)


def _claims(held: Mapping[str, Any], book: Book) -> Listing:
    """Every claim and word of the text: what it says, whether it holds, and by which numbers."""
    pages = {chapter.file: chapter.html for chapter in book.catalog.chapters.values()}
    rows = []
    for prefix, kind in (("pastand", "claims"), ("ord", "words")):
        for name, each in held[kind].items():
            if each["places"]:
                rows.append(_claim_row(f"{prefix}-{name}", each, pages))
    return Listing(("Påstand", "Resultat", "Tallene", "Sted"), rows, ("2fr", "auto", "2fr", "auto"))


def _claim_row(identifier: str, each: Mapping[str, Any], pages: Mapping[str, str]) -> Row:
    states = {True: "holder", False: "holder ikke", None: "kan ikke avgjøres"}
    place = each["places"][0]
    where = place["file"].rpartition("/")[2].removesuffix(".md").replace("-", " ")
    return (
        Entry(each["words"], id=identifier),
        Entry(f"«{each['text']}»" if "text" in each else states[each["holds"]]),
        Entry(_shortened(each.get("because") or _places(each["numbers"]))),
        Entry(where, link=f"{pages[place['file']]}#{identifier}-tekst", web_only=True),
    )


def _shortened(words: str) -> str:
    """At most a few lines: `kg claims` has the whole of it."""
    if len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST].rpartition(';')[0] or words[:LONGEST]}; …"


def _places(addresses: Sequence[str]) -> str:
    """How many numbers chose a word, and where they stand."""
    items = dict.fromkeys(address.partition("/")[0].replace("-", " ") for address in addresses)
    return f"{len(addresses)} tall i {listed(items)}"
