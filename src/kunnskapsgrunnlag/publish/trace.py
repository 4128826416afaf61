"""`kg trace`: a number with everything behind it, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.usages import Use
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import trace_link
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.bands import band_words, cell_words, number_words
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store


def trace_address(out: Console, report: Report, address: str) -> None:
    """Print a number's value, formula, source cells, snapshots with hashes, and what uses it."""
    try:
        value = report.store.get(address)
    except KgError as problem:
        key = address.partition("/")[0]
        raise KgError(f"{problem} Alle sammen: kg trace {key}") from None
    printed = report.printed_texts
    lines = [
        *_about(report.catalog, value, printed.get(value.address, "ikke trykt")),
        f"Kildeceller ({len(value.cells)}):",
        *(line for cell in value.cells for line in _cell(cell, report)),
        "Kilder:",
        *_snapshots(report, value),
        *_usage(report.uses.get(value.address, [])),
    ]
    for line in lines:
        out.print(line, markup=False, highlight=False)


def _about(catalog: Catalog, record: Value, printed: str) -> Iterator[str]:
    rows = {
        "Adresse": record.address,
        "Tall": number_words(record),
        "Enhet": record.unit,
        "Mål": catalog.items[record.item].measures[record.measure].title,
        "Feilbånd": band_words(record),
        "Opphav": record.origin,
        "Slik er det laget": record.formula,
        "Regnestykke": record.arithmetic,
        "Uavrundet": "" if record.value is None else repr(record.value),
        f"Trykt i {catalog.edition.in_print}": printed,
        "Fast lenke": trace_link(record.address, ""),
    }
    return (f"{name}: {words}" for name, words in rows.items() if words)


def _cell(cell: str, report: Report) -> Iterator[str]:
    """Where a cell lies and what stands in it; below it why a person vouches for it."""
    source = report.store.cells[cell]
    symbol = f" (tegn {source.symbol})" if source.symbol else ""
    corrected = f", rettet til {source.corrected} ({source.erratum})" if source.erratum else ""
    yield f"  {cell}  {source.file}, {source.place}: {source.raw}{symbol}{corrected}"
    for words in report.receipts[source.source].accepted:
        if words.startswith(f"{source.place}: "):
            yield f"    Kontrollen stanset tallet: {words.removeprefix(f'{source.place}: ')}"


def _snapshots(report: Report, value: Value) -> Iterator[str]:
    """The snapshots that the cells lie in: table, vintage, origin, and both hashes."""
    for source in value.sources:
        receipt = report.receipts[source]
        state = "" if receipt.registered else ", endret siden registreringen"
        whence = f"{receipt.owner}: {receipt.title}, {receipt.vintage}, {receipt.origin}"
        yield f"  {source}  {whence}{state}"
        yield f"    fil {receipt.file}, sha256 {receipt.sha256_bytes}"
        yield f"    celler, sha256 {receipt.sha256_cells}"


def _usage(uses: list[Use]) -> Iterator[str]:
    if not uses:
        return
    yield "Brukt i:"
    for use in uses:
        where = f"{use.file}:{use.line}" if use.file else "står ikke i noe kapittel"
        words = {"tall": "tallet i teksten", "pastand": "påstanden", "ord": "ordet"}[use.kind]
        yield f"  {where}  {words} {use.name}".rstrip()


def trace_item(out: Console, store: Store, key: str) -> None:
    table = Table("Adresse", "Tall", "Enhet", "Opphav", box=None, pad_edge=False)
    for record in store.values.values():
        if record.item == key:
            table.add_row(record.address, cell_words(record), record.unit, record.origin)
    out.print(table)
