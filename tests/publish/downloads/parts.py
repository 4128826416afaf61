"""Items for downloads, and workbooks read back."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook

from kunnskapsgrunnlag.catalog.schema import Catalog, Edition
from kunnskapsgrunnlag.publish.downloads.bundle import bundle
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.publish.downloads.workbook import workbook
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import item_of, receipt_of, result_of, value_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EDITION = Edition(
    key="2022",
    title="Rapporten",
    subtitle="Om boliger",
    owner="Velferdsetaten, Oslo kommune",
    printed="januar 2022",
    date="2022-01-01",
    data_year=2020,
)


CELLS = {"k:A1": SourceCell("k", "data/raw/k.csv", "rad 1, kolonne A", "1")}
STANDING = Standing(EDITION.key, None, "", None, estimated=0, numbered=1)


def item_book(part: ItemPart) -> bytes:
    """The workbook of one item."""
    return workbook(EDITION, part.title, [part], STANDING)


def whole_book(*parts: ItemPart) -> bytes:
    """The workbook of several items."""
    return workbook(EDITION, EDITION.title, parts, STANDING)


def zip_of(*parts: ItemPart, **more: bytes) -> bytes:
    """The zip of several items."""
    return bundle(EDITION, parts, b"bok", more, STANDING)


def source_of(**more: Any) -> Receipt:
    """A source of an item."""
    return receipt_of("k", **{"title": "Tabellen", "sha256_bytes": "0" * 64} | more)


def part_of(
    *records: Value, notes: tuple[str, ...] = (), source: Receipt | None = None, **more: Any
) -> ItemPart:
    """A part with the records; `more` replaces keys of the item's entry."""
    item = item_of(**more)
    found = list(records) or [value_of("tabell-1/belop/2020", "7,9", 7.9, year=2020)]
    key = f"{item.kind}-{item.number}"
    result = result_of(key, found, sources={"k": source or source_of()}, cells=CELLS)
    return ItemPart(key, item, result, notes)


def labelled(label: str, note: str = "merk") -> ItemPart:
    """A part whose one row has the label, and whose words come from elsewhere as well."""
    return part_of(
        value_of("tabell-1/belop/a", "1", 1.0, category="a"),
        notes=(note,),
        source=source_of(title=label),
        dims=["category"],
        categories={"a": label},
        table={"rows": ["category"], "columns": ["measure"]},
    )


def real_parts(
    catalog: Catalog, found: Mapping[str, list[Value]], receipts: Mapping[str, Receipt]
) -> list[ItemPart]:
    """Every item of the catalogue, computed from the committed snapshots."""
    parts = []
    for key, item in catalog.items.items():
        cells = {cell.partition(":")[0] for record in found[key] for cell in record.cells}
        sources = {name: receipts[name] for name in sorted(cells)}
        parts.append(
            ItemPart(key, item, result_of(key, found[key], sources=sources), tuple(item.notes))
        )
    return parts


def opened(content: bytes) -> Workbook:
    """A workbook read back."""
    return load_workbook(io.BytesIO(content))


def xml_parts(content: bytes, wanted: Callable[[str], bool]) -> Iterator[ElementTree.Element]:
    """The XML of the parts whose names are wanted."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if wanted(name):
                yield ElementTree.fromstring(archive.read(name))
