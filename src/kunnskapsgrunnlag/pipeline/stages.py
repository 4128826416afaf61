"""The stages of dvc.yaml, one function each. DVC decides what runs; these do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.paths import Project

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.schema import Catalog


class Bench:
    """What stages share within one build: the catalogue, read once, and the warm kernel."""

    def __init__(self, project: Project) -> None:
        """Nothing is started before it is needed."""
        self.project = project
        self._catalog: Catalog | None = None
        self._kernel: Any = None

    @property
    def catalog(self) -> Catalog:
        """The catalogue."""
        if self._catalog is None:
            from kunnskapsgrunnlag.catalog.read import read_catalog

            self._catalog = read_catalog(self.project.params)
        return self._catalog

    @property
    def kernel(self) -> Any:
        """The warm kernel, started on first use."""
        if self._kernel is None:
            from kunnskapsgrunnlag.pipeline.kernel import WarmKernel

            self._kernel = WarmKernel(self.project.root)
        return self._kernel

    def warm_up(self) -> None:
        """Start the kernel now: it loads on the other core while this one fetches and tidies."""
        _ = self.kernel

    def close(self) -> None:
        """Stop what was started."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None


def retrieve(bench: Bench, source: str) -> str:
    """Fetch a live source if the catalogue asks for a later one, or for something else of it.

    Raises:
        KgError: If it cannot be had; the snapshot that was there is kept.
    """
    import datetime

    from kunnskapsgrunnlag.fetch.dispatch import Connections
    from kunnskapsgrunnlag.fetch.update import Updater
    from kunnskapsgrunnlag.sources.overview import fulfilled

    if fulfilled(bench.project, source, bench.catalog.live_source(source)):
        return ""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with Connections(bench.catalog.providers) as lines:
        updater = Updater(bench.project, bench.catalog, today, lines.retrieve, lambda *_: None)
        (result,) = updater.run([source], lambda _: None)
    if result.state in ("feilet", "venter på årsak"):
        raise KgError(result.words)
    return f"{source}: {result.state}, {result.words}"


def fetch(bench: Bench, source: str) -> str:
    """Verify a committed snapshot against its hashes and write its receipt."""
    from kunnskapsgrunnlag.sources.cells import acceptances
    from kunnskapsgrunnlag.sources.locate import open_source
    from kunnskapsgrunnlag.sources.snapshot import verify

    snapshot = open_source(bench.project, source, bench.catalog.source(source))
    receipt = verify(snapshot) | {"accepted": acceptances(snapshot)}
    _write_json(bench.project.receipt(source), receipt)
    return "" if receipt["registered"] else f"{receipt['file']} er endret siden registreringen"


def tidy(bench: Bench, source: str) -> str:
    """Turn a snapshot into a tidy table."""
    from kunnskapsgrunnlag.sources.locate import open_source
    from kunnskapsgrunnlag.tidy import reader
    from kunnskapsgrunnlag.tidy.table import measures_of

    entry = bench.catalog.source(source)
    table = reader(entry.reader)(open_source(bench.project, source, entry), entry)
    if entry.unit_of is not None and set(entry.unit_of) != set(measures_of(table)):
        raise KgError(
            f"params.yaml: sources.{source}.unit_of: expected the measures "
            f"{', '.join(measures_of(table))}, found {', '.join(entry.unit_of)}."
        )
    path = bench.project.tidy(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_parquet(path, index=False)
    return f"{len(table)} rader"


def catalog(bench: Bench, _: str) -> str:
    """Check the catalogue and write one hash per entry, and one per stage's code.

    DVC's own reading of params.yaml takes a quarter of a second for each stage that follows a key
    of it; a small JSON file costs nothing, and says as precisely which entry has changed.
    """
    held = bench.catalog.model_dump(mode="json")
    from kunnskapsgrunnlag.sources.locate import delivery_hash, refuse_strangers

    refuse_strangers(bench.project, bench.catalog.sources.values())
    hashes = {
        "deliveries": {
            key: delivery_hash(bench.project, source)
            for key, source in bench.catalog.sources.items()
        },
        "sources": {
            key: _digest([held["sources"][key], _reading_code(source.reader)])
            for key, source in bench.catalog.sources.items()
        },
        "items": {key: _digest(entry) for key, entry in held["items"].items()},
        "all": _digest(held),
        "fetch": _digest([_code_behind("sources/locate.py"), _code_behind("sources/cells.py")]),
        "values": _code_behind("store/values.py"),
        "claims": _code_behind("book/claim_results.py", "claims"),
        "downloads": _code_behind("publish/downloads/write.py"),
        "render": _code_behind("publish/render.py"),
        "check": _code_behind("check/__init__.py"),
    }
    _write_json(bench.project.build / "catalog.json", hashes)
    return f"{len(held['sources'])} kilder, {len(held['items'])} tabeller og figurer"


def _reading_code(reader: str) -> str:
    from kunnskapsgrunnlag.catalog.readers import READERS

    return _code_behind(f"tidy/{READERS[reader].partition(':')[0]}.py")


def _code_behind(module: str, folder: str = "") -> str:
    """One hash over a module and all that it imports; a folder's modules are found by name."""
    from kunnskapsgrunnlag.pipeline.code_hash import files_behind

    package = Path(__file__).parents[1]
    named = sorted((package / folder).glob("*.py")) if folder else []
    return _digest([_hash(path) for path in files_behind(package, package / module, *named)])


def inputs(bench: Bench, _: str) -> str:
    """Hold all numbers against what they must fit, and write one hash per item of its inputs.

    That is its entry, its tidy tables with their provenance, the printed numbers that its sheet
    compares with, and the code that computes it. DVC cannot give the items of one `foreach`
    different lists of dependencies, but it can follow one key of this file per item: an item
    reruns when its own inputs change, and only then.

    Raises:
        KgError: If a number cannot be right: before anything is computed of it.
    """
    from kunnskapsgrunnlag.pipeline.code_hash import files_behind
    from kunnskapsgrunnlag.store.verify import read_errata
    from kunnskapsgrunnlag.tidy.plausibility import check_sources

    check_sources(bench.project, bench.catalog)

    package = Path(__file__).parents[1]
    edition = bench.project.published / bench.catalog.edition.in_print
    # A sheet compares with print, so it follows the misprints; the other errata are only text.
    misprints = [asdict(erratum) for erratum in read_errata(edition)]
    held = {}
    for key, entry in bench.catalog.items.items():
        module = package / "items" / f"{key.replace('-', '_')}.py"
        files = [bench.project.tidy(source) for source in entry.inputs.values()]
        files += [bench.project.receipt(source) for source in entry.inputs.values()]
        files += [
            edition / "printed.csv",
            edition / "items.csv",
            *files_behind(
                package, module, package / "pipeline/sheet.py", package / "pipeline/kernel.py"
            ),
        ]
        hashes = [_hash(path) for path in files]
        held[key] = _digest([entry.model_dump(mode="json"), hashes, misprints])
    _write_json(bench.project.build / "inputs.json", held)
    return ""


def item(bench: Bench, key: str) -> str:
    """Run the control sheet of an item."""
    from kunnskapsgrunnlag.pipeline.kernel import run_sheet

    bench.catalog.item(key)
    notebook = bench.project.root / "notebooks" / "item.ipynb"
    run_sheet(notebook, bench.project.item(key) / f"{key}.ipynb", key, bench.kernel)
    return ""


def values(bench: Bench, _: str) -> str:
    """Gather the items' numbers into the value store."""
    from kunnskapsgrunnlag.store.values import merge

    store = merge(
        (key, _read_json(bench.project.item(key) / f"{key}.json")) for key in bench.catalog.items
    )
    _write_json(bench.project.values, store)
    return f"{len(store['values'])} tall"


def claims(bench: Bench, _: str) -> str:
    """Judge the claims of the text."""
    from kunnskapsgrunnlag.book.claim_results import evaluate, false_ones
    from kunnskapsgrunnlag.book.marks import read_chapters
    from kunnskapsgrunnlag.store.values import Store

    texts = read_chapters(bench.project.root, bench.catalog)
    names = {
        key: {f"={name}": measure.title for name, measure in item.measures.items()}
        | (item.categories or {})
        for key, item in bench.catalog.items.items()
    }
    held = evaluate(Store.read(bench.project.values), texts, names)
    _write_json(bench.project.claims, held)
    return f"{len(held['claims'])} påstander, {len(false_ones(held))} holder ikke"


def downloads(bench: Bench, _: str) -> str:
    """Write what readers can download."""
    from kunnskapsgrunnlag.publish.downloads.write import parts_of, write_downloads
    from kunnskapsgrunnlag.store.item_results import notes_of, records_of
    from kunnskapsgrunnlag.store.standing import standing_of
    from kunnskapsgrunnlag.store.values import Store

    project, catalog = bench.project, bench.catalog
    held = records_of(project, catalog)
    store = Store.read(project.values)
    notes = notes_of(project, catalog, store, held)
    words = {key: [note.words for note in own] for key, own in notes.items()}
    parts, standing = parts_of(catalog, held, words), standing_of(catalog, store)
    made = write_downloads(project, catalog, parts, project.downloads, standing)
    return f"{sum(map(len, made.values()))} filer"


def html(bench: Bench, engine: str) -> str:
    """Render the site."""
    from kunnskapsgrunnlag.publish.render import render_site

    return render_site(bench.project, bench.catalog, engine or "auto")


def pdf(bench: Bench, engine: str) -> str:
    """Render the PDF."""
    from kunnskapsgrunnlag.publish.render import render_pdf

    return render_pdf(bench.project, bench.catalog, engine or "auto")


def check(bench: Bench, _: str) -> str:
    """Compare with print and look for every item in the finished pages.

    Raises:
        KgError: If a printed number differs without explanation, or an item is missing.
    """
    from kunnskapsgrunnlag.check import check_build

    report = check_build(bench.project, bench.catalog)
    _write_json(bench.project.build / "check.json", report)
    if report["errors"]:
        raise KgError("\n".join(report["errors"]))
    return ", ".join(f"{n} {state}" for state, n in report["printed"].items() if n)


STAGES: dict[str, Callable[[Bench, str], str]] = {
    "retrieve": retrieve,
    "catalog": catalog,
    "fetch": fetch,
    "tidy": tidy,
    "inputs": inputs,
    "item": item,
    "values": values,
    "claims": claims,
    "downloads": downloads,
    "html": html,
    "pdf": pdf,
    "check": check,
}


def run_stage(bench: Bench, name: str, key: str) -> str:
    """Run one stage.

    Raises:
        KgError: If there is no such stage, or the stage finds a mistake.
    """
    if name not in STAGES:
        raise KgError(f"There is no stage «{name}». There is: {', '.join(STAGES)}.")
    return STAGES[name](bench, key)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes())


def _digest(held: Any) -> str:
    text = json.dumps(held, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode("utf-8"))[:16]


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write_json(path: Path, held: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_bytes(text.encode("utf-8"))
