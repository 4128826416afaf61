"""The zip with everything: tables, figures, records, the workbook and a description of it all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads import covers
from kunnskapsgrunnlag.publish.downloads.archive import zipped
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.datapackage import (
    Descriptor,
    descriptor,
    item_resource,
    table_resource,
)
from kunnskapsgrunnlag.publish.downloads.table import (
    Cell,
    FlatColumn,
    FlatTable,
    ItemPart,
    published,
)
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

DESCRIPTION, README, SUMS = "datapackage.json", "LESMEG.txt", "SHA256SUMS"
STORE = "verdier"
CSV_WORDS = (
    "CSV-FILENE\n"
    "UTF-8 med BOM, semikolon mellom kolonnene, komma som desimaltegn, tekst i anførselstegn.\n"
    "Tekst som et regneark kunne tatt for en formel, har fått en apostrof foran."
)
FILES = (
    ("{name}.xlsx", "arbeidsbok med alle tabellene, merknader og kilder"),
    ("csv/", "én tabell per fil, og verdier.csv med alle tallene"),
    ("figurer/", "figurene som SVG"),
    ("json/", "hvert tall med utregning og kildeceller"),
    (DESCRIPTION, "maskinlesbar beskrivelse av CSV-filene (Data Package 2.0)"),
    (SUMS, "sjekksummer for filene"),
)
COLUMNS = (
    FlatColumn("address", "Adresse", "text", formula="tallets faste navn i rapporten"),
    FlatColumn("label", "Tabell eller figur", "text"),
    FlatColumn("measure", "Mål", "text"),
    FlatColumn("region", "Område", "text"),
    FlatColumn("category", "Gruppe", "text"),
    FlatColumn("year", "År", "year"),
    FlatColumn("value", "Tall", "number", formula="avrundet som i rapporten"),
    FlatColumn("exact", "Tall uten avrunding", "number", formula="slik det er regnet ut"),
    FlatColumn("low", "Nedre grense", "number", formula="anslagets nedre grense", is_band=True),
    FlatColumn("high", "Øvre grense", "number", formula="anslagets øvre grense", is_band=True),
    FlatColumn("words", "Tekst", "text", formula="ord, eller tegnet for et tall som mangler"),
    FlatColumn("unit", "Enhet", "text"),
    FlatColumn("formula", "Slik er tallet laget", "text"),
    FlatColumn("origin", "Opphav", "text", origins=ORIGINS),
)


def package_name(edition: Edition) -> str:
    """`kunnskapsgrunnlag-2022`: the name of the workbook and of the zip, without ending."""
    return f"kunnskapsgrunnlag-{edition.key}"


def bundle(
    edition: Edition,
    parts: Sequence[ItemPart],
    workbook: bytes,
    more: Mapping[str, bytes],
    standing: Standing,
    described: Sequence[Descriptor] = (),
) -> bytes:
    """The zip as bytes.

    Args:
        more: Further files by their path in the zip: figures and records.
        described: What those of them are that the description tells of.
    """
    name = package_name(edition)
    tables = {f"csv/{part.key}.csv": table_csv(part.table).encode("utf-8") for part in parts}
    resources = [
        item_resource(part, path, tables[path]) for part, path in zip(parts, tables, strict=True)
    ]
    store = store_table(parts)
    path, content = f"csv/{STORE}.csv", table_csv(store).encode("utf-8")
    sources = {key: source for part in parts for key, source in part.result.sources.items()}
    mark = " (med estimater)" if any(part.result.is_estimate for part in parts) else ""
    title = f"Alle tallene i rapporten{mark}"
    resources.append(table_resource(STORE, title, path, content, store, list(sources.values())))
    whole = descriptor(edition, name, [*resources, *described], standing)
    files = {
        README: readme(edition, parts, standing).encode("utf-8"),
        DESCRIPTION: (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
        f"{name}.xlsx": workbook,
        **tables,
        path: content,
        **dict(sorted(more.items())),
    }
    files[SUMS] = sums(files).encode("utf-8")
    return zipped(files, datetime.date.fromisoformat(edition.date))


def sums(files: Mapping[str, bytes]) -> str:
    """A line per file as `sha256sum -c` reads it."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in files.items())


def readme(edition: Edition, parts: Sequence[ItemPart], standing: Standing) -> str:
    name = package_name(edition)
    files = "\n".join(f"{path.format(name=name):<30}{words}" for path, words in FILES)
    words = "\n\n".join(
        "\n".join((heading.upper(), *lines))
        for heading, lines in covers.blocks(edition, parts, standing)
    )
    contents = "\n".join(part.title for part in parts)
    return (
        f"{edition.title}\n\n{words}\n\nFILER\n"
        f"{files}\n\n{CSV_WORDS}\n\nTABELLER OG FIGURER\n"
        f"{contents}\n"
    )


def store_table(parts: Sequence[ItemPart]) -> FlatTable:
    """All numbers of all items, also those that stand in the text alone."""
    rows = tuple(_row(part, record) for part in parts for record in part.result.values)
    return FlatTable(COLUMNS, rows, keys=1)


def _row(part: ItemPart, record: Value) -> tuple[Cell, ...]:
    item = part.item
    is_number = record.value is not None
    places = {dim: dim_label(item, dim, record.key(dim)) for dim in item.dims if dim != "year"}
    return (
        record.address,
        item.label,
        item.measures[record.measure].title,
        places.get("region"),
        places.get("category"),
        record.year,
        published(record) if is_number else None,
        None if record.value is None else _exact(record.value),
        *(map(_exact, bounds) if (bounds := band(record)) else (None, None)),
        None if is_number else record.text,
        None if record.unit == "tekst" else record.unit,
        record.formula,
        record.origin,
    )


def _exact(value: float) -> Decimal:
    """The shortest digits that mean this number, without `.0` behind a whole one."""
    return Decimal(int(value)) if float(value).is_integer() else Decimal(repr(float(value)))
