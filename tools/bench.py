"""`make bench`: how long the build takes, each case as the median of several runs.

Works in a copy of the checkout, so that nothing of the user's build is touched.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KG = [sys.executable, "-m", "kunnskapsgrunnlag"]


@dataclass(frozen=True)
class Case:
    """What is measured: name, limit in seconds on two cores, how often, and what precedes it."""

    name: str
    limit: float
    runs: int
    before: Callable[[Path, int], None]
    command: tuple[str, ...] = ("build", "--quiet")


def copy_checkout(target: Path) -> Path:
    """The tracked files (as they are now) in a git checkout of their own."""
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    return target


def nothing(root: Path, run: int) -> None:
    """No change."""


def cold(root: Path, run: int) -> None:
    """As after a fresh clone."""
    shutil.rmtree(root / "build", ignore_errors=True)
    shutil.rmtree(root / ".dvc" / "cache", ignore_errors=True)
    shutil.rmtree(root / ".dvc" / "tmp", ignore_errors=True)


def delivery(root: Path, run: int) -> None:
    """One number of one delivery becomes another, a new one each time."""
    path = root / "data" / "raw" / "trykt" / "tabell-30.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] = f"2020;{700 + run}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def sentence(root: Path, run: int) -> None:
    """One sentence more at the end of a chapter."""
    path = root / "chapters" / "kapittel-6.md"
    text = path.read_text(encoding="utf-8") + f"\nEn setning til, den {'x' * (run + 1)}.\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def run_case(root: Path, case: Case) -> list[float]:
    """The times of all runs of a case."""
    times = []
    for run in range(case.runs):
        case.before(root, run)
        begun = time.perf_counter()
        done = subprocess.run([*KG, *case.command], cwd=root, capture_output=True, text=True)
        times.append(time.perf_counter() - begun)
        if done.returncode:
            sys.exit(f"{case.name}: {done.stdout}{done.stderr}")
    return times


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs per case (cold: at most 3)")
    runs = parser.parse_args().runs
    cases = [
        Case("cold full build", 60, min(3, runs), cold),
        Case("nothing changed", 1.5, runs, nothing),
        Case("one delivery changed", 8, runs, delivery),
        Case("one sentence changed", 5, runs, sentence),
        Case("PDF alone", 5, runs, nothing, ("stage", "pdf")),
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = copy_checkout(Path(folder))
        write = sys.stdout.write
        write(f"{'case':24}{'median':>9}{'min':>8}{'max':>8}{'limit':>8}  runs\n")
        for case in cases:
            times = run_case(root, case)
            median = statistics.median(times)
            verdict = "" if median <= case.limit else "  OVER"
            write(
                f"{case.name:24}{median:8.2f}s{min(times):7.2f}s{max(times):7.2f}s"
                f"{case.limit:7.1f}s  {len(times)}{verdict}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
