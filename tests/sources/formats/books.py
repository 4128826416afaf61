"""Deliveries for tests; workbooks are changed part by part where openpyxl cannot make them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.provenance import Provenance
from kunnskapsgrunnlag.sources.snapshot import Snapshot

SHEET = "xl/worksheets/sheet1.xml"
Rows = list[list[Any]]


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(table: Rows, title: str = "Ark1") -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in table:
        sheet.append(row)
    return book


def rezipped(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with parts added or replaced."""
    buffer, more = io.BytesIO(), dict(parts)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, more.pop(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return buffer.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """What one part of the workbook holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_stored(part: bytes, value: bytes) -> bytes:
    """A sheet in which a formula has a stored value: openpyxl writes none."""
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        part = part.replace(empty, b"<v>" + value + b"</v>")
    return part


def changed(content: bytes, old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """The workbook with other bytes in one part; they must be there."""
    buffer = part_of(content, part)
    assert old in buffer
    return rezipped(content, {part: buffer.replace(old, new, 1)})


def delivered(content: bytes, columns: dict[str, Column], name: str = "l/x.csv") -> Snapshot:
    """A delivery that nobody has registered yet."""
    provenance = Provenance(
        title="T",
        owner="E",
        origin="leveranse",
        vintage="v",
        licence="l",
        sha256_bytes="",
        sha256_cells="",
    )
    return Snapshot("k", Path(name), provenance, content, columns)


def ods_of(rows: Rows, styles: str = "", title: str = "Leveranse", table: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet.

    Args:
        rows: Cells as words, as numbers, as (number, what is shown of it), or as XML.
        styles: Automatic styles as XML.
        table: XML before the rows: columns.
    """
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    spaces = (
        "".join(
            f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for short, name in {"fo": "xsl-fo-compatible", "number": "datastyle"}.items()
            | {n: n for n in ("office", "style", "table", "text", "config", "manifest")}.items()
        )
        + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{title}">{table}{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest{spaces}/>")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        if value.startswith("<"):
            return value
        return ods_cell(f"<text:p>{escape(value)}</text:p>", 'office:value-type="string"')
    number, seen = value if isinstance(value, tuple) else (value, str(value).replace(".", ","))
    return ods_cell(
        f"<text:p>{escape(seen)}</text:p>", f'office:value-type="float" office:value="{number}"'
    )


def ods_cell(inside: str, attributes: str = "") -> str:
    """A cell of an OpenDocument spreadsheet as XML."""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"
