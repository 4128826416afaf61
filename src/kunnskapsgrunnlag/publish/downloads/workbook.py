"""An accessible workbook: cover, contents, notes, sources, and one marked table per sheet.

It follows the British Government Analysis Function's guidance on statistics in spreadsheets, but
for frozen headings and filters, which readers of long tables want.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.archive import unzipped, zipped
from kunnskapsgrunnlag.publish.downloads.covers import SheetNote, blocks, numbered, numbers_for
from kunnskapsgrunnlag.publish.downloads.sheets import (
    SheetHead,
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


def item_workbook(edition: Edition, part: ItemPart, standing: Standing) -> bytes:
    """The workbook of one item."""
    return _saved(edition, part.title, [part], standing)


def whole_workbook(edition: Edition, parts: Sequence[ItemPart], standing: Standing) -> bytes:
    """The workbook with all items."""
    return _saved(edition, edition.title, parts, standing)


def _saved(edition: Edition, title: str, parts: Sequence[ItemPart], standing: Standing) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    notes = numbered(parts)
    add_cover(book, title, blocks(edition, parts, standing))
    add_sheet(book, CONTENTS, SheetHead(CONTENTS, ("Arkene i filen.",)), _contents(parts))
    add_sheet(book, NOTES, SheetHead(NOTES, ("Numrene står over tabellene.",)), _notes(notes))
    add_sheet(book, SOURCES, SheetHead(SOURCES, ("Kildene til tallene.",)), _sources(parts))
    for part in parts:
        add_sheet(book, part.item.label, _head(part, notes), part.table)
    link_to_sheets(book, CONTENTS)
    buffer = io.BytesIO()
    book.save(buffer)
    files = unzipped(buffer.getvalue())
    # Saving puts in the moment of saving; the edition's date goes back in.
    files[CORE] = cast("bytes", tostring(_properties(edition, title).to_tree()))
    return zipped(files, _day(edition))


def _day(edition: Edition) -> datetime.date:
    return datetime.date.fromisoformat(edition.date)


def _properties(edition: Edition, title: str) -> DocumentProperties:
    """The file's title, language, maker and date; no person."""
    when = datetime.datetime.combine(_day(edition), datetime.time())
    return DocumentProperties(
        title=title,
        subject=edition.title,
        creator=edition.owner,
        language=LANGUAGE,
        version=edition.key,
        created=when,
        modified=when,
    )


def _head(part: ItemPart, notes: Sequence[SheetNote]) -> SheetHead:
    """What stands above a table: title, measure and period, source, origin and notes."""
    owners = "; ".join(dict.fromkeys(s.owner for s in part.result.sources.values()))
    numbers = ", ".join(map(str, numbers_for(part, notes)))
    origin = origin_words(part.item, part.result.values)
    return SheetHead(
        part.title,
        (
            f"{part.item.subtitle}.",
            f"Kilde: {owners}. Årgang og lisens står i arket {SOURCES}.",
            f"Opphav: {origin}. Merknader: {numbers}, se arket {NOTES}.",
        ),
    )


def _table(columns: Sequence[tuple[str, Kind]], rows: Sequence[tuple[Cell, ...]]) -> FlatTable:
    return FlatTable(
        tuple(FlatColumn(name, name, kind) for name, kind in columns), tuple(rows), keys=1
    )


def _contents(parts: Sequence[ItemPart]) -> FlatTable:
    """All sheets but the cover and this one."""
    rows: list[tuple[Cell, ...]] = [
        (NOTES, "Merknader til tabellene", "gjelder ikke"),
        (SOURCES, "Kilder, årganger og lisenser", "gjelder ikke"),
    ]
    rows += [
        (
            part.item.label,
            part.title.partition(": ")[2],
            mix_words(part.item, part.result.values) or part.result.origin,
        )
        for part in parts
    ]
    return _table((("Ark", "text"), ("Tittel", "text"), ("Opphav", "text")), rows)


def _notes(notes: Sequence[SheetNote]) -> FlatTable:
    rows: list[tuple[Cell, ...]] = [
        (note.number, note.text, ", ".join(note.labels)) for note in notes
    ]
    return _table((("Nummer", "number"), ("Merknad", "text"), ("Gjelder", "text")), rows)


def _sources(parts: Sequence[ItemPart]) -> FlatTable:
    used: dict[str, list[str]] = {}
    for part in parts:
        for key in part.result.sources:
            used.setdefault(key, []).append(part.item.label)
    sources = {key: source for part in parts for key, source in part.result.sources.items()}
    rows: list[tuple[Cell, ...]] = [
        (
            source.title,
            source.owner,
            source.vintage,
            source.origin,
            source.licence,
            source.url or "ingen",
            ", ".join(used[key]),
        )
        for key, source in sources.items()
    ]
    names = ("Kilde", "Eier", "Årgang", "Opphav", "Lisens")
    columns: list[tuple[str, Kind]] = [(name, "text") for name in names]
    return _table([*columns, ("Nettadresse", "address"), ("Gjelder", "text")], rows)
