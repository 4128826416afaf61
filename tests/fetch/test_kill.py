"""`kg fetch` killed at a random moment: each snapshot is the old pair or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import IO

import pytest

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.fetch.dispatch import Connections
from kunnskapsgrunnlag.fetch.update import Updater
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.snapshot import verify
from tests.conftest import ROOT
from tests.fetch.fault_server import FakeTime, Server
from tests.fetch.recordings import Recorded
from tests.fetch.test_recorded import OSLO, with_next_year

TRIALS = 200
KEYS = ("oslo-sosialhjelp", "oslo-bef005")
# Everything is loaded once; each fetch is a fork of it, killed from outside.
NURSERY = """
import os, sys
from tests.fetch.test_kill import catalog_at, fetch_all
root, url = sys.argv[1:]
catalog = catalog_at(url)
fetch_all(root + "/warm", catalog)
for _ in sys.stdin:
    pid = os.fork()
    if not pid:
        fetch_all(root + "/here", catalog)
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""


def catalog_at(url: str) -> Catalog:
    catalog = read_catalog(ROOT / "params.yaml")
    oslo = catalog.providers["oslo"]
    catalog.providers["oslo"] = oslo.model_copy(update={"url": f"{url}/oslo"})
    return catalog


def fetch_all(root: str, catalog: Catalog) -> None:
    with Connections(catalog.providers, clock=FakeTime().clock()) as lines:
        updater = Updater(
            Project(Path(root)), catalog, "2026-12-01", lines.retrieve, lambda *_: None
        )
        results = updater.run(KEYS, lambda _: None)
    assert [result.state for result in results] == ["endret"] * len(KEYS), results


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no fork on Windows")
def test_a_kill_at_any_moment_leaves_whole_pairs(tmp_path: Path) -> None:
    server = Server()
    for name in (OSLO[key] for key in KEYS):
        table = Recorded.of(name)
        with_next_year(table)
        table.serve_old(server, "/oslo")
    catalog = catalog_at(server.url)
    before = tmp_path / "before"
    shutil.copytree(ROOT / "data/raw", before / "data/raw")
    for name in ("warm", "here"):
        shutil.copytree(before, tmp_path / name)
    with server.running():
        command = [sys.executable, "-c", NURSERY, str(tmp_path), server.url]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as nursery:
            assert nursery.stdin
            assert nursery.stdout
            whole = trial(tmp_path, nursery.stdin, nursery.stdout, None)
            rng = random.Random(20261201)
            ends: Counter[str] = Counter()
            for _ in range(TRIALS):
                trial(tmp_path, nursery.stdin, nursery.stdout, rng.uniform(0, whole * 1.1))
                ends.update(pairs(tmp_path, catalog))
            nursery.stdin.close()
    # The moments were spread over all of it: some before a snapshot was saved, some after.
    assert min(ends["old"], ends["new"]) > TRIALS * len(KEYS) // 10, ends


def trial(root: Path, asking: IO[str], telling: IO[str], delay: float | None) -> float:
    """Fetch into the old snapshots, and kill it after so many seconds; how long it took.

    What a kill left half written stays, for the next fetch to meet.
    """
    for old in (root / "before").rglob("oslo/*/*"):
        shutil.copyfile(old, root / "here" / old.relative_to(root / "before"))
    begun = time.perf_counter()
    asking.write("go\n")
    asking.flush()
    pid = int(telling.readline())
    if delay is not None:
        # A pause of its own, since the child is not ours to wait for.
        threading.Event().wait(delay)
        # It may have ended before.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert telling.readline() == "ended\n"
    return time.perf_counter() - begun


def pairs(root: Path, catalog: Catalog) -> list[str]:
    """Old or new, of each source, as the build would read it."""
    found = []
    for key in KEYS:
        snapshot = open_source(Project(root / "here"), key, catalog.source(key))
        assert verify(snapshot).registered
        name = catalog.live[key].file
        sides = {
            side: (root / folder / "data/raw" / name).read_bytes()
            for side, folder in (("old", "before"), ("new", "warm"))
        }
        (side,) = [side for side, content in sides.items() if content == snapshot.content]
        found.append(side)
    return found
