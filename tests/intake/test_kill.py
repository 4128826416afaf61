"""`kg receive` killed at any moment: files, catalogue and git are old or new, and on it goes."""

import contextlib
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.steps import Step, finish_interrupted
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.snapshot import verify
from tests.checkout import CLEAN, Checkout
from tests.cli.test_receive import FACTS, log, status
from tests.cli.test_review import commit, sit_down
from tests.pipeline.test_kill import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes"),
]
# Seconds for the kills of what is saved, and for those of the whole command.
BUDGET, WHOLE_BUDGET, LEAST = 60, 30, 3
SOURCE = "levering-tabell-14"
MESSAGE = "Tabell 14 for 2025 mottatt"
# What the command does once it is answered yes, without the build.
TAKE = """
import pickle, sys
from pathlib import Path
from kunnskapsgrunnlag.base.steps import take
step = pickle.loads(Path(sys.argv[1]).read_bytes())
print("ready", flush=True)
take(Path.cwd(), step)
"""


@pytest.fixture
def desk(scratch: Checkout) -> Checkout:
    commit(scratch)
    sit_down(scratch, "Mottaker")
    return scratch


@pytest.fixture
def command(desk: Checkout, tmp_path: Path) -> list[str]:
    text = (desk.root / "data/raw/estimat/tabell-14.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "Fra SSB.csv"
    path.write_text(text.replace("Stovner;10,9", "Stovner;11,3"), encoding="utf-8")
    return ["receive", str(path), "--periode", "2025", "--ja", *FACTS]


def back(desk: Checkout, start: str) -> None:
    """The checkout as it was; what a kill left among git's own files has been dealt with."""
    git = Git(desk.root)
    git.ask("reset", "--quiet", "--hard", start)
    git.ask("clean", "--quiet", "-fd")


def state(desk: Checkout, start: str, files: dict[str, bytes | None]) -> str:
    """Old or new, after the next command has begun: never a mixture."""
    finish_interrupted(desk.root)
    is_new = Git(desk.root).head() != start
    assert log(desk)[0] == (MESSAGE if is_new else "endring")
    assert status(desk).replace(" M dvc.lock\n", "") == ""
    assert (
        subprocess.run(["git", "fsck", "--strict"], cwd=desk.root, capture_output=True).returncode
        == 0
    )
    for name, content in files.items():
        now = (desk.root / name).read_bytes() if (desk.root / name).is_file() else None
        assert now == (content if is_new else Git(desk.root).content(start, name)), name
    catalog = read_catalog(desk.root / "params.yaml")
    source = open_source(
        Project(desk.root), "levering-tabell-14", catalog.source("levering-tabell-14")
    )
    assert verify(source).registered
    assert (source.path.parent.name == "leveranser") is is_new
    return "new" if is_new else "old"


def step_of(desk: Checkout, command: list[str], monkeypatch: pytest.MonkeyPatch) -> Step:
    """What the command would save."""
    steps: list[Step] = []
    with monkeypatch.context() as patch:
        patch.setattr("kunnskapsgrunnlag.cli.receive.take_step", lambda _, step: steps.append(step))
        done = desk.kg(*command)
    assert done.code == 0, done.words
    return steps[0]


def test_what_is_received_is_saved_whole_or_not_at_all(
    desk: Checkout, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, start = step_of(desk, command, monkeypatch), Git(desk.root).head()
    waiting = tmp_path / "step"
    waiting.write_bytes(pickle.dumps(step))

    def trial(kill_after: float | None, *, with_git: bool) -> float:
        """Save the step, and kill it after so many seconds, git too or left to end; how long."""
        process = subprocess.Popen(
            [sys.executable, "-c", TAKE, str(waiting)],
            cwd=desk.root,
            env=CLEAN | {"PYTHONPATH": str(desk.root / "src")},
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        begun = time.monotonic()
        if kill_after is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(kill_after)
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if with_git else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        return time.monotonic() - begun

    whole = trial(None, with_git=False)
    assert state(desk, start, step.files) == "new"
    rng, seen = random.Random(20261201), Counter[str]()
    ends = time.monotonic() + BUDGET
    while time.monotonic() < ends:
        back(desk, start)
        trial(rng.uniform(0, 1.1 * whole), with_git=rng.random() < 0.3)
        seen[state(desk, start, step.files)] += 1
    # The moments were spread over all of it.
    assert min(seen["old"], seen["new"]) > 0, seen
    back(desk, start)
    run(desk, command)
    assert state(desk, start, {n: c for n, c in step.files.items() if n != "dvc.lock"}) == "new"


def test_a_receipt_that_is_killed_is_as_before_or_finished_by_the_next_command(
    desk: Checkout, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    step, start = step_of(desk, command, monkeypatch), Git(desk.root).head()
    whole = run(desk, command)
    assert state(desk, start, step.files) == "new"
    rng, seen = random.Random(20261201), Counter[str]()
    ends = time.monotonic() + WHOLE_BUDGET
    while time.monotonic() < ends or seen.total() < LEAST:
        back(desk, start)
        run(desk, command, rng.uniform(0.1 * whole, 1.1 * whole))
        seen[state(desk, start, step.files)] += 1
    run(desk, ["angre", "--ja"] if state(desk, start, step.files) == "new" else command)
