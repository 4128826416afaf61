"""From one edition to the next: what moves, and what is asked for anew."""

import importlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import LOADER
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


def begin(report: Report, step: EditionStep) -> list[ItemPlan]:
    """Make the next edition of the present one.

    The catalogue is replaced last and at once. Killed before that, the present edition stands as it
    was, and the same command goes on where it stopped.

    Returns:
        What becomes of each item.
    """
    _refuse(report.catalog, step)
    plans = plan_items(report, step.data_year)
    text = next_catalog(
        report.project.params.read_text(encoding="utf-8"), report.catalog, step, plans
    )
    for entry in report.catalog.live.values():
        _copy_snapshot(report.project, entry.file, next_file(entry.file, step.key))
    waiting = report.project.params.with_name("params.ny.yaml")
    write_bytes(waiting, text.encode("utf-8"))
    try:
        read_catalog(waiting)
    finally:
        waiting.unlink()
    write_bytes(report.project.params, text.encode("utf-8"))
    return plans


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
    """Where the next edition has its snapshot: `ssb/09895.json` -> `ssb/2026/09895.json`.

    The snapshot of the edition before stays where it is, and a fetch tells revisions by it.
    """
    provider, _, rest = file.partition("/")
    return f"{provider}/{key}/{rest.rpartition('/')[2]}"


def _copy_snapshot(project: Project, file: str, later: str) -> None:
    """The present snapshot under the next edition's name, until a newer one is fetched."""
    source, target = project.raw / file, project.raw / later
    if target.is_file() or not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Content last: a pair with its content is whole.
    shutil.copyfile(provenance_path(source), provenance_path(target))
    write_bytes(target, source.read_bytes())


def undo(report: Report) -> Path:
    """Take back an edition that was begun here and is not in git yet.

    Only the catalogue and the copies of snapshots that `begin` made are touched: chapters,
    deliveries and what has been fetched since stay.

    Returns:
        Where the catalogue of the edition that was begun is kept.
    """
    check_undo(report)
    committed = _committed(report.project)
    key = report.catalog.edition.key
    kept = report.project.root / f"params.{key}.yaml"
    write_bytes(kept, report.project.params.read_bytes())
    write_bytes(report.project.params, committed.encode("utf-8"))
    before = read_catalog(report.project.params)
    for source, entry in report.catalog.live.items():
        if source in before.live:
            _remove_copy(report.project, before.live[source].file, entry.file)
    return kept


def check_undo(report: Report) -> str:
    """The key of the edition that git has, when another one has been begun here."""
    key: str = yaml.load(_committed(report.project), Loader=LOADER)["edition"]["key"]
    if key == report.catalog.edition.key:
        raise KgError(
            f"edition undo: det er ingenting å angre, for git har {key} som utgaven i arbeid. Er "
            "den begynt i en innsjekking som skal bort, så bruk git revert."
        )
    return key


def _committed(project: Project) -> str:
    return Git(project.root).ask("show", f"HEAD:./{project.params.name}")


def _remove_copy(project: Project, file: str, later: str) -> None:
    """Remove a snapshot that is still the copy that the next edition began with."""
    old, new = project.raw / file, project.raw / later
    if old != new and new.is_file() and new.read_bytes() == old.read_bytes():
        new.unlink()
        provenance_path(new).unlink(missing_ok=True)
