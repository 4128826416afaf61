"""`datapackage.json`: what the files of the zip hold, for programs (Data Package 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.csv_text import DELIMITER, LINE_END
from kunnskapsgrunnlag.publish.downloads.table import ORIGIN, FlatColumn, FlatTable, ItemPart
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.origins import mix_words
from kunnskapsgrunnlag.store.standing import Standing

Descriptor = dict[str, Any]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
DIALECT = "https://datapackage.org/profiles/2.0/tabledialect.json"
# What our sources write, by the identifiers of the Open Definition; `notspecified` and `other-pd`
# (no copyright) are among them.
LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.no"),
    "NLOD 2.0": ("NLOD-2.0", "https://data.norge.no/nlod/no/2.0"),
    "ikke oppgitt": ("notspecified", None),
    "uten opphavsrett": ("other-pd", None),
}


def descriptor(
    edition: Edition,
    name: str,
    resources: Sequence[Descriptor],
    standing: Standing,
) -> Descriptor:
    words = (edition.subtitle, standing.label, standing.draft)
    licences = {
        licence["name"]: {key: licence[key] for key in ("name", "path") if key in licence}
        for resource in resources
        for licence in resource["licenses"]
    }
    return {
        "$schema": PROFILE,
        "name": name,
        "title": edition.title,
        "description": " ".join(f"{sentence}." for sentence in words if sentence),
        "version": edition.key,
        "created": f"{edition.date}T00:00:00Z",
        "contributors": [{"title": edition.owner, "roles": ["publisher"]}],
        "licenses": [licences[key] for key in sorted(licences)],
        "resources": list(resources),
    }


def item_resource(part: ItemPart, path: str, content: bytes) -> Descriptor:
    sources = list(part.result.sources.values())
    return table_resource(part.key, part.title, path, content, part.table, sources) | {
        "description": " ".join((f"{part.item.subtitle}.", *part.notes)),
        "origin": mix_words(part.item, part.result.values) or part.result.origin,
    }


def table_resource(
    name: str,
    title: str,
    path: str,
    content: bytes,
    table: FlatTable,
    sources: Sequence[Receipt],
) -> Descriptor:
    """The description of a CSV file: hash, dialect, fields with types and units, sources."""
    return {
        "$schema": RESOURCE,
        "name": name,
        "type": "table",
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "dialect": {
            "$schema": DIALECT,
            "delimiter": DELIMITER,
            "lineTerminator": LINE_END,
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {
            "$schema": SCHEMA,
            "fields": [_field(column, at < table.keys) for at, column in enumerate(table.columns)],
            "primaryKey": [column.name for column in table.columns[: table.keys]],
            "missingValues": [""],
        },
        "licenses": licences(source.licence for source in sources),
        "sources": [_source(source) for source in sources],
    }


def licences(words: Iterable[str]) -> list[Descriptor]:
    """Licences as the sources word them, each with an identifier and, where it has one, an address.

    Words that no identifier fits become one themselves, so that nothing untrue is said.
    """
    descriptors: dict[tuple[str, str], Descriptor] = {}
    for text in words:
        known = [pair for key, pair in LICENCES.items() if key.casefold() in text.casefold()]
        slug = re.sub(r"[^-a-z0-9._]+", "-", text.casefold()).strip("-")
        for name, path in known or [(slug, None)]:
            descriptors[name, text] = {"name": name, "title": text} | (
                {"path": path} if path else {}
            )
    return list(descriptors.values())


def _field(column: FlatColumn, is_key: bool) -> Descriptor:
    field: Descriptor = {"name": column.name, "title": column.name}
    field["type"] = {"number": "number", "year": "year"}.get(column.kind, "string")
    if column.kind == "number":
        field |= {"decimalChar": ",", "missingValues": ["", *column.symbols]}
    if column.unit:
        field["unit"] = column.unit
    if column.formula:
        field["description"] = column.formula
    if is_key:
        field["constraints"] = {"required": True}
    if column.origins:
        # A measure that a row does not have comes from nowhere.
        required = {"required": True} if column.name == ORIGIN else {}
        field["constraints"] = required | {"enum": list(column.origins)}
    return field


def _source(source: Receipt) -> Descriptor:
    field = {
        "title": f"{source.owner}: {source.title}",
        "version": source.vintage,
        "origin": source.origin,
        "licence": source.licence,
        "sha256": source.sha256_bytes,
    }
    return field | ({"path": source.url} if source.url else {})
