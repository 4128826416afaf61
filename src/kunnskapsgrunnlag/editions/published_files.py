"""The files of what a released edition published: written, and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.editions.published import (
    Held,
    PublishedClaim,
    PublishedEdition,
    PublishedItem,
    PublishedSource,
    PublishedValue,
)

VALUES, ITEMS, CLAIMS = "values.csv", "items.json", "claims.json"


def files_of(edition: PublishedEdition) -> dict[str, bytes]:
    """The edition as files: name -> bytes, the same for the same content."""
    items = {key: asdict(item) for key, item in edition.items.items()}
    claims = {name: asdict(claim) for name, claim in edition.claims.items()}
    return {
        VALUES: _csv(edition.values.values()),
        ITEMS: json_bytes(items),
        CLAIMS: json_bytes(claims),
    }


def _csv(values: Iterable[PublishedValue]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column.name for column in fields(PublishedValue)])
    for value in values:
        row = asdict(value) | {"sources": ";".join(value.sources)}
        writer.writerow(["" if cell is None else cell for cell in row.values()])
    return written.getvalue().encode("utf-8")


def read_files(folder: Path, key: str, title: str, date: str) -> PublishedEdition:
    """A released edition.

    Raises:
        KgError: If a file is missing or cannot be read.
    """
    try:
        items = json.loads((folder / ITEMS).read_text(encoding="utf-8"))
        claims = json.loads((folder / CLAIMS).read_text(encoding="utf-8"))
        with (folder / VALUES).open(encoding="utf-8", newline="") as file:
            values = [_read_value(row) for row in csv.DictReader(file)]
        return PublishedEdition(
            key,
            title,
            date,
            {value.address: value for value in values},
            {name: _read_item(row) for name, row in items.items()},
            {name: _read_claim(row) for name, row in claims.items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KgError(
            f"{folder.parent.name}/{folder.name}: ventet det som en utgave ga ut, fant "
            f"{type(problem).__name__}: {problem}. Hent mappen tilbake med git restore."
        ) from None


def _read_value(row: Mapping[str, str]) -> PublishedValue:
    return PublishedValue(
        row["address"],
        row["text"],
        float(row["value"]) if row["value"] else None,
        row["unit"],
        int(row["decimals"]),
        row["origin"],
        tuple(filter(None, row["sources"].split(";"))),
        row["cells"],
    )


def _read_item(row: Held) -> PublishedItem:
    sources = {
        key: PublishedSource(**source | {"history": tuple(source["history"])})
        for key, source in row["sources"].items()
    }
    tuples = {name: tuple(row.get(name, ())) for name in ("dims", "notes", "breaks")}
    return PublishedItem(**row | tuples | {"sources": sources})


def _read_claim(row: Held) -> PublishedClaim:
    return PublishedClaim(**row | {"sentences": tuple(row["sentences"])})
