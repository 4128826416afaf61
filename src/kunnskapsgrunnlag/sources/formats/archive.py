"""A workbook's archive, looked through before anything is made of it.

Refused: what unpacks to too much, what can act or fetches from elsewhere, and markup that another
program than a spreadsheet wrote and that two programs could read in two ways.
"""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from openpyxl.worksheet.cell_range import CellRange

from kunnskapsgrunnlag.base.errors import KgError

MOST_CELLS = 500_000
_MOST_BYTES = 50_000_000
_MOST_RATIO = 200
_MOST_PARTS = 2_000
_MOST_ROWS = 200_000
_ANEW = "Save it as «Excel Workbook (.xlsx)»."
_BREAK = "In Excel: Data > Edit links > Break link."
_COPY = "Copy the table into a new workbook, as values."
# By what part names, content types and kinds of relationship hold, in lower case.
_ACTIVE = {
    "vbaproject": ("a workbook without macros, found vbaProject.bin", _ANEW),
    "macroenabled": ("a table, found a workbook with macros", _ANEW),
    "macrosheet": ("a workbook without macros, found a sheet of Excel 4 macros", _ANEW),
    "externallink": ("numbers of its own, found links to other workbooks", _BREAK),
    "oleobject": ("a table, found an embedded object (OLE)", _COPY),
    "embeddings/": ("a table, found an embedded file", _COPY),
    "activex": ("a table, found controls that run programs (ActiveX)", _COPY),
    "connections": ("numbers of its own, found a connection to a data source", _COPY),
    "querytable": ("numbers of its own, found a query to a data source", _COPY),
    "attachedtoolbars": ("a table, found tool bars that run programs", _COPY),
}
_BINARY = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".tif", ".tiff", ".bmp")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'!')
_FETCHING = re.compile(
    r"\||\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE|STOCKHISTORY)\s*\(", re.I
)


def check_archive(name: str, content: bytes) -> None:
    """Refuse a workbook that no table of an office needs to be.

    Raises:
        KgError: Naming the part, or sheet and cell, that was found.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_size(name, archive.infolist(), len(content))
        _check_names(name, [part.replace("\\", "/").lower() for part in archive.namelist()])
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    for part, held in parts.items():
        _check_markup(name, part, held)
    for part, held in parts.items():
        if part.lower().endswith(".rels") or part == "[Content_Types].xml":
            _check_declared(name, part, held)
    _check_names_of_cells(name, parts.get("xl/workbook.xml", b""))
    titles = _titles(parts)
    for part, held in parts.items():
        if b"sheetData" in held and not part.lower().endswith(_BINARY):
            _check_sheet(f"{name}, {titles.get(part, part)}", held)


def _check_size(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES or total > _MOST_RATIO * packed:
        raise KgError(
            f"{name}: expected a table, found a file that unpacks from {packed} to {total} bytes. "
            "Copy the table into a new workbook."
        )
    if len(entries) > _MOST_PARTS:
        raise KgError(
            f"{name}: expected a table, found a file of {len(entries)} parts. Copy the table into "
            "a new workbook."
        )
    if {entry.compress_type for entry in entries} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise KgError(f"{name}: packed in another way than Excel does. Save it in Excel.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise KgError(f"{name}: expected a workbook, found one with a password. Remove it.")


def _check_names(name: str, parts: list[str]) -> None:
    for part in parts:
        _refuse_active(name, part)
    if len({*parts}) < len(parts):
        raise KgError(f"{name}: the same part stands twice in the file. Save it anew in Excel.")


def _refuse_active(name: str, words: str) -> None:
    for sign, (found, remedy) in _ACTIVE.items():
        if sign in words.lower():
            raise KgError(f"{name}: expected {found}. {remedy}")


def _check_markup(name: str, part: str, held: bytes) -> None:
    if part.lower().endswith(_BINARY):
        return
    encoding = _ENCODING.match(held.removeprefix(b"\xef\xbb\xbf"))
    strange = encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")
    if strange or b"\0" in held or b"<!DOCTYPE" in held:
        raise KgError(f"{name}: {part} is not written as Excel writes it. Save the file in Excel.")


def _check_declared(name: str, part: str, held: bytes) -> None:
    """Parts may have any name: what they are is said by their type and by who refers to them."""
    for element in ET.fromstring(held):
        kind = element.get("ContentType") or element.get("Type") or ""
        _refuse_active(name, kind)
        if element.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
            raise KgError(
                f"{name}: expected numbers of its own, found that {part} refers to "
                f"«{element.get('Target', '')[:80]}». {_COPY}"
            )


def _check_names_of_cells(name: str, held: bytes) -> None:
    for element in _elements(held, "definedName"):
        words = (element.get("name") or "").lower()
        if "auto_" in words or element.get("xlm") or element.get("vbProcedure"):
            raise KgError(f"{name}: expected no macros, found the name «{words}». {_ANEW}")
        _check_formula(f"{name}, the name «{words}»", element.text)


def _check_formula(where: str, formula: str | None) -> None:
    if formula and _FETCHING.search(_QUOTED.sub("", formula)):
        raise KgError(
            f"{where}: expected a number, found a formula that asks another program "
            f"(«{formula[:80]}»). Replace the formulas by their values."
        )


def _elements(held: bytes, *names: str) -> Iterator[ET.Element]:
    """The elements with these names, each dropped when the next one comes."""
    if held:
        for _, element in ET.iterparse(io.BytesIO(held)):
            if element.tag.rpartition("}")[2] in names:
                yield element
                element.clear()


def _titles(parts: dict[str, bytes]) -> dict[str, str]:
    """What people call a sheet, by the part that holds it."""
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", "")))
        for element in _elements(parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
    }
    titles = {}
    for element in _elements(parts.get("xl/workbook.xml", b""), "sheet"):
        reference = next((v for k, v in element.attrib.items() if k.endswith("}id")), None)
        titles[targets.get(reference, "").lstrip("/")] = f"sheet «{element.get('name')}»"
    return titles


def _check_sheet(where: str, held: bytes) -> None:
    """Refuse a sheet that is too large to be a table, and cells that could be read in two ways."""
    rows, cells = 0, 0
    seen: set[str] = set()
    for element in _elements(held, "row", "c", "mergeCell"):
        match element.tag.rpartition("}")[2]:
            case "row":
                rows += 1
            case "c":
                cells += 1
                _check_cell(where, element, seen)
            case _:
                _check_merged(where, element.get("ref", ""))
        if rows > _MOST_ROWS or cells > MOST_CELLS:
            raise KgError(
                f"{where}: expected a table, found more than {rows - 1} rows and {cells - 1} "
                "cells, most of them without content. Delete the empty rows and columns round "
                "the table, or copy it into a new workbook."
            )


def _check_cell(where: str, cell: ET.Element, seen: set[str]) -> None:
    at = cell.get("r", "")
    if at in seen:
        raise KgError(f"{where}, cell {at}: stands twice in the file. Save it anew in Excel.")
    if at:
        seen.add(at)
    for part in cell:
        kind, text = part.tag.rpartition("}")[2], (part.text or "").strip()
        if kind == "f":
            _check_formula(f"{where}, cell {at}", part.text)
        if kind == "v" and text and not _is_written(cell.get("t", "n"), text):
            raise KgError(
                f"{where}, cell {at}: expected a number as Excel writes it, found «{text[:40]}». "
                "Write the cell anew and save the file in Excel."
            )


def _is_written(kind: str, text: str) -> bool:
    if kind == "n":
        return text.isascii() and _NUMBER.fullmatch(text) is not None
    return kind != "s" or (text.isascii() and text.isdigit())


def _check_merged(where: str, reference: str) -> None:
    # Reading a merged range makes each of its cells; a whole sheet of them never ends.
    merged = CellRange(reference)
    if merged.size["rows"] * merged.size["columns"] > MOST_CELLS:
        raise KgError(
            f"{where} merges {merged.coord} into one cell. Copy the table into a new workbook."
        )
