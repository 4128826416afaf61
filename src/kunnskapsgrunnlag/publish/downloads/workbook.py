"""An accessible workbook: cover, contents, notes, sources, and one marked table per sheet.

It follows the British Government Analysis Function's guidance on statistics in spreadsheets, but
for frozen headings and filters, which readers of long tables want.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.archive import unzipped, zipped
from kunnskapsgrunnlag.publish.downloads.covers import Block, blocks, labels_by_note
from kunnskapsgrunnlag.publish.downloads.sheets import (
    Sheet,
    add_cover,
    add_sheet,
    link_to_sheets,
)
from kunnskapsgrunnlag.publish.downloads.table import Cell, FlatColumn, FlatTable, ItemPart, Kind
from kunnskapsgrunnlag.store.origins import mix_words, origin_words
from kunnskapsgrunnlag.store.standing import Standing

CORE = "docProps/core.xml"
LANGUAGE = "nb"
NOTES, SOURCES, CONTENTS = "Merknader", "Kilder", "Innhold"


def workbook(edition: Edition, title: str, parts: Sequence[ItemPart], standing: Standing) -> bytes:
    """A workbook with these items: one of them, or all."""
    notes = labels_by_note(parts)
    sheets = [
        Sheet(CONTENTS, CONTENTS, ["Arkene i filen."], _contents(parts)),
        Sheet(NOTES, NOTES, ["Numrene står over tabellene."], _notes(notes)),
        Sheet(SOURCES, SOURCES, ["Kildene til tallene."], _sources(parts)),
        *(Sheet(p.item.label, p.title, _lines(p, notes), p.table) for p in parts),
    ]
    return plain_workbook(edition, title, blocks(edition, parts, standing), sheets)


def plain_workbook(
    edition: Edition, title: str, cover: Sequence[Block], sheets: Sequence[Sheet]
) -> bytes:
    """A workbook of a cover and sheets with tables; a sheet of contents leads to the others."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_cover(book, title, cover)
    for sheet in sheets:
        add_sheet(book, sheet)
    if CONTENTS in book.sheetnames:
        link_to_sheets(book, CONTENTS)
    buffer = io.BytesIO()
    book.save(buffer)
    files = unzipped(buffer.getvalue())
    # Saving puts in the moment of saving; the edition's date goes back in.
    files[CORE] = cast("bytes", tostring(_properties(edition, title).to_tree()))
    return zipped(files, datetime.date.fromisoformat(edition.date))


def _properties(edition: Edition, title: str) -> DocumentProperties:
    """The file's title, language, maker and date; no person."""
    when = datetime.datetime.fromisoformat(edition.date)
    return DocumentProperties(
        title=title,
        subject=edition.title,
        creator=edition.owner,
        language=LANGUAGE,
        version=edition.key,
        created=when,
        modified=when,
    )


def _lines(part: ItemPart, notes: Mapping[str, Sequence[str]]) -> list[str]:
    """What stands between title and table: measure and period, source, origin and notes."""
    owners = "; ".join(dict.fromkeys(s.owner for s in part.result.sources.values()))
    own = (str(n) for n, labels in enumerate(notes.values(), 1) if part.item.label in labels)
    origin = origin_words(part.item, part.result.values)
    return [
        f"{part.item.subtitle}.",
        f"Kilde: {owners}. Årgang og lisens står i arket {SOURCES}.",
        f"Opphav: {origin}. Merknader: {', '.join(own)}, se arket {NOTES}.",
    ]


def _table(heads: Sequence[str], rows: Iterable[tuple[Cell, ...]], **kinds: Kind) -> FlatTable:
    """Columns of text, but for those whose kind is given."""
    columns = tuple(FlatColumn(head, head, kinds.get(head, "text")) for head in heads)
    return FlatTable(columns, tuple(rows), keys=1)


def _contents(parts: Sequence[ItemPart]) -> FlatTable:
    """All sheets but the cover and this one."""
    rows = [
        (NOTES, "Merknader til tabellene", "gjelder ikke"),
        (SOURCES, "Kilder, årganger og lisenser", "gjelder ikke"),
    ]
    for part in parts:
        origin = mix_words(part.item, part.result.values) or part.result.origin
        rows.append((part.item.label, part.title.partition(": ")[2], origin))
    return _table(("Ark", "Tittel", "Opphav"), rows)


def _notes(notes: Mapping[str, Sequence[str]]) -> FlatTable:
    rows = ((n, text, ", ".join(labels)) for n, (text, labels) in enumerate(notes.items(), 1))
    return _table(("Nummer", "Merknad", "Gjelder"), rows, Nummer="number")


def _sources(parts: Sequence[ItemPart]) -> FlatTable:
    used: dict[str, list[str]] = {}
    for part in parts:
        for key in part.result.sources:
            used.setdefault(key, []).append(part.item.label)
    sources = {key: source for part in parts for key, source in part.result.sources.items()}
    rows = (
        (s.title, s.owner, s.vintage, s.origin, s.licence, s.url or "ingen", ", ".join(used[key]))
        for key, s in sources.items()
    )
    heads = ("Kilde", "Eier", "Årgang", "Opphav", "Lisens", "Nettadresse", "Gjelder")
    return _table(heads, rows, Nettadresse="address")
