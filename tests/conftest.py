"""What several tests need: tiny numbers, tiny snapshots, and the real tables read once."""

import importlib
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import settings
from matplotlib.figure import Figure

from kunnskapsgrunnlag.book.claim_results import STATISTICS, ClaimResult
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.figures import theme
from kunnskapsgrunnlag.figures.chart import Chart
from kunnskapsgrunnlag.pipeline.drawing import draw_chart, words_of
from kunnskapsgrunnlag.sources.provenance import provenance_path, weakest
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.sources.snapshot import Snapshot, read_snapshot, verify
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store, item_values
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.table import traced

ROOT = Path(__file__).parents[1]
NBSP = "\N{NO-BREAK SPACE}"
Tables = dict[str, pd.DataFrame]

# The machine that runs the tests may be busy: a slow example is no mistake, and the examples are
# the same on every run.
settings.register_profile("kg", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("kg")


def spaced(text: str) -> str:
    """Norwegian text as it is made: with non-breaking spaces."""
    return text.replace(" ", NBSP)


def cell(value: float, at: str = "A1", **more: Any) -> Traced:
    """A number in the cell `at` of the source `k`."""
    return Traced.cell(value, f"k:{at}", **more)


def frame(**columns: list[Any]) -> pd.DataFrame:
    """A small table; measures are traced columns."""
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="traced" if isinstance(values[0], Traced) else None)
            for name, values in columns.items()
        }
    )


def numbers(values: list[float], measure: str = "v", **more: Any) -> list[Traced]:
    """A measure's cells, each with an id of its own: `k:v0`, `k:v1`, …"""
    return [cell(value, f"{measure}{at}", **more) for at, value in enumerate(values)]


def values_of(column: "pd.Series[Any]") -> list[Any]:
    """The bare numbers of a column, None where there is no number at all."""
    return [v.value if isinstance(v, Traced) else None for v in column]


def item_of(**more: Any) -> Item:
    """A small item's entry; `more` replaces keys of it."""
    entry = {
        "number": 1,
        "kind": "tabell",
        "title": "Tittel",
        "subtitle": "Undertittel",
        "chapter": "kapittel-4",
        "inputs": {"paid": "k"},
        "dims": ["year"],
        "measures": {"belop": measure_of(title="Beløp", unit="mill. kr")},
        "table": {"rows": ["year"], "columns": ["measure"]},
    }
    return Item.model_validate(entry | more)


def measure_of(**more: Any) -> dict[str, Any]:
    """A measure's entry."""
    return {"title": "Antall", "unit": "personer", "decimals": 0, "formula": "som oppgitt"} | more


def value_of(address: str, text: str = "1", value: float | None = 1.0, **more: Any) -> Value:
    """A number of the value store."""
    item, measure, *_ = [*address.split("/"), ""]
    own: dict[str, Any] = {
        "value": value,
        "text": text,
        "unit": "personer",
        "decimals": 0,
        "round_to": 1,
        "low": value,
        "high": value,
        "origin": "trykt",
        "formula": "",
        "arithmetic": text,
        "cells": ("k:A1",),
        "shown": True,
    }
    return Value(address=address, item=item, measure=measure, **own | more)


def result_of(key: str, values: Iterable[Value], **more: Any) -> ItemResult:
    """What the control sheet of an item gave."""
    values = list(values)
    own: dict[str, Any] = {
        "origin": weakest([value.origin for value in values]) if values else "trykt"
    }
    return ItemResult(item=key, values=values, **own | more)


def store_of(items: Mapping[str, Iterable[Value]]) -> Store:
    """The store of some items' numbers."""
    return Store.of(result_of(key, values) for key, values in items.items())


def claim_of(**more: Any) -> ClaimResult:
    """A claim as it was judged; it stands in no text."""
    own: dict[str, Any] = {
        "words": "Det ble flere.",
        "expression": "tabell-6/a/2020 over tabell-6/a/2019",
        "holds": True,
        "because": "2 > 1",
        "basis": STATISTICS,
        "numbers": ["tabell-6/a"],
    }
    return ClaimResult(**own | more)


def receipt_of(source: str = "kilde", **more: Any) -> Receipt:
    """What is known of a source."""
    own: dict[str, Any] = {
        "title": "Tittel",
        "owner": "Eier",
        "origin": "trykt",
        "vintage": "2022",
        "period": "",
        "definition": "",
        "licence": "NLOD 2.0",
        "url": None,
        "file": f"data/raw/{source}.csv",
        "sha256_bytes": "b" * 64,
        "sha256_cells": "c" * 64,
        "registered": True,
        "revised": False,
    }
    return Receipt(source=source, **own | more)


def write_snapshot(
    folder: Path, name: str, content: str | bytes, source: str = "kilde", **provenance: Any
) -> Snapshot:
    """A snapshot under `folder`, registered with the content that it has."""
    path = folder / "data" / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    held = {
        "title": "Tittel",
        "owner": "Eier",
        "origin": "trykt",
        "vintage": "2022",
        "licence": "NLOD 2.0",
        "sha256_bytes": "",
        "sha256_cells": "",
    } | provenance
    write_provenance(path, held)
    first = read_snapshot(source, path)
    hashes = {"sha256_bytes": first.sha256_bytes, "sha256_cells": first.sha256_cells}
    write_provenance(path, held | hashes)
    return read_snapshot(source, path)


def write_provenance(path: Path, held: dict[str, Any]) -> None:
    """The provenance file beside a snapshot."""
    provenance_path(path).write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")


def rewritten(snapshot: Snapshot, content: str) -> Snapshot:
    """The same snapshot after somebody has put another file in its place."""
    snapshot.path.write_bytes(content.encode("utf-8"))
    return read_snapshot(snapshot.source, snapshot.path)


def item_module(key: str) -> types.ModuleType:
    """The module of an item."""
    return importlib.import_module(f"kunnskapsgrunnlag.items.{key.replace('-', '_')}")


def compute_item(catalog: Catalog, tables: Tables, key: str) -> pd.DataFrame:
    """An item's table from the tidy tables of its sources."""
    item = catalog.items[key]
    inputs = {name: tables[source] for name, source in item.inputs.items()}
    result: pd.DataFrame = item_module(key).compute(**inputs, **item.settings)
    return result


@pytest.fixture(scope="session")
def params_text() -> str:
    """The catalogue as text."""
    return (ROOT / "params.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The real catalogue."""
    return read_catalog(ROOT / "params.yaml")


@pytest.fixture(scope="session")
def snapshots(catalog: Catalog) -> dict[str, Snapshot]:
    """The committed snapshots."""
    raw = ROOT / "data" / "raw"
    return {
        key: read_snapshot(key, raw / entry.file, entry.columns, entry.sheet)
        for key, entry in catalog.sources.items()
    }


@pytest.fixture(scope="session")
def receipts(snapshots: dict[str, Snapshot]) -> dict[str, Receipt]:
    """What is known of the committed snapshots."""
    return {key: verify(snapshot) for key, snapshot in snapshots.items()}


@pytest.fixture(scope="session")
def tables(catalog: Catalog, snapshots: dict[str, Snapshot]) -> Tables:
    """The tidy tables of the committed snapshots, with traced numbers."""
    return {
        key: traced(reader(entry.reader)(snapshots[key], entry))
        for key, entry in catalog.sources.items()
    }


@pytest.fixture(scope="session")
def real_values(
    catalog: Catalog, tables: Tables, receipts: dict[str, Receipt]
) -> dict[str, list[Value]]:
    """The records of every item, computed from the committed snapshots."""
    return {
        key: item_values(
            key,
            item,
            compute_item(catalog, tables, key),
            {source: receipts[source] for source in item.inputs.values()},
        )
        for key, item in catalog.items.items()
    }


@pytest.fixture(scope="session")
def printed_store(catalog: Catalog, real_values: dict[str, list[Value]]) -> Store:
    """The numbers that the January 2022 edition had: those of its own time, as printed."""
    from tests.claims.printed_store import as_printed

    return as_printed(store_of(real_values), catalog)


@pytest.fixture(scope="session")
def look() -> None:
    """The report's typeface and colours."""
    theme.use_theme(ROOT / "assets" / "fonts")


@pytest.fixture(scope="session")
def drawn(
    catalog: Catalog, receipts: dict[str, Receipt], look: None
) -> Callable[[str, pd.DataFrame], Figure]:
    """Draw an item's table as the control sheet does."""

    def draw(key: str, table: pd.DataFrame) -> Figure:
        return chart_of(catalog, receipts, key, table).fig

    return draw


@pytest.fixture(scope="session")
def told(
    catalog: Catalog, receipts: dict[str, Receipt], look: None
) -> Callable[[str, pd.DataFrame], str]:
    """Describe an item's table as the control sheet does."""

    def describe(key: str, table: pd.DataFrame) -> str:
        return words_of(item_module(key), chart_of(catalog, receipts, key, table))

    return describe


class AnyReceipt(dict[str, Receipt]):
    """What is known of sources that a test has made up: each is printed."""

    def __missing__(self, source: str) -> Receipt:
        return receipt_of(source)


def chart_of(
    catalog: Catalog, receipts: dict[str, Receipt], key: str, table: pd.DataFrame, width: int = 760
) -> Chart:
    """An item's drawing of a table at one width, as the control sheet makes it."""
    item = catalog.items[key]
    values = item_values(key, item, table, AnyReceipt(receipts))
    return draw_chart(item_module(key), item, table, values, width)


def texts(fig: Figure, panel: int = 0) -> list[str]:
    """The numbers and names written into a panel."""
    return [text.get_text() for text in fig.axes[panel].texts]


def rows_of(fig: Figure, panel: int = 0) -> list[str]:
    """The labels down the side of a panel."""
    return [label.get_text() for label in fig.axes[panel].get_yticklabels()]


def columns_of(fig: Figure, panel: int = 0) -> list[str]:
    """The labels along a panel."""
    return [label.get_text() for label in fig.axes[panel].get_xticklabels()]
