"""The control sheet's steps: what notebooks/item.ipynb calls, cell by cell, for one item.

The sheet is the computation itself and not a copy of it: what it shows is what it writes.
"""

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.base.paths import Project, find_project
from kunnskapsgrunnlag.catalog.periods import (
    Period,
    asked_period,
    check_periods,
    check_stated_years,
    source_period,
)
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.pipeline.drawing import Drawing, draw_item
from kunnskapsgrunnlag.publish import fragments
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.table import flat, measure_name
from kunnskapsgrunnlag.sources.cells import SourceCell, describe_cell
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.provenance import Origin, weakest
from kunnskapsgrunnlag.sources.receipt import Receipt, read_receipt
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.carried_forward import carried_mark
from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import grid
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import item_values
from kunnskapsgrunnlag.tidy.table import traced

Tables = dict[str, pd.DataFrame]
# Before the alt text of a drawing with estimates in it.
ESTIMATED = "Tallene er helt eller delvis anslag. "


class Html(str):
    """Text that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


class ControlSheet:
    """One item's way from tidy tables to CSV, SVG and JSON."""

    def __init__(self, project: Project, catalog: Catalog, key: str) -> None:
        self.project, self.catalog, self.key = project, catalog, key
        self.item: Item = catalog.item(key)
        self.receipts: dict[str, Receipt] = {
            source: read_receipt(project.receipt(source)) for source in self.item.inputs.values()
        }
        self.module = open_module(key)
        self.values: list[Value] = []
        # The result that was computed last, and its drawing once somebody has asked for it.
        self._result: pd.DataFrame | None = None
        self._drawing: Drawing | None = None
        # Source -> the years that are taken of it.
        self.periods: dict[str, list[int]] = {}

    @property
    def origin(self) -> Origin:
        """The weakest origin among the item's numbers; a source that only checks does not count."""
        return weakest([record.origin for record in self.values])

    @property
    def used(self) -> dict[str, Receipt]:
        used = frozenset().union(*(value.sources for value in self.values))
        return {source: r for source, r in self.receipts.items() if source in used}

    def about(self) -> Html:
        """What the item is: label, title, measures and how each number is made."""
        rows = [
            (measure_name(m), m.formula, "i tabellen" if m.show else "i teksten")
            for m in self.item.measures.values()
        ]
        words = carried_mark(self.item)
        carried = f" <strong>{esc(words)}.</strong>" if words else ""
        return Html(
            f"<p><strong>{esc(self.item.label)}: {esc(self.item.title)}.</strong> "
            f"{esc(self.item.subtitle)}.{carried}</p>"
            + _table(("Mål", "Slik er tallet laget", "Vises"), rows)
        )

    def snapshots(self) -> Html:
        rows = [
            (
                *(r.title, r.owner, r.vintage, r.origin, r.file),
                Html(f"<code>{r.sha256_cells[:16]}</code>"),
                "ja" if r.registered else "nei, endret siden registreringen",
            )
            for r in self.receipts.values()
        ]
        heads = ("Kilde", "Eier", "Årgang", "Opphav", "Fil", "Sjekksum (celler)", "Registrert")
        return Html(_table(heads, rows))

    def tables(self) -> Tables:
        return {
            name: traced(pd.read_parquet(self.project.tidy(source)))
            for name, source in self.item.inputs.items()
        }

    def rows(self, tables: Tables, result: pd.DataFrame) -> Html:
        """The tidy rows that the result used: those with a cell in its lineage."""
        used = {
            c
            for row in result.to_dict("records")
            for v in row.values()
            if isinstance(v, Traced)
            for c in v.cells
        }
        parts = [_tidy_rows(name, table, used) for name, table in tables.items()]
        return Html("".join(parts))

    def source_code(self) -> Html:
        return Html(f"<pre><code>{esc(inspect.getsource(self.module.compute))}</code></pre>")

    def compute(self, tables: Tables) -> pd.DataFrame:
        periods = self._periods(tables)
        try:
            table = self.module.compute(**tables, **self.item.settings)
        except KgError as problem:
            raise KgError(self._with_files(str(problem))) from None
        table = ordered(table, self.item)
        if periods:
            years = {year for period in periods for year in period.years}
            own = table["year"].astype(int) if "year" in table.columns else ()
            check_stated_years(self.key, self.item, {*years, *own}, max(years))
        self.values = item_values(self.key, self.item, table, self.receipts)
        self._result, self._drawing = table, None
        return table

    def _periods(self, tables: Tables) -> list[Period]:
        """The periods that the item is of, once they are known to agree or to be told."""
        asked = asked_period(self.item.settings)
        taken = {}
        for name, source in self.item.inputs.items():
            entry, own = self.catalog.source(source), self.receipts[source]
            taken[name] = source_period(source, entry, own.file, own.period, tables[name], asked)
        periods = {name: period for name, period in taken.items() if period}
        check_periods(self.key, self.item, periods, asked)
        self.periods = {self.item.inputs[n]: sorted(p.years) for n, p in periods.items()}
        return [*periods.values(), *([asked] if asked else ())]

    def _with_files(self, words: str) -> str:
        """An error with its cells as file, row and column instead of as source and place."""

        def locate(at: re.Match[str]) -> str:
            receipt = self.receipts.get(at[1])
            if receipt is None:
                return at[0]
            return f"{receipt.file}, rad {at[3]}, kolonne {at[2]}"

        return re.sub(r"([a-z0-9-]+):([A-Z]+)(\d+)\b", locate, words)

    def table(self) -> Html:
        return Html(fragments.html_table(grid(self.item, self.values)))

    @property
    def alt(self) -> str:
        if self._result is None:
            return ""
        estimated = ESTIMATED if self.origin == "estimat" else ""
        breaks = "".join(f" {gap.note.rstrip('.')}." for gap in self.item.breaks)
        return f"{estimated}{self.drawing(self._result).words}{breaks}"

    def figure(self, result: pd.DataFrame) -> Html:
        shown = inline_drawing(self.drawing(result).drawn, self.key, self.alt)
        return Html(f"<figure>{shown}<figcaption>{esc(self.alt)}</figcaption></figure>")

    def drawing(self, result: pd.DataFrame) -> Drawing:
        """The figure: drawn once, shown and saved."""
        if self._drawing is None or self._result is not result:
            fonts = self.project.root / "assets" / "fonts"
            self._drawing = draw_item(self.module, self.item, result, self.values, fonts)
            self._result = result
        return self._drawing

    def comparison(self) -> Html:
        folder = self.project.published / self.catalog.edition.in_print
        printed = [p for p in _read_printed(folder) if p.item == self.key]
        changed = frozenset(k for k, r in self.receipts.items() if r.revised)
        comparisons = verify.compare(
            printed,
            {r.address: r for r in self.values},
            read_errata(folder),
            changed,
            verify.renewed_items(folder, self.catalog),
        )
        if not comparisons:
            return Html("<p>Den trykte utgaven har ingen tall å sammenligne med.</p>")
        rows = [
            (c.printed.address, c.printed.text, c.computed, f"{c.state} {c.erratum}")
            for c in comparisons
        ]
        return Html(_table(("Adresse", "Trykt", "Beregnet", "Resultat"), rows))

    def write(self, table: pd.DataFrame) -> Html:
        """Write the item's CSV, SVG and JSON to `build/sheets`; nothing else here writes a file."""
        folder = self.project.executed(self.key)
        folder.mkdir(parents=True, exist_ok=True)
        result = ItemResult(
            item=self.key,
            origin=self.origin,
            alt=self.alt,
            values=self.values,
            sources=self.used,
            periods=self.periods,
            cells=self._cells(),
        )
        (folder / f"{self.key}.json").write_bytes(json_bytes(result.to_json()))
        _write(folder / f"{self.key}.csv", table_csv(flat(self.key, self.item, self.values)))
        drawn = self.drawing(table).drawn.named(self.key)
        for name, svg in drawn.items():
            _write(folder / name, svg)
        names = [f"{self.key}.csv", *drawn, f"{self.key}.json"]
        return Html(f"<p>Skrevet: {', '.join(names)}. {len(self.values)} tall i verdilageret.</p>")

    def _cells(self) -> dict[str, SourceCell]:
        """Where every source cell of the item lies, and what stands in it."""
        snapshots = {
            source: open_source(self.project, source, self.catalog.source(source))
            for source in self.used
        }
        cells = sorted({cell for value in self.values for cell in value.cells})
        return {cell: describe_cell(snapshots[cell.partition(":")[0]], cell) for cell in cells}


def open_sheet(key: str) -> ControlSheet:
    """The control sheet of an item in the current checkout."""
    project = find_project()
    catalog = read_params(project.params, project.params.stat().st_mtime_ns)
    lacking = [s for s in catalog.item(key).inputs.values() if not project.tidy(s).is_file()]
    if lacking:
        raise KgError(f"{key}: tabellen av {lacking[0]} er ikke laget. Kjør kg stage sources.")
    return ControlSheet(project, catalog, key)


def open_module(key: str) -> ModuleType:
    """The item's module as it is saved now: in Jupyter the kernel outlives an edit."""
    name = f"kunnskapsgrunnlag.items.{key.replace('-', '_')}"
    if name in sys.modules:
        return importlib.reload(sys.modules[name])
    return importlib.import_module(name)


@cache
def read_params(params: Path, changed: int) -> Catalog:
    """The catalogue, read once for all sheets of a build, and anew when the file has changed."""
    return read_catalog(params)


_read_printed = cache(verify.read_printed)


def _tidy_rows(name: str, table: pd.DataFrame, used: set[str]) -> str:
    measures = [c for c in table.columns if table[c].map(lambda v: isinstance(v, Traced)).any()]
    touched = [c for c in measures if any(set(v.cells) & used for v in table[c])]
    rows = [
        row for row in table.to_dict("records") if any(set(row[m].cells) & used for m in touched)
    ]
    dims = [c for c in table.columns if c not in measures]
    body = [
        [
            *(row[d] for d in dims),
            *(
                cell
                for m in touched
                for cell in (row[m].expr, Html(f"<code>{esc(row[m].cells[0])}</code>"))
            ),
        ]
        for row in rows
    ]
    heads = [*dims, *(h for m in touched for h in (m, "celle"))]
    count = f"{len(rows)} av {len(table)} rader er brukt"
    return f"<p><strong>{esc(name)}</strong>: {count}.</p>" + _table(heads, body, named=False)


def _table(heads: Iterable[object], rows: Iterable[Iterable[object]], *, named: bool = True) -> str:
    """A table; the first cell of a row is its header where it names the row."""
    top = "".join(f"<th scope='col'>{esc(h)}</th>" for h in heads)
    body = "".join(f"<tr>{''.join(_cells(row, named=named))}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Iterable[object], *, named: bool) -> Iterator[str]:
    for at, cell in enumerate(row):
        words = cell if isinstance(cell, Html) else esc(cell)
        yield f"<th scope='row'>{words}</th>" if named and at == 0 else f"<td>{words}</td>"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
