"""`kg build`: run the pipeline with one warm process, show its progress and sum it up."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.table import Table

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.pipeline.stage_server import Job, Worker
from kunnskapsgrunnlag.pipeline.stages import BuildContext, run_stage
from kunnskapsgrunnlag.pipeline.written import check_written
from kunnskapsgrunnlag.publish.engines.quarto import choose_engine, engine_of
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.save import settle_interrupted
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.origins import mix_words

FULL = "disken er full. Frigjør plass, og kjør kg build igjen."
LEAST_BYTES = 1_000_000
# What DVC says of what people can mend -> what to do.
DVC_WORDS = {
    r"No space left on device|disk I/O error|disk is full|Errno 122|File too large": FULL,
    r"Read-only file system|Permission denied: '([^']*)'": "DVC får ikke skrive her. Lukk filen "
    "der den er åpen, eller kopier prosjektet til en mappe du kan skrive i.",
    r"Unable to acquire lock|is busy, it is being (?:used|blocked)": "DVC er i gang i denne "
    "mappen. Vent til det er ferdig, og kjør kg build igjen.",
    r"missing data 'source': (\S+)|dependenc\w+:? '([^']+)' does not exist": "en fil mangler. Hent "
    "den tilbake med git restore.",
}


@dataclass(frozen=True)
class BuildOutcome:
    """How a build ended, and what it made."""

    code: int
    report: Report
    jobs: tuple[Job, ...]
    seconds: float
    log: Path

    @property
    def mistakes(self) -> list[str]:
        """What stopped the build: what its stages say, or what DVC says itself."""
        said = [f"{job.name}: {job.message}" for job in self.jobs if job.code]
        if shutil.disk_usage(self.log.parent).free < LEAST_BYTES:
            return [*said, FULL]  # then the log is empty, too
        return said or [dvc_words(self.log.read_text(encoding="utf-8", errors="replace"))]


def build(
    project: Project, console: Console, *, engine: str = "auto", stages: Sequence[str] = ()
) -> BuildOutcome:
    """Bring everything up to date with DVC; stages do their work in this process.

    Args:
        stages: Only these, with what they rest on; empty for all.

    Raises:
        KgError: If the catalogue has a mistake, before any stage has seen it.
    """
    for path in settle_interrupted(project.raw):
        console.print(f"{path.name}: et avbrutt uttrekk er fullført.")
    begun = time.perf_counter()
    check_written(project)
    context = BuildContext(project, runs_ahead=True, makes_site=not stages)
    chosen = choose_engine(engine, context.catalog.engine)
    log = project.build / "log" / "dvc.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if build_stamp.is_untouched(project, chosen):
        log.write_text("Ingenting er endret siden siste bygg.\n", encoding="utf-8")
        return BuildOutcome(0, context.report, (), time.perf_counter() - begun, log)

    Git(project.root).ask("rev-parse", "--git-dir")
    lock = FileLock(log.with_name("bygg.laas"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise KgError("et annet bygg er i gang i denne mappen. Vent til det er ferdig.") from None

    _forget_torn_lock(project)

    def run(name: str, key: str) -> str:
        if name == "sources":
            context.warm_up()
        return run_stage(context, name, key or (chosen if name in ("html", "pdf") else ""))

    status = console.status("Ser etter endringer …")
    with lock, ExitStack() as stack:
        stack.callback(context.close)
        worker = stack.enter_context(
            Worker(
                run,
                lambda label: status.update(f"Kjører {label} …"),
                context.warm_up if _items_may_change(project) else None,
            )
        )
        if console.is_terminal:
            stack.enter_context(status)
        # What git keeps of a build is of the catalogue's engine: the lock of another goes with it.
        if chosen != context.catalog.engine:
            stack.enter_context(_as_it_was(project.root / "dvc.lock"))
        code = _repro(project, worker.environment, log, chosen, stages)
        jobs = tuple(worker.jobs)
    if code == 0 and not stages:
        build_stamp.leave(project, chosen)
    return BuildOutcome(code, context.report, jobs, time.perf_counter() - begun, log)


@contextmanager
def _as_it_was(path: Path) -> Iterator[None]:
    before = path.read_bytes() if path.is_file() else None
    try:
        yield
    finally:
        if before is not None:
            path.write_bytes(before)


def _forget_torn_lock(project: Project) -> None:
    """DVC's list of who reads and writes what, if it was stopped while it wrote that.

    It would refuse to run until somebody removes the file. No other build is at work here.
    """
    path = project.root / ".dvc" / "tmp" / "rwlock"
    try:
        json.loads(path.read_bytes() if path.is_file() else b"{}")
    except ValueError:
        path.unlink(missing_ok=True)


def _items_may_change(project: Project) -> bool:
    """Whether a control sheet will probably run: a hint, so that the kernel can start early."""
    made = project.build / "inputs.json"
    if not made.is_file():
        return True
    watched = [project.raw, project.published, project.root / "src", project.root / "notebooks"]
    files = [project.params, *(path for folder in watched for path in folder.rglob("*.*"))]
    since = made.stat().st_mtime
    return any(path.stat().st_mtime > since and path.suffix != ".pyc" for path in files)


def _repro(
    project: Project, environment: dict[str, str], log: Path, engine: str, stages: Sequence[str]
) -> int:
    """Run `dvc repro`; then again what is still there from another engine."""
    scripts = str(Path(sys.executable).parent)
    path = scripts + os.pathsep + os.environ.get("PATH", "")
    env = os.environ | environment | {"PATH": path, "PYTHONUTF8": "1"}
    with log.open("wb") as file:

        def repro(*arguments: str) -> int:
            return subprocess.run(
                [sys.executable, "-m", "dvc", "repro", *arguments],
                cwd=project.root,
                env=env,
                stdout=file,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                check=False,
            ).returncode

        code = repro(*stages)
        if code == 0 and not stages and engine_of(project) != engine:
            code = repro("--force", "--single-item", "pdf", "html", "check")
    return code


def dvc_words(log: str) -> str:
    """Why DVC itself stopped, in a sentence; the end of its log where we do not know."""
    for form, words in DVC_WORDS.items():
        if found := re.search(form, log):
            return words.format(*found.groups())
    return f"DVC stoppet. Slutten av build/log/dvc.log:\n{log[-2000:]}"


def summary(project: Project, outcome: BuildOutcome, console: Console) -> None:
    """Items with origin, where the outputs lie, how long each kind of stage took."""
    report = outcome.report
    origins: dict[str, list[str]] = {}
    for key, item in report.catalog.items.items():
        result = report.results[key]
        words = mix_words(item, result.values)
        origins.setdefault("blandet" if words else result.origin, []).append(
            f"{key}: {words}" if words else key
        )
    for origin, keys in sorted(origins.items()):
        console.print(f"{origin}: {len(keys)} ({', '.join(keys)})")
    printed = verify.summary(report.comparisons).items()
    console.print(f"Trykte tall: {', '.join(f'{n} {s}' for s, n in printed if n)}")
    _print_claims(report.claims, console)
    for words in report.book.rewrites:
        console.print(f"Må skrives om: {words}", style="red", soft_wrap=True, markup=False)
    for words in report.claims.other_years:
        console.print(words, style="yellow")
    for source, receipt in report.receipts.items():
        if not receipt.registered:
            words = f"{receipt.file} er endret siden registreringen (kg register {source})"
            console.print(words, style="yellow")
        if receipt.origin == "leveranse":
            for words in receipt.left_out:
                console.print(f"  utelatt: {words}")
    _print_times(outcome, console)
    console.print(f"Motor: {engine_of(project)}")
    for name, path in (("HTML:", project.site / "index.html"), ("PDF: ", project.pdf)):
        relative = path.relative_to(project.root).as_posix()
        console.print(f"{name} {relative}")


def _print_claims(results: ClaimResults, console: Console) -> None:
    """How many claims were tested against what, and each that no longer holds, with its place."""
    false = results.false
    console.print(f"Påstander: {results.counted()}; {len(false)} holder ikke")
    for claim in false.values():
        for place in claim.places:
            words = f"{place.file}:{place.line}: {claim.words} {claim.because}"
            console.print(words, style="red")


def _print_times(outcome: BuildOutcome, console: Console) -> None:
    if not outcome.jobs:
        console.print(f"Ingenting var endret ({outcome.seconds:.1f} s).")
        return
    table = Table("Trinn", "Antall", "Sekunder", box=None)
    kinds = dict.fromkeys(job.name.partition("@")[0] for job in outcome.jobs)
    for kind in kinds:
        jobs = [job for job in outcome.jobs if job.name.partition("@")[0] == kind]
        table.add_row(kind, str(len(jobs)), f"{sum(job.seconds for job in jobs):.1f}")
    table.add_row("i alt, med DVC", str(len(outcome.jobs)), f"{outcome.seconds:.1f}")
    console.print(table)
