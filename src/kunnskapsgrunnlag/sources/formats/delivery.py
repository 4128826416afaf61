"""A delivery's file as a grid: headings first, one row per row of the table, places kept.

What is not part of the table (titles above, notes below, blank rows and columns, totals that add
up) is left out and listed; what can be understood in two ways is refused.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.body import TableBody
from kunnskapsgrunnlag.sources.formats.csv_file import csv_grid
from kunnskapsgrunnlag.sources.formats.facts import is_fact, read_facts
from kunnskapsgrunnlag.sources.formats.grid import (
    FileCell,
    Sheet,
    headings_of,
    letters,
    text_cell,
    words,
)
from kunnskapsgrunnlag.sources.formats.totals_and_notes import (
    Rows,
    below,
    check_sum,
    explained,
    total_of,
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"opendocument.spreadsheet"
_TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".ods")
_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class DeliveryTable:
    """The table of a delivery.

    Attributes:
        rows: The headings, then the cells as text, one list per row.
        places: For each cell its row and column in the file, from 1.
        sheet: The sheet's name; empty in a CSV file.
        skipped: What was left out, with its place, for the people who read the log: sheets, titles,
            totals, notes, and the footnote marks that the notes explain.
        facts: What the file says of itself under «Om leveransen».
        comments: Comments on cells, for whoever takes the file in; they are published nowhere.
    """

    rows: list[list[str]]
    places: list[list[tuple[int, int]]]
    sheet: str = ""
    skipped: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)


def read_delivery(
    path_name: str,
    content: bytes,
    headings: list[str],
    *,
    columns: Mapping[str, Column] | None = None,
    sheet: str | None = None,
) -> DeliveryTable:
    """The table of a CSV, XLSX or ODS file, found by its headings.

    Args:
        columns: The schema by heading; without it, shares in percent, totals and footnote marks
            are refused.
        sheet: The sheet that holds the table, if the workbook has several.

    Raises:
        KgError: At the first thing in the file that can be understood in two ways.
    """
    file = _sheet(path_name, content, headings, sheet)
    where = f"{path_name}, ark «{file.name}»" if file.name else path_name
    names, top, first = headings_of(where, file, headings)
    filled = [(number, row) for number, row in enumerate(file.rows[first:], first + 1) if _any(row)]
    body, notes = below(filled, columns or {})
    kept = _kept(where, names, body)
    _refuse_trouble_in_headings(f"{where}, rad {first}", file.rows[first - 1], names, kept)
    table = TableBody(where, [names[at] for at in kept], columns or {}, explained(notes))
    cut = [(n, [row[at] if at < len(row) else FileCell() for at in kept]) for n, row in body]
    totals = [n for n, cells in cut if total_of(cells, table.names, table.columns) is not None]
    _refuse_merged(where, file, first, {*totals, *(number for number, _ in notes)})
    for number, cells in cut:
        table.add(cells, [(number, at + 1) for at in kept])
    table.check()
    head = file.rows[: top - 1]
    above = [(n, row) for n, row in enumerate(head, 1) if words(row) and not is_fact(row)]
    rows = [table.names, *(row.texts for row in table.rows)]
    places = [[(first, at + 1) for at in kept], *(row.places for row in table.rows)]
    aside = [f"ark «{title}», som ikke er lest" for title in file.others]
    aside += [f"rad {number}: {words(row)}" for number, row in (*above, *notes)]
    facts = read_facts([*head, *file.about])
    check_sum(where, facts.get("total", ""), table.rows, table.names, table.columns)
    return DeliveryTable(rows, places, file.name, [*aside, *table.left_out], facts, file.comments)


def _refuse_trouble_in_headings(
    where: str, row: list[FileCell], names: list[str], kept: list[int]
) -> None:
    for at in kept:
        if at < len(row) and row[at].trouble:
            raise KgError(
                f"{where}, kolonne {letters(at + 1)}: ventet overskriften «{names[at]}», "
                f"{row[at].trouble}"
            )


def _sheet(name: str, content: bytes, headings: list[str], sheet: str | None) -> Sheet:
    """The file read by what it is, if that is what its name says."""
    suffix = PurePath(name).suffix.lower()
    if len(content) > _MOST_BYTES:
        raise KgError(
            f"{name}: ventet en tabell, fant en fil på {len(content)} byte. Lever bare den "
            "tabellen som det ble spurt om."
        )
    if content.startswith(_OLE) and suffix in (".xls", *BOOKS):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        kind = "en arbeidsbok med passord" if locked else "en arbeidsbok i det gamle formatet .xls"
        remedy = "Ta bort passordet" if locked else "Lagre den som «Excel-arbeidsbok (.xlsx)»"
        raise KgError(f"{name}: ventet CSV eller XLSX, fant {kind}. {remedy} i Excel.")
    if suffix not in (*BOOKS, *_TEXTS):
        raise KgError(
            f"{name}: ventet en fil som heter .csv, .xlsx eller .ods, fant "
            f"{suffix or 'ingen endelse'}. Lagre den som «Excel-arbeidsbok (.xlsx)» eller CSV "
            "UTF-8, eller be om tallene i et regneark."
        )
    kind = _kind(content)
    if kind != (suffix if suffix in BOOKS else ""):
        kinds = {".xlsx": "en arbeidsbok fra Excel", ".ods": "et regneark i OpenDocument"}
        found = kinds.get(kind, "en annen pakket fil" if kind else "ingen arbeidsbok")
        raise KgError(
            f"{name}: navnet sier {suffix}, men innholdet er {found}. Lagre filen på nytt."
        )
    if not kind:
        rows = csv_grid(name, content, headings)
        return Sheet("", [[text_cell(text) for text in row] for row in rows])
    # openpyxl takes a moment to import, and most deliveries are CSV.
    if kind == ".ods":
        from kunnskapsgrunnlag.sources.formats.open_document import read_open_document

        return read_open_document(name, content, sheet)
    from kunnskapsgrunnlag.sources.formats.workbook import read_workbook

    return read_workbook(name, content, sheet)


def _kind(content: bytes) -> str:
    """What a file is: `.xlsx`, `.ods`, `zip` for something else that is packed, or "" for text."""
    if not content.startswith(_ZIP):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {*archive.namelist()}
    except zipfile.BadZipFile:
        return ".ods" if _ODS in content[:200] else ".xlsx"
    if "[Content_Types].xml" in names:
        return ".xlsx"
    return ".ods" if "content.xml" in names and _ODS in content[:200] else "zip"


def _refuse_merged(where: str, sheet: Sheet, first: int, aside: set[int]) -> None:
    for top, left, bottom, right in sheet.merged:
        if top == bottom and top in aside:
            continue
        # A heading may reach down over rows in which nothing stands.
        if top > first or any(_any(row) for row in sheet.rows[first:bottom]):
            place = f"{letters(left)}{top}:{letters(right)}{bottom}"
            raise KgError(
                f"{where}, rad {top}, kolonne {letters(left)}: ventet én celle for hver verdi, "
                f"fant {place} slått sammen. Del cellene, og skriv verdien i hver av dem."
            )


def _any(row: list[FileCell]) -> bool:
    return any(cell.filled for cell in row)


def _kept(where: str, names: list[str], body: Rows) -> list[int]:
    """The columns (from 0) with a heading; anything under a missing heading is refused."""
    for number, row in body:
        for at, cell in enumerate(row):
            if cell.filled and not (at < len(names) and names[at]):
                raise KgError(
                    f"{where}, rad {number}, kolonne {letters(at + 1)}: ventet ingenting i en "
                    f"kolonne uten overskrift, fant «{cell.text[:60]}». Slett det, eller gi "
                    "kolonnen en overskrift."
                )
    return [at for at, name in enumerate(names) if name]
