"""What a delivery will change, found by trying it out in a copy: the checkout is left alone."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.base.steps import Files, Step
from kunnskapsgrunnlag.book.claim_results import ClaimResult
from kunnskapsgrunnlag.catalog.periods import Period, asked_period, read_period, source_period
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.declared import Declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.plan import waits_for
from kunnskapsgrunnlag.editions.published import from_build
from kunnskapsgrunnlag.intake.adjust import Renewal, asked_anew, called, edited, renewed
from kunnskapsgrunnlag.intake.facts import check_new, check_period, message_of, provenance_of
from kunnskapsgrunnlag.intake.recognise import Arrival
from kunnskapsgrunnlag.pipeline.sheet import ControlSheet
from kunnskapsgrunnlag.pipeline.stages import BuildContext, run_stage
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.locate import ENDINGS
from kunnskapsgrunnlag.sources.receipt import Receipt, read_receipt
from kunnskapsgrunnlag.sources.save import dumped
from kunnskapsgrunnlag.sources.snapshot import fulfilled
from kunnskapsgrunnlag.store.carried_forward import still_old
from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.store.formulas import LackingError
from kunnskapsgrunnlag.store.values import item_values
from kunnskapsgrunnlag.tidy import reading
from kunnskapsgrunnlag.tidy.plausibility import accept_cell
from kunnskapsgrunnlag.tidy.read_all import read_sources
from kunnskapsgrunnlag.tidy.table import traced

# What is read of a checkout to try something out; the rest is made.
COPIED = ("params.yaml", "data", "chapters", "index.md", "assets/fonts")


@dataclass(frozen=True)
class Accepted:
    """A number of a delivery that a person vouches for although a check stops it."""

    cell: str
    reason: str


@dataclass(frozen=True)
class Proposal:
    """What is to be done, and what follows from it.

    Attributes:
        renewals: Item -> what becomes of its entry; items that only get other numbers too.
        diff: The numbers and statements of the edition against those that it would have.
        false: Statements that would no longer hold.
        rewrites: The sentences that the numbers move on from, a line each with file and line.
    """

    step: Step
    renewals: Mapping[str, Renewal]
    diff: EditionDiff
    false: Sequence[ClaimResult]
    rewrites: Sequence[str]

    @property
    def mixed(self) -> dict[str, Renewal]:
        """The items that would show numbers of different periods side by side."""
        return {key: renewal for key, renewal in self.renewals.items() if renewal.late}


def propose(
    report: Report,
    arrivals: Mapping[str, tuple[Arrival, Mapping[str, str]]],
    today: date,
    accepted: Accepted | None = None,
) -> Proposal:
    """Try deliveries out in a copy of the checkout, with every check that a build makes.

    Args:
        arrivals: Source -> the file that has come, and what is known of it.

    Raises:
        KgError: If one of the files, or an item that is made of it, is refused.
    """
    for arrival, facts in arrivals.values():
        check_period(report, arrival, facts)
        if accepted is None:
            check_new(report, arrival, facts)
    files = _placed(report, arrivals, today)
    with _copy(report) as trial:
        _write(trial, files)
        if accepted:
            (source,) = arrivals
            read = reading(trial, report.catalog)
            accept_cell(report.catalog, read, source, accepted.cell, accepted.reason)
            kept = [name for name, content in files.items() if content is not None]
            files |= {name: (trial.root / name).read_bytes() for name in kept}
        read_sources(trial, report.catalog)
        touched = [
            key
            for key, item in report.catalog.items.items()
            if not arrivals.keys().isdisjoint(item.inputs.values())
        ]
        renewals = {}
        for key in touched:
            with named_item(report, key, arrivals.keys()):
                renewals[key] = _renewal(report, trial, key, arrivals.keys())
        catalog = _with_renewals(report, trial, renewals)
        for key in touched:
            with named_item(report, key, arrivals.keys()):
                _compute(report, trial, catalog, key, arrivals.keys())
        renewals = _without_idle_marks(report, trial, renewals)
        text = _with_renewals_text(report, renewals)
        if text is not None:
            files["params.yaml"] = text
            _write(trial, {"params.yaml": text})
        outcome = Report(trial, _judged(trial))
        outcome.book.check(lints=True)
        false, before = outcome.claims.false, {*report.claims.false}
        now, then = (from_build(one, with_claims=False) for one in (report, outcome))
        return Proposal(
            Step(message_of(report, {s: f["period"] for s, (_, f) in arrivals.items()}), files),
            renewals,
            compare(now, then, Declared(), {}),
            [claim for name, claim in false.items() if name not in before],
            outcome.book.rewrites,
        )


def _placed(
    report: Report, arrivals: Mapping[str, tuple[Arrival, Mapping[str, str]]], today: date
) -> Files:
    """Each file in its place with its provenance; what another ending had there goes."""
    files: Files = {}
    folder = report.project.deliveries.relative_to(report.project.root).as_posix()
    for source, (arrival, facts) in arrivals.items():
        name = f"{folder}/{report.catalog.sources[source].delivery}"
        for ending in ENDINGS:
            for old in (f"{name}{ending}", f"{name}{ending}.source.yaml"):
                if (report.project.root / old).is_file():
                    files[old] = None
        target = f"{name}{arrival.path.suffix.lower()}"
        files[target] = arrival.content
        files[f"{target}.source.yaml"] = dumped(provenance_of(report, arrival, facts, today))
    return files


@contextmanager
def _copy(report: Report) -> Iterator[Project]:
    """A copy of what people write and of what the items came to; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kg-", ignore_cleanup_errors=True) as folder:
        trial = Project(Path(folder))
        for name in COPIED:
            source, target = report.project.root / name, trial.root / name
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        for key in report.catalog.items:
            made = report.project.item(key) / f"{key}.json"
            write_bytes(trial.item(key) / made.name, made.read_bytes())
        yield trial


def _write(trial: Project, files: Files) -> None:
    for name, content in files.items():
        if content is None:
            (trial.root / name).unlink(missing_ok=True)
        else:
            write_bytes(trial.root / name, content)


def _renewal(report: Report, trial: Project, key: str, come: Any) -> Renewal:
    """What becomes of an item's entry, by the periods of its sources as they are in the trial."""
    catalog, item = report.catalog, report.catalog.items[key]
    receipts = {source: read_receipt(trial.receipt(source)) for source in item.inputs.values()}
    tables = _tables(trial, item.inputs)
    before = {source: report.receipts[source] for source in item.inputs.values()}
    old = _taken(catalog, key, before, _tables(report.project, item.inputs), item.settings)
    taken = partial(_taken, catalog, key, receipts, tables)
    new = [name for name, source in item.inputs.items() if source in come and name in old]
    settings = asked_anew(item, taken, old, new)
    periods = taken(settings)
    words = {}
    for name in new:
        source = item.inputs[name]
        words[name] = (
            _words(before[source], old[name]),
            _words(receipts[source], periods[name]),
        )
    sheet = ControlSheet(trial, catalog, key)
    table = ordered(sheet.module.compute(**tables, **settings), item)
    values = item_values(key, item, table, receipts)

    def names(name: str) -> str:
        source = item.inputs[name]
        return called(item, values, source, receipts[source].title.partition(",")[0])

    renewal = renewed(item, settings, periods, taken({}), words, names)
    if renewal.carried:
        here = {s for s in item.inputs.values() if receipts[s].origin in ("offisiell", "leveranse")}
        waits = waits_for(catalog, item, here)
        carried = renewal.carried.model_copy(update={"waits": waits})
        renewal = replace(renewal, carried=carried)
    return renewal


def _words(receipt: Receipt, period: Period) -> str:
    """The period of a source as its owner wrote it, or its years."""
    stated = read_period(receipt.period)
    is_whole = stated is not None and stated.years == period.years
    return receipt.period if is_whole else str(period)


def _tables(project: Project, inputs: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    return {name: traced(pd.read_parquet(project.tidy(source))) for name, source in inputs.items()}


def _taken(
    catalog: Catalog,
    key: str,
    receipts: Mapping[str, Receipt],
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
) -> dict[str, Period]:
    """Parameter of an item -> what is taken of its source when it is asked with these settings."""
    asked = asked_period(settings)
    taken = {}
    for name, source in catalog.items[key].inputs.items():
        entry, own = catalog.sources[source], receipts[source]
        period = source_period(source, entry, own.file, own.period, tables[name], asked)
        if period is not None:
            taken[name] = period
    return taken


def _with_renewals_text(report: Report, renewals: Mapping[str, Renewal]) -> bytes | None:
    text = report.project.params.read_bytes().decode("utf-8")
    new = edited(text, report.catalog, renewals)
    return new.encode("utf-8") if new != text else None


def _with_renewals(report: Report, trial: Project, renewals: Mapping[str, Renewal]) -> Catalog:
    """The catalogue as it will be, read from the text that will be written."""
    text = _with_renewals_text(report, renewals)
    if text is not None:
        write_bytes(trial.params, text)
    return read_catalog(trial.params)


def _compute(report: Report, trial: Project, catalog: Catalog, key: str, come: Any) -> None:
    """Run an item's control sheet in the trial, drawing and all."""
    sheet = ControlSheet(trial, catalog, key)
    sheet.write(sheet.compute(sheet.tables()))
    used = set(report.results[key].sources) & set(come)
    if lost := used - set(sheet.used):
        label = catalog.items[key].label
        raise KgError(
            f"{label} viser ingen av tallene fra {catalog.sources[min(lost)].delivery}: se på "
            f"årene under «settings» for {key} i params.yaml. Ingenting er endret."
        )
    shutil.rmtree(trial.item(key))
    trial.executed(key).rename(trial.item(key))


def _without_idle_marks(
    report: Report, trial: Project, renewals: Mapping[str, Renewal]
) -> dict[str, Renewal]:
    """No item is marked as carried over once nothing in it is of that time."""
    results = Report(trial, read_catalog(trial.params)).results
    return {
        key: renewal
        if still_old(renewal.of(report.catalog.items[key]), results[key])
        else replace(renewal, carried=None)
        for key, renewal in renewals.items()
    }


class RefusedError(KgError):
    """Deliveries that cannot be taken in.

    Attributes:
        sources: Those that the trouble is of.
    """

    def __init__(self, words: str, sources: set[str]) -> None:
        super().__init__(words)
        self.sources = sources


@contextmanager
def named_item(report: Report, key: str, come: Set[str]) -> Iterator[None]:
    """An error of an item that cannot be made, with what could be fetched first."""
    try:
        yield
    except KgError as problem:
        item, catalog = report.catalog.items[key], report.catalog
        inputs = dict.fromkeys(item.inputs.values())
        old = [s for s in inputs if s in catalog.live and not _is_fetched(report, s)]
        hint = f" Hent nye tall først: kg fetch {' '.join(old)}." if old else ""
        words = str(problem)
        if isinstance(problem, LackingError):
            words = _lacking(report, [*inputs], problem)
        raise RefusedError(
            f"{item.label} kan ikke lages av det som er kommet. {words}{hint}", {*inputs} & come
        ) from None


def _is_fetched(report: Report, source: str) -> bool:
    return fulfilled(report.project, source, report.catalog.live[source])


def _lacking(report: Report, sources: list[str], problem: LackingError) -> str:
    """What a table lacks, in the words that the team knows it by."""
    words = {key: region.name for key, region in BY_KEY.items()}
    for source in sources:
        for column in (report.catalog.sources[source].columns or {}).values():
            words |= column.values or {}
    has = [s for s in sources if problem.measure in pd.read_parquet(report.project.tidy(s))]
    titles = listed(f"«{report.receipts[source].title}»" for source in has or sources)
    row = ", ".join(words.get(key, str(key)) for key in problem.row.values())
    return f"{titles} har ikke tall for {row}."


def _judged(trial: Project) -> Catalog:
    """The trial's catalogue, once its claims have been judged."""
    context = BuildContext(trial)
    try:
        run_stage(context, "values", "")
        run_stage(context, "claims", "")
    finally:
        context.close()
    return context.catalog
