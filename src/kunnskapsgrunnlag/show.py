"""`kg show`: a number with everything behind it, in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from kunnskapsgrunnlag import verify
from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.values import Store


def show_address(
    out: Console, catalog: Catalog, store: Store, project: Project, address: str
) -> None:
    """Print value, unit, origin, formula, arithmetic, source cells and the printed value.

    Raises:
        KgError: If there is no such number; names the nearest.
    """
    try:
        record = store.get(address)
    except KgError as problem:
        key = address.partition("/")[0]
        raise KgError(f"{problem} All of them: kg show {key}") from None
    item = catalog.items[record["item"]]
    printed = {
        p.address: p.text for p in verify.read_printed(project.published / catalog.edition.key)
    }
    rows = {
        "Adresse": record["address"],
        "Tall": record["text"],
        "Enhet": record["unit"],
        "Mål": item.measures[record["measure"]].title,
        "Opphav": record["origin"],
        "Slik er det laget": record["formula"],
        "Regnestykke": record["arithmetic"],
        "Uavrundet": "" if record["value"] is None else repr(record["value"]),
        f"Trykt i {catalog.edition.key}": printed.get(record["address"], "ikke trykt"),
    }
    for name, words in rows.items():
        if words:
            out.print(f"{name}: {words}", markup=False, highlight=False)
    out.print(f"Kildeceller ({len(record['cells'])}):", highlight=False)
    for cell in record["cells"]:
        found = store.cells[cell]
        symbol = f" (tegn {found['symbol']})" if found["symbol"] else ""
        corrected = (
            f", rettet til {found['corrected']} ({found['erratum']})"
            if "corrected" in found
            else ""
        )
        out.print(
            f"  {cell}  {found['file']}, {found['place']}: {found['raw']}{symbol}{corrected}",
            markup=False,
            highlight=False,
        )


def show_item(out: Console, store: Store, key: str) -> None:
    """Print all addresses of an item with their numbers."""
    table = Table("Adresse", "Tall", "Enhet", "Opphav", box=None, pad_edge=False)
    for record in store.values.values():
        if record["item"] == key:
            table.add_row(record["address"], record["text"], record["unit"], record["origin"])
    out.print(table)
