"""`kg trace`: a number with everything behind it, in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.usages import Use
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import trace_link
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.bands import band_words, cell_words, number_words
from kunnskapsgrunnlag.store.values import Record, Store


def trace_address(
    out: Console,
    catalog: Catalog,
    store: Store,
    project: Project,
    address: str,
    uses: Mapping[str, list[Use]],
) -> None:
    """Print a number's value, formula, source cells, snapshots with hashes, and what uses it.

    Raises:
        KgError: If there is no such number; names the nearest.
    """
    try:
        record = store.get(address)
    except KgError as problem:
        key = address.partition("/")[0]
        raise KgError(f"{problem} All of them: kg trace {key}") from None
    printed = {
        p.address: p.text for p in verify.read_printed(project.published / catalog.edition.in_print)
    }
    lines = [
        *_about(catalog, record, printed.get(record["address"], "ikke trykt")),
        f"Kildeceller ({len(record['cells'])}):",
        *(f"  {_cell(cell, store.cells[cell])}" for cell in record["cells"]),
        "Kilder:",
        *_snapshots(project, record),
        *_told(uses.get(record["address"], [])),
    ]
    for line in lines:
        out.print(line, markup=False, highlight=False)


def _about(catalog: Catalog, record: Record, printed: str) -> Iterator[str]:
    rows = {
        "Adresse": record["address"],
        "Tall": number_words(record),
        "Enhet": record["unit"],
        "Mål": catalog.items[record["item"]].measures[record["measure"]].title,
        "Feilbånd": band_words(record),
        "Opphav": record["origin"],
        "Slik er det laget": record["formula"],
        "Regnestykke": record["arithmetic"],
        "Uavrundet": "" if record["value"] is None else repr(record["value"]),
        f"Trykt i {catalog.edition.in_print}": printed,
        "Fast lenke": trace_link(record["address"], ""),
    }
    return (f"{name}: {words}" for name, words in rows.items() if words)


def _cell(cell: str, found: Mapping[str, str]) -> str:
    symbol = f" (tegn {found['symbol']})" if found["symbol"] else ""
    corrected = (
        f", rettet til {found['corrected']} ({found['erratum']})" if "corrected" in found else ""
    )
    return f"{cell}  {found['file']}, {found['place']}: {found['raw']}{symbol}{corrected}"


def _snapshots(project: Project, record: Record) -> Iterator[str]:
    """The snapshots that the cells lie in: table, vintage, origin, and both hashes."""
    for source in dict.fromkeys(cell.partition(":")[0] for cell in record["cells"]):
        held = json.loads(project.receipt(source).read_text(encoding="utf-8"))
        state = "" if held["registered"] else ", endret siden registreringen"
        yield (
            f"  {source}  {held['owner']}: {held['title']}, {held['vintage']}, {held['origin']}"
            f"{state}"
        )
        yield f"    fil {held['file']}, sha256 {held['sha256_bytes']}"
        yield f"    celler, sha256 {held['sha256_cells']}"


def _told(uses: list[Use]) -> Iterator[str]:
    if not uses:
        return
    yield "Brukt i:"
    for use in uses:
        where = f"{use.file}:{use.line}" if use.file else "står ikke i noe kapittel"
        words = {"tall": "tallet i teksten", "pastand": "påstanden", "ord": "ordet"}[use.kind]
        yield f"  {where}  {words} {use.name}".rstrip()


def trace_item(out: Console, store: Store, key: str) -> None:
    """Print all addresses of an item with their numbers."""
    table = Table("Adresse", "Tall", "Enhet", "Opphav", box=None, pad_edge=False)
    for record in store.values.values():
        if record["item"] == key:
            table.add_row(record["address"], cell_words(record), record["unit"], record["origin"])
    out.print(table)
