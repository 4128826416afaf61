"""The zip with everything: tables, figures, records, the workbook and a description of it all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads import covers
from kunnskapsgrunnlag.publish.downloads.archive import zipped
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.datapackage import (
    descriptor,
    item_resource,
    table_resource,
)
from kunnskapsgrunnlag.publish.downloads.store import store_table
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.store.standing import Standing

DESCRIPTION, README, SUMS = "datapackage.json", "LESMEG.txt", "SHA256SUMS"
STORE = "verdier"


def package_name(edition: Edition) -> str:
    """`kunnskapsgrunnlag-2022`: the name of the workbook and of the zip, without ending."""
    return f"kunnskapsgrunnlag-{edition.key}"


def bundle(
    edition: Edition,
    parts: Sequence[ItemPart],
    workbook: bytes,
    more: Mapping[str, bytes],
    standing: Standing | None = None,
) -> bytes:
    """The zip as bytes.

    Args:
        workbook: The workbook with all items.
        more: Further files by their path in the zip: figures and records.
    """
    name = package_name(edition)
    tables = {f"csv/{part.key}.csv": table_csv(part.table).encode("utf-8") for part in parts}
    resources = [
        item_resource(part, path, content)
        for part, (path, content) in zip(parts, tables.items(), strict=True)
    ]
    store = store_table(parts)
    path, content = f"csv/{STORE}.csv", table_csv(store).encode("utf-8")
    sources = {key: source for part in parts for key, source in part.result.sources.items()}
    title = "Alle tallene i rapporten" + (" (med estimater)" if _estimated(parts) else "")
    resources.append(table_resource(STORE, title, path, content, store, list(sources.values())))
    described = descriptor(edition, name, resources, standing)
    files = {
        README: readme(edition, parts, standing).encode("utf-8"),
        DESCRIPTION: (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
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


def readme(edition: Edition, parts: Sequence[ItemPart], standing: Standing | None = None) -> str:
    """What the zip holds and how it is read, in words."""
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


FILES = (
    ("{name}.xlsx", "arbeidsbok med alle tabellene, merknader og kilder"),
    ("csv/", "én tabell per fil, og verdier.csv med alle tallene"),
    ("figurer/", "figurene som SVG"),
    ("json/", "hvert tall med utregning og kildeceller"),
    (DESCRIPTION, "maskinlesbar beskrivelse av CSV-filene (Data Package 2.0)"),
    (SUMS, "sjekksummer for filene"),
)
CSV_WORDS = (
    "CSV-FILENE\n"
    "UTF-8 med BOM, semikolon mellom kolonnene, komma som desimaltegn, tekst i anførselstegn.\n"
    "Tekst som et regneark kunne tatt for en formel, har fått en apostrof foran."
)


def _estimated(parts: Sequence[ItemPart]) -> bool:
    return any(part.is_estimate for part in parts)
