"""From one edition to the next: what moves, and what is asked for anew."""

import importlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.steps import Files, Step
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.catalog_text import CatalogText
from kunnskapsgrunnlag.editions.plan import (
    CARRIED,
    PARTLY,
    RENEWED,
    Basis,
    ItemPlan,
    item_plans,
    last_years,
    renamed,
)
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.provenance import provenance_path
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.tidy.table import traced


@dataclass(frozen=True)
class EditionStep:
    """The next edition.

    Attributes:
        data_year: The year that yearly numbers should be of.
        today: The day on which it was begun; sources are asked for nothing older.
        released: Whether the present edition was released: only then has it published numbers.
    """

    key: str
    data_year: int
    today: str
    released: bool = False


def begin(report: Report, edition: EditionStep) -> tuple[list[ItemPlan], Step]:
    """What becomes of each item in the next edition, and the step that makes it of the present one.

    The snapshots of the edition before stay where they are: a fetch tells revisions by them.
    """
    _refuse(report.catalog, edition)
    project, plans = report.project, plan_items(report, edition.data_year)
    written = project.params.read_bytes().decode("utf-8")
    text = next_catalog(written, report.catalog, edition, plans)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / project.params.name).write_bytes(text.encode("utf-8"))
        read_catalog(Path(folder) / project.params.name)
    files: Files = {project.params.name: text.encode("utf-8")}
    for entry in report.catalog.live.values():
        old, new = (project.raw / f for f in (entry.file, next_file(entry.file, edition.key)))
        if old.is_file() and not new.is_file():
            for path_of in (lambda path: path, provenance_path):
                name = path_of(new).relative_to(project.root).as_posix()
                files[name] = path_of(old).read_bytes()
    return plans, Step(f"Utgaven for {edition.key} er begynt", files)


def _refuse(catalog: Catalog, step: EditionStep) -> None:
    now = catalog.edition.key
    if not (step.key.isdigit() and len(step.key) == 4):
        raise KgError(f"edition new: ventet et årstall, for eksempel 2027, fant «{step.key}».")
    if step.key <= now:
        raise KgError(f"edition new: ventet et år etter {now}, fant {step.key}.")
    if step.data_year <= catalog.edition.data_year:
        raise KgError(
            f"edition new: ventet tall for et år etter {catalog.edition.data_year}, "
            f"fant --data-year {step.data_year}."
        )


def plan_items(report: Report, data_year: int) -> list[ItemPlan]:
    """What becomes of each item when yearly numbers should be of this year."""
    tables = _tables(report)

    def trial(key: str, settings: Mapping[str, Any]) -> tuple[int, int]:
        item = report.catalog.items[key]
        module = importlib.import_module(f"kunnskapsgrunnlag.items.{key.replace('-', '_')}")
        inputs = {name: tables[source] for name, source in item.inputs.items()}
        result: pd.DataFrame = module.compute(**inputs, **settings)
        columns = [name for name, m in item.measures.items() if m.show]
        rows = result
        if item.regions and "region" in result.columns:
            rows = result[result["region"].isin(item.regions)]
        numbers = [v for name in columns for v in rows[name] if isinstance(v, Traced)]
        missing = len(rows) * len(columns) - sum(not v.is_missing for v in numbers)
        return len(rows) * len(columns), missing

    store = report.store
    return item_plans(Basis(report.catalog, data_year, last_years(tables), store.years, trial))


def _tables(report: Report) -> dict[str, pd.DataFrame]:
    wanted = sorted({s for item in report.catalog.items.values() for s in item.inputs.values()})
    missing = [key for key in wanted if not report.project.tidy(key).is_file()]
    if missing:
        raise KgError(f"{missing[0]} er ikke lest inn ennå. Kjør: kg build.")
    return {key: traced(pd.read_parquet(report.project.tidy(key))) for key in wanted}


def next_catalog(text: str, catalog: Catalog, step: EditionStep, plans: Iterable[ItemPlan]) -> str:
    """The catalogue of the next edition: the same text with what moves moved."""
    edits = CatalogText(text)
    _move_edition(edits, catalog, step)
    for key, entry in catalog.live.items():
        for place in ("live", "sources"):
            if edits.has(place, key, "file"):
                edits.replace(next_file(entry.file, step.key), place, key, "file")
        edits.put("wanted", step.today, "live", key)
        last = ("live", key, "query", "select", "Tid", "last")
        if edits.has(*last):
            edits.replace(step.key, *last)
    for plan in plans:
        _move_item(edits, catalog, plan, step)
    return edits.changed()


def _move_edition(edits: CatalogText, catalog: Catalog, step: EditionStep) -> None:
    edition = catalog.edition
    edits.replace(step.key, "edition", "key")
    edits.replace(step.today, "edition", "date")
    edits.replace(step.data_year, "edition", "data_year")
    edits.put("compared", edition.in_print, "edition")


def _move_item(edits: CatalogText, catalog: Catalog, plan: ItemPlan, step: EditionStep) -> None:
    item = catalog.items[plan.key]
    at = ("items", plan.key)
    if plan.state == RENEWED:
        for name, value in plan.settings.items():
            if value != item.settings[name]:
                edits.replace(value, *at, "settings", name)
        subtitle = renamed(item.own_subtitle, item.settings, plan.settings)
        if subtitle != item.own_subtitle:
            edits.replace(subtitle, *at, "subtitle")
        for name, words in item.periods.items():
            edits.replace(renamed(words, item.settings, plan.settings), *at, "periods", name)
    if plan.state in (CARRIED, PARTLY) and item.carried is None:
        edition = catalog.edition.key if step.released else ""
        mark = {"edition": edition, "period": plan.period, "waits": plan.waits}
        edits.add("carried", mark, *at)


def next_file(file: str, key: str) -> str:
    """Where the next edition has its snapshot: `ssb/09895.json` -> `ssb/2026/09895.json`."""
    provider, _, rest = file.partition("/")
    return f"{provider}/{key}/{rest.rpartition('/')[2]}"
