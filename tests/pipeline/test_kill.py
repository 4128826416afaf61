"""`kg fetch`, `register`, `release` and `build`, killed at any moment: old or new, and whole.

Each run is a process of its own, with all that it starts in a group, and the group is killed.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kunnskapsgrunnlag.sources.provenance import provenance_path, read_provenance
from kunnskapsgrunnlag.sources.snapshot import read_snapshot, verify
from tests.checkout import CLEAN, Checkout, path_without_quarto
from tests.fetch.fault_server import Server
from tests.fetch.test_update import FILE, SOURCE, add_year, rents

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes"),
]
# Seconds for the trials of one command, and the least number of them however slow they are.
BUDGET, LEAST = 30, 6
Pair = tuple[bytes, bytes]


def run(checkout: Checkout, command: list[str], kill_after: float | None = None) -> float:
    """Run `kg`; kill it and its children after so many seconds, or see that it ends well."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "kunnskapsgrunnlag", *command],
        cwd=checkout.root,
        env=CLEAN | {"PYTHONPATH": str(checkout.root / "src"), "PATH": path_without_quarto()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    if kill_after is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(kill_after)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    if kill_after is None:
        assert process.returncode == 0, errors.decode()
    return time.monotonic() - begun


def trials(
    checkout: Checkout, command: list[str], again: Callable[[], None], state: Callable[[], str]
) -> Counter[str]:
    """Kill a command at moments spread over all of it; how often the old and the new was there.

    What a kill left half written stays for the next run to meet; the last one is left to end.
    """
    again()
    whole = run(checkout, command)
    assert state() == "new"
    rng = random.Random(20261201)
    seen: Counter[str] = Counter()
    ends = time.monotonic() + BUDGET
    while time.monotonic() < ends or seen.total() < LEAST:
        again()
        run(checkout, command, rng.uniform(0.3 * whole, 1.1 * whole))
        seen[state()] += 1
    again()
    run(checkout, command)
    assert state() == "new"
    return seen


def pair(path: Path) -> Pair:
    return path.read_bytes(), provenance_path(path).read_bytes()


def put(path: Path, content: Pair) -> None:
    for file, text in zip((path, provenance_path(path)), content, strict=True):
        file.write_bytes(text)


def test_a_fetch_leaves_a_whole_pair(scratch: Checkout) -> None:
    table, server = rents(), Server()
    add_year(table)
    table.updated = "2026-12-21T07:00:00Z"
    table.serve(server, "/v2")
    path = scratch.root / "data/raw" / FILE
    old = pair(path)

    def state() -> str:
        """As the build reads it: a provenance that waits beside its content counts."""
        snapshot = read_snapshot(SOURCE, path)
        assert verify(snapshot).registered
        return "old" if snapshot.content == old[0] else "new"

    with server.running():
        # Another name than the owner's: from 05.00 to 08.15 it is not asked.
        scratch.replace(
            "params.yaml",
            "name: Statistisk sentralbyrå\n    url: https://data.ssb.no/api/pxwebapi/v2",
            f"name: Prøve\n    url: {server.url}/v2",
        )
        seen = trials(scratch, ["fetch", SOURCE], lambda: put(path, old), state)
    assert seen["old"], seen
    assert not [*path.parent.glob("*.ny")]


def test_a_registration_is_done_or_not(scratch: Checkout) -> None:
    path = scratch.root / "data/raw/trykt/tabell-30.csv"
    scratch.replace("data/raw/trykt/tabell-30.csv", "2018;801", "2018;843")
    before = pair(path)

    def state() -> str:
        assert path.read_bytes() == before[0]
        history = read_provenance(path).history
        return "new" if history and history[-1].reason == "Rettet" else "old"

    command = ["register", "trykt-tabell-30", "--reason", "Rettet"]
    seen = trials(scratch, command, lambda: put(path, before), state)
    assert seen["old"], seen


def test_a_release_is_a_whole_bundle(scratch: Checkout, tmp_path: Path) -> None:
    """Another commit is another bundle: its statement names it."""
    command = ["release", "--draft", "--offline"]
    top = scratch.root / "build/utgivelse"
    git = ["git", "-c", "user.name=Kari", "-c", "user.email=kari@example.org"]
    subprocess.run([*git, "add", "--all"], cwd=scratch.root, check=True)
    for words in ("Før", "Etter"):
        subprocess.run(
            [*git, "commit", "--quiet", "--allow-empty", "--message", words],
            cwd=scratch.root,
            check=True,
        )
        if words == "Før":
            run(scratch, command)
            shutil.copytree(top, tmp_path / "old")
    (zipped,) = top.glob("*.zip")
    bundles = [scratch.contents(f"build/utgivelse/{zipped.stem}")]

    def again() -> None:
        shutil.copytree(tmp_path / "old", top, dirs_exist_ok=True)

    def state() -> str:
        folder = scratch.contents(f"build/utgivelse/{zipped.stem}")
        names = {path.name for path in top.iterdir()}
        if not folder:  # between two names: both bundles are there, and whole
            assert {f"{zipped.stem}.gammel", f"{zipped.stem}.ny"} <= names
        with zipfile.ZipFile(zipped) as packed:
            assert packed.testzip() is None
        if len(bundles) == 1:  # the first run is left to end
            bundles.append(folder)
        assert folder in (*bundles, {})
        return "old" if folder == bundles[0] else "new"

    seen = trials(scratch, command, again, state)
    assert seen["old"], seen


def test_a_build_has_old_and_new_files_and_none_by_half(scratch: Checkout, tmp_path: Path) -> None:
    scratch.replace("data/raw/trykt/tabell-30.csv", "2018;801", "2018;843")
    run(scratch, ["register", "trykt-tabell-30", "--reason", "Rettet"])
    before = scratch.copy(tmp_path / "before")
    old, whole = made(scratch), run(scratch, ["build"])
    new = made(scratch)
    assert new != old
    rng = random.Random(20261201)
    ends, count = time.monotonic() + BUDGET, 0
    while time.monotonic() < ends or count < LEAST:
        if count % 2 == 0:  # every other one goes on where the one before was killed
            shutil.rmtree(scratch.root)
            before.copy(scratch.root)
        run(scratch, ["build"], rng.uniform(0.1 * whole, whole))
        broken = [n for n, text in made(scratch).items() if text not in (old.get(n), new.get(n))]
        assert broken == []
        count += 1
    run(scratch, ["build"])
    assert made(scratch) == new


def made(checkout: Checkout) -> dict[str, bytes]:
    """What readers and other commands open: numbers, claims, pages and the PDF."""
    files = {f"site/{n}": text for n, text in checkout.contents("build/site").items()}
    for name in ("values.json", "claims.json", "kunnskapsgrunnlag.pdf"):
        path = checkout.root / "build" / name
        files |= {name: path.read_bytes()} if path.is_file() else {}
    return files
