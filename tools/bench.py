"""`make bench`: how long the build takes, as ratios to a plain project timed in the same run.

bench_plain.py makes the plain project in a temporary folder; beside it lies a clone of the last
commit. Nothing of the checkout's build is touched, and what has no commit is not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KG = (sys.executable, "-m", "kunnskapsgrunnlag")
BUILD = (*KG, "build", "--quiet")
MAKE_PLAIN_PROJECT = (sys.executable, str(ROOT / "tools" / "bench_plain.py"))
DVC_REPRO = (sys.executable, "-m", "dvc", "repro", "-q")


@dataclass(frozen=True)
class Timing:
    """Seconds of one command: wall time, and CPU time of all processes that were waited for."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Target:
    """The figure to reach: a share of the plain project's cold run, or seconds."""

    ratio: float | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        if self.ratio is not None:
            return f"{self.ratio:.2f}" if self.ratio >= 0.01 else f"{self.ratio}"
        return "-" if self.seconds is None else f"{self.seconds} s"


@dataclass(frozen=True)
class Case:
    """A change to the clone, and the command that is timed after it."""

    name: str
    change: Callable[[Path, int], None]
    target: Target
    command: tuple[str, ...] = BUILD


def clone_checkout(root: Path) -> None:
    """The last commit, as after `git clone`: no build and an empty DVC cache."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)


def change_nothing(root: Path, run: int) -> None:
    """No change."""


def change_delivery(root: Path, run: int) -> None:
    """One number of one delivery becomes another, a new one each time."""
    path = root / "data" / "raw" / "trykt" / "tabell-30.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] = f"2020;{700 + run}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def change_sentence(root: Path, run: int) -> None:
    """One sentence more at the end of a chapter."""
    path = root / "chapters" / "kapittel-6.md"
    text = path.read_text(encoding="utf-8") + f"\nEn setning til, den {'x' * (run + 1)}.\n"
    path.write_text(text, encoding="utf-8", newline="\n")


CASES = [
    Case("nothing changed", change_nothing, Target(seconds=0.5)),
    Case("one delivery changed", change_delivery, Target(ratio=0.06)),
    Case("one sentence changed", change_sentence, Target(ratio=0.04)),
    Case("PDF alone", change_nothing, Target(), (*KG, "stage", "pdf")),
]


def environment(root: Path) -> dict[str, str]:
    """Run the code of the clone, with the tools of this environment and a DVC cache of its own.

    Without the shell's settings of Python: PYTHONDONTWRITEBYTECODE compiles the clone's code anew
    in every process.
    """
    settings = ("KG_", "PYTHON", "DVC_")
    variables = {name: text for name, text in os.environ.items() if not name.startswith(settings)}
    return variables | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONPATH": str(root / "src"),
        "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(root.with_name(f"{root.name}-site-cache")),
    }


def read_cpu_clock() -> float:
    """CPU seconds of all processes waited for until now; Windows does not count them."""
    times = os.times()
    return times.children_user + times.children_system


def time_command(command: tuple[str, ...], root: Path) -> Timing:
    """Run a command to its end; exit with its output if it fails."""
    variables = environment(root)
    cpu, wall = read_cpu_clock(), time.perf_counter()
    done = subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True)
    timing = Timing(time.perf_counter() - wall, read_cpu_clock() - cpu)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return timing


def time_cold(folder: Path) -> tuple[Timing, Timing]:
    """Both projects from nothing, in turn: the plain one, and ours in the folder's `ours`."""
    subprocess.run([*MAKE_PLAIN_PROJECT, str(folder / "plain")], check=True)
    plain = time_command(DVC_REPRO, folder / "plain")
    clone_checkout(folder / "ours")
    return plain, time_command(BUILD, folder / "ours")


def time_case(root: Path, case: Case, runs: int) -> list[Timing]:
    """All runs of a case, one after the other."""
    timings = []
    for run in range(runs):
        case.change(root, run)
        timings.append(time_command(case.command, root))
    return timings


def warm_up() -> None:
    """Read from disk what both projects import, so that the first to run does not pay for it."""
    libraries = "import dvc.repo, ipykernel.kernelapp, matplotlib.pyplot, pandas, papermill.cli"
    subprocess.run([sys.executable, "-c", libraries], check=True)


HEADING = " " * 22 + "    min s median s    CPU s   ratio  of CPU  target  runs"


def format_row(name: str, target: Target, timings: list[Timing], plain: list[Timing]) -> str:
    """Seconds, and the medians as ratios to the plain project's; OVER where a target is missed."""
    walls = [timing.wall for timing in timings]
    wall, cpu = statistics.median(walls), statistics.median(timing.cpu for timing in timings)
    ratio = wall / statistics.median(timing.wall for timing in plain)
    cpu_of_plain = statistics.median(timing.cpu for timing in plain)
    cpu_ratio = f"{cpu / cpu_of_plain:.3f}" if cpu_of_plain else "-"
    is_over = (target.ratio is not None and ratio > target.ratio) or (
        target.seconds is not None and wall > target.seconds
    )
    return (
        f"{name:22}{min(walls):9.2f}{wall:9.2f}{cpu:9.2f}{ratio:8.3f}{cpu_ratio:>8}"
        f"{target!s:>8}{len(walls):6}{'  OVER' if is_over else ''}"
    )


# How many areas profiles are made of, to see what a further one costs.
AREAS = (15, 98, 357)
FURTHER_PROFILE = Target(ratio=0.004)


def profile_rows(root: Path, plain: list[Timing]) -> Iterator[str]:
    """What profiles cost by the number of areas, and a further one's share of the plain project."""
    yield "areas     CPU s   wall s   MB before   MB after   MB written"
    made = []
    for count in AREAS:
        with tempfile.TemporaryDirectory() as target:
            command = (sys.executable, str(ROOT / "tools/bench_profiles.py"), str(count), target)
            done = subprocess.run(
                command, cwd=root, env=environment(root), capture_output=True, text=True, check=True
            )
        line = json.loads(done.stdout)
        made.append(line["cpu_numbers"] + line["cpu_files"])
        yield (
            f"{count:5}{made[-1]:10.2f}{line['wall']:9.2f}{line['megabytes_before']:12}"
            f"{line['megabytes_after']:11}{line['megabytes_written']:13}"
        )
    further = (made[-1] - made[0]) / (AREAS[-1] - AREAS[0])
    ratio = further / statistics.median(timing.cpu for timing in plain)
    yield f"a further profile: {further:.3f} CPU s, {ratio:.4f} (target {FURTHER_PROFILE})"


def machine() -> str:
    """Cores, and the load of the last minute where the platform tells it."""
    if sys.platform == "win32":
        return f"{os.cpu_count()} cores"
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def measure(folder: Path, runs: int) -> Iterator[str]:
    """The lines of the table as they are ready; the small cases run in the last clone."""
    yield f"before: {machine()}"
    warm_up()
    pairs = [time_cold(folder / str(run)) for run in range(runs)]
    plain, ours = [timing for timing, _ in pairs], [timing for _, timing in pairs]
    yield HEADING
    yield format_row("plain project, cold", Target(), plain, plain)
    yield format_row("cold build", Target(ratio=0.25), ours, plain)
    for case in CASES:
        timings = time_case(folder / str(runs - 1) / "ours", case, 3 * runs)
        yield format_row(case.name, case.target, timings, plain)
    yield from profile_rows(folder / str(runs - 1) / "ours", plain)
    yield f"after: {machine()}"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    text = (
        "cold runs of both projects in turn (default 1); the other cases run three times as often"
    )
    parser.add_argument("--runs", type=int, default=1, help=text)
    runs = max(1, parser.parse_args().runs)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for row in measure(Path(folder), runs):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
