"""The stages of dvc.yaml, one function each. DVC decides what runs; these do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import json_bytes, write_bytes
from kunnskapsgrunnlag.base.paths import Project

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.schema import Catalog
    from kunnskapsgrunnlag.pipeline.sheet_pool import SheetPool
    from kunnskapsgrunnlag.report import Report


class BuildContext:
    """What stages share within one build: the catalogue, read once, and the warm kernels.

    Attributes:
        runs_ahead: Whether more stages will come, which may be begun before DVC asks for them.
        makes_site: Whether the site is one of them.
    """

    def __init__(
        self, project: Project, *, runs_ahead: bool = False, makes_site: bool = False
    ) -> None:
        self.project, self.runs_ahead, self.makes_site = project, runs_ahead, makes_site
        self._beside = ThreadPoolExecutor(1, "beside")
        self.begun_site: Future[str] | None = None

    @cached_property
    def catalog(self) -> Catalog:
        from kunnskapsgrunnlag.catalog.read import read_catalog

        return read_catalog(self.project.params)

    @cached_property
    def report(self) -> Report:
        from kunnskapsgrunnlag.report import Report

        return Report(self.project, self.catalog)

    def forget(self) -> None:
        """Read anew: a stage is about to write other numbers."""
        self.__dict__.pop("report", None)

    @cached_property
    def sheets(self) -> SheetPool:
        from kunnskapsgrunnlag.pipeline.sheet_pool import SheetPool

        return SheetPool(self.project, _notebook(self.project))

    def warm_up(self) -> None:
        """Start a kernel now: it loads on the other core while this one fetches and tidies."""
        self.sheets.warm_up()

    def begin_site(self, engine: str) -> None:
        """Render the site while this thread does something else."""
        from kunnskapsgrunnlag.publish.prepare import prepare
        from kunnskapsgrunnlag.publish.render import make_site

        prepare(self.report)  # once, for the PDF too
        self.begun_site = self._beside.submit(make_site, self.report, engine)

    def close(self) -> None:
        self._beside.shutdown()
        if "sheets" in self.__dict__:
            self.sheets.close()


def fetch(context: BuildContext, source: str) -> str:
    """Fetch a live source if the catalogue asks for a later one, or for something else of it."""
    import datetime

    from kunnskapsgrunnlag.fetch.dispatch import Connections
    from kunnskapsgrunnlag.fetch.update import Updater
    from kunnskapsgrunnlag.sources.snapshot import fulfilled

    if fulfilled(context.project, source, context.catalog.live_source(source)):
        return ""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with Connections(context.catalog.providers) as lines:
        updater = Updater(context.project, context.catalog, today, lines.retrieve, lambda *_: None)
        (result,) = updater.run([source], lambda _: None)
    if result.state in ("feilet", "venter på årsak"):
        raise KgError(result.words)
    return f"{source}: {result.state}, {result.words}"


def sources(context: BuildContext, _: str) -> str:
    """Verify all snapshots, read them into tidy tables, and check their numbers."""
    from kunnskapsgrunnlag.tidy.read_all import read_sources

    read_sources(context.project, context.catalog)
    return f"{len(context.catalog.sources)} kilder"


def inputs(context: BuildContext, _: str) -> str:
    """Write one hash per item of all that it is made of.

    That is its entry, its tidy tables with their receipts, the printed numbers that its sheet
    compares with, the notebook, and the code that computes it. DVC gives the items of one
    `foreach` the same list of dependencies, but it can follow one key of this file per item: an
    item reruns when its own inputs change, and only then.
    """
    from kunnskapsgrunnlag.pipeline.code_hash import ImportGraph
    from kunnskapsgrunnlag.store.errata import read_errata

    project = context.project
    package = Path(__file__).parents[1]
    edition = project.published / context.catalog.edition.in_print
    sheet = (package / "pipeline/sheet.py", package / "pipeline/kernel.py")
    # A sheet compares with print, so it follows the misprints; the other errata are only text.
    misprints = [(e.id, e.addresses) for e in read_errata(edition) if e.addresses]
    code, hash_of = ImportGraph(package), cache(lambda path: sha256(path.read_bytes()))
    hashes = {}
    for key, entry in context.catalog.items.items():
        module = package / "items" / f"{key.replace('-', '_')}.py"
        files = [
            path(source)
            for path in (project.tidy, project.receipt)
            for source in entry.inputs.values()
        ]
        files += [edition / "printed.csv", edition / "items.csv", _notebook(project)]
        files += code.files_behind(module, *sheet)
        contents = [hash_of(path) for path in files]
        made_of = [entry.model_dump(mode="json"), contents, misprints]
        text = json.dumps(made_of, sort_keys=True, ensure_ascii=False)
        hashes[key] = sha256(text.encode("utf-8"))[:16]
    write_bytes(project.build / "inputs.json", json_bytes(hashes))
    return f"{len(hashes)} tabeller og figurer"


def _notebook(project: Project) -> Path:
    return project.root / "notebooks" / "item.ipynb"


def item(context: BuildContext, key: str) -> str:
    """Run the control sheet of an item; in a build also those that come next, on the other core."""
    from kunnskapsgrunnlag.pipeline.sheet_pool import stale_items

    context.catalog.item(key)
    if context.runs_ahead and not context.sheets.has_begun:
        context.sheets.begin([key, *stale_items(context.project, context.catalog.items)])
    context.sheets.finish(key)
    return ""


def values(context: BuildContext, _: str) -> str:
    from kunnskapsgrunnlag.pipeline.metrics import write_plots
    from kunnskapsgrunnlag.store.item_results import read_results
    from kunnskapsgrunnlag.store.values import Store

    context.forget()
    store = Store.of(read_results(context.project, context.catalog).values())
    write_bytes(context.project.values, json_bytes(store.to_json()))
    write_plots(store.values.values(), context.project.build / "plots")
    return f"{len(store.values)} tall"


def claims(context: BuildContext, _: str) -> str:
    from kunnskapsgrunnlag.book.evaluate import evaluate

    results = evaluate(context.report.store, context.report.texts, context.catalog)
    write_bytes(context.project.claims, json_bytes(results.to_json()))
    return f"{len(results.claims)} påstander, {len(results.false)} holder ikke"


def profiles(context: BuildContext, _: str) -> str:
    from kunnskapsgrunnlag.publish.profiles.stage import make_profiles

    return f"{make_profiles(context.report)} profiler"


def downloads(context: BuildContext, _: str) -> str:
    from kunnskapsgrunnlag.publish.downloads.write import parts_of, write_downloads

    report = context.report
    words = {key: [note.words for note in notes] for key, notes in report.notes.items()}
    parts = parts_of(report.catalog, report.results, words)
    project = report.project
    made = write_downloads(project, report.catalog, parts, project.downloads, report.standing)
    return f"{sum(map(len, made.values()))} filer"


def pdf(context: BuildContext, engine: str) -> str:
    """Render the PDF; in a build the site too, on the other core."""
    from kunnskapsgrunnlag.publish.render import render_pdf

    # Two of Quarto in one project would write to the same folders.
    if context.makes_site and engine == "embedded":
        context.begin_site(engine)
    return render_pdf(context.report, engine or "auto")


def html(context: BuildContext, engine: str) -> str:
    """Render the site, or wait for the one that was begun with the PDF, which it offers."""
    from kunnskapsgrunnlag.publish.render import make_site, place_site

    begun, context.begun_site = context.begun_site, None
    used = begun.result() if begun else make_site(context.report, engine or "auto")
    place_site(context.report)
    return used


def check(context: BuildContext, _: str) -> str:
    """Compare with print and look for every item in the finished pages."""
    from kunnskapsgrunnlag.check import check_build
    from kunnskapsgrunnlag.pipeline.metrics import metrics

    project = context.project
    result = check_build(context.report)
    write_bytes(project.build / "check.json", json_bytes(result.to_json()))
    counts = metrics(context.report.store, context.report.claims, result.printed)
    write_bytes(project.build / "metrics.json", json_bytes(counts))
    if result.errors:
        raise KgError("\n".join(result.errors))
    return ", ".join(f"{n} {state}" for state, n in result.printed.items() if n)


STAGES: dict[str, Callable[[BuildContext, str], str]] = {
    stage.__name__: stage
    for stage in (
        *(fetch, sources, inputs, item, values, claims),
        *(profiles, downloads, pdf, html, check),
    )
}


def run_stage(context: BuildContext, name: str, key: str) -> str:
    if name not in STAGES:
        raise KgError(f"det finnes ikke noe trinn «{name}». Trinnene er {', '.join(STAGES)}.")
    return STAGES[name](context, key)
