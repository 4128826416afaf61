import json
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.fetch.pace import Budget, Clock, Rate
from kunnskapsgrunnlag.fetch.provider import ProviderError
from tests.fetch.fault_server import FakeTime

# Takes turns on a shared budget and prints when each call may be made.
CALLER = """
import sys, time
from pathlib import Path
from kunnskapsgrunnlag.fetch.pace import Budget, Rate
budget = Budget("ssb", Rate(3, 0.5), Path(sys.argv[1]))
for _ in range(4):
    budget.take()
    print(time.time(), flush=True)
"""


def budget(folder: Path, held: FakeTime, calls: int = 3, patience: float = 300) -> Budget:
    return Budget("ssb", Rate(calls, 60), folder, held.clock(), patience)


def crowded(times: list[float], calls: int, seconds: float) -> bool:
    """Whether any window holds more calls than it may."""
    ordered = sorted(times)
    return any(b - a < seconds for a, b in zip(ordered, ordered[calls:], strict=False))


def test_calls_within_the_rate_do_not_wait(tmp_path: Path) -> None:
    held = FakeTime()

    assert [budget(tmp_path, held).take() for _ in range(3)] == [0, 0, 0]
    assert held.waits == []


def test_a_call_too_many_waits_for_the_window_to_pass(tmp_path: Path) -> None:
    held = FakeTime()
    for _ in range(3):
        budget(tmp_path, held).take()

    assert budget(tmp_path, held).take() == pytest.approx(60)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.integers(1, 5))
def test_no_window_holds_more_calls_than_the_rate(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[float], calls: int
) -> None:
    folder, held, made = tmp_path_factory.mktemp("pace"), FakeTime(), []
    for gap in gaps:
        held.at += gap
        budget(folder, held, calls, patience=10_000).take()
        made.append(held.at)

    # A microsecond of rounding is no crowd.
    assert not crowded(made, calls, 60 - 1e-5)


def test_two_processes_share_one_budget(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CALLER, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    times = [float(t) for one in running for t in one.communicate(timeout=60)[0].split()]

    assert len(times) == 8
    # A process is woken late, never early, so that a call may lie closer to the one after it.
    assert not crowded(times, 3, 0.5 - 0.2)


def test_threads_share_one_budget(tmp_path: Path) -> None:
    taken: list[float] = []

    def call() -> None:
        shared = Budget("ssb", Rate(2, 60), tmp_path, Clock(lambda: 1000.0, lambda _: None))
        taken.append(shared.take())

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [0, 0, 60, 60, 120, 120]


def test_a_turn_beyond_our_patience_is_refused(tmp_path: Path) -> None:
    held = FakeTime()
    budget(tmp_path, held, calls=1).take()

    with pytest.raises(ProviderError, match=r"ssb: the allowed 1 calls in 60 seconds are taken"):
        budget(tmp_path, held, calls=1, patience=30).take()
    assert held.waits == []


def test_a_pause_keeps_everybody_out_until_it_ends(tmp_path: Path) -> None:
    held = FakeTime()
    budget(tmp_path, held).pause(90)

    assert budget(tmp_path, held).take() == pytest.approx(90)


def test_a_pause_shorter_than_what_is_taken_changes_nothing(tmp_path: Path) -> None:
    held = FakeTime()
    for _ in range(3):
        budget(tmp_path, held).take()
    budget(tmp_path, held).pause(5)

    assert budget(tmp_path, held).take() == pytest.approx(60)


def test_a_pause_is_no_longer_than_our_patience(tmp_path: Path) -> None:
    held = FakeTime()
    budget(tmp_path, held).pause(10**9)

    assert budget(tmp_path, held).take() == pytest.approx(300)


@pytest.mark.parametrize("text", ["", "{", "[1, null]", "[[]]", '"abc"', "\x00", "3", '{"a": 1}'])
def test_a_damaged_file_counts_as_a_full_window(tmp_path: Path, text: str) -> None:
    (tmp_path / "ssb.json").write_text(text, encoding="utf-8")

    assert budget(tmp_path, FakeTime()).take() == pytest.approx(60)
    assert json.loads((tmp_path / "ssb.json").read_text(encoding="utf-8"))


def test_a_clock_set_back_does_not_keep_us_waiting(tmp_path: Path) -> None:
    held = FakeTime()
    for _ in range(3):
        budget(tmp_path, held).take()
    held.at -= 3600

    assert budget(tmp_path, held).take() == 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ProviderError, match=r"ssb\.json: the times of calls must be kept here"):
        budget(tmp_path / "file", FakeTime()).take()


def test_the_file_is_replaced_and_never_half_written(tmp_path: Path) -> None:
    held = FakeTime()
    budget(tmp_path, held).take()
    budget(tmp_path, held).take()

    assert not (tmp_path / "ssb.new").exists()
    assert len(json.loads((tmp_path / "ssb.json").read_text(encoding="utf-8"))) == 2


def test_the_real_clock_is_the_default(tmp_path: Path) -> None:
    shared = Budget("ssb", Rate(1, 0.05), tmp_path)
    times = []
    for _ in range(3):
        shared.take()
        times.append(time.time())

    assert all(b - a >= 0.03 for a, b in pairwise(times))
