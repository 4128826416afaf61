import os
import socket
import threading
from collections.abc import Iterator

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.pipeline.stage_client import KEY, PORT, attempt, hand_over, stage_main
from kunnskapsgrunnlag.pipeline.stage_server import Worker


def run(name: str, key: str) -> str:
    if name == "feil":
        raise KgError(f"{key}: dette er galt.")
    if name == "krasj":
        raise ZeroDivisionError
    return f"{name} {key} i {threading.current_thread().name}"


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    started: list[str] = []
    with Worker(run, started.append) as listening:
        for name, value in listening.environment.items():
            monkeypatch.setenv(name, value)
        yield listening
    assert started == [job.name for job in listening.jobs]


def test_a_stage_that_is_handed_over_runs_in_the_worker(worker: Worker) -> None:
    answer = hand_over("tidy", "ssb-09895")

    assert answer is not None
    assert answer[0] == 0
    assert answer[1].startswith("tidy ssb-09895 i Thread-")
    assert threading.current_thread().name not in answer[1]


def test_a_mistake_comes_back_as_its_message(worker: Worker) -> None:
    assert hand_over("feil", "tabell-6") == (1, "tabell-6: dette er galt.")


def test_a_crash_comes_back_with_its_traceback(worker: Worker) -> None:
    answer = hand_over("krasj", "")

    assert answer is not None
    assert answer[0] == 2
    assert "Traceback" in answer[1]
    assert "ZeroDivisionError" in answer[1]


def test_the_worker_goes_on_after_a_mistake(worker: Worker) -> None:
    hand_over("feil", "a")

    answer = hand_over("tidy", "b")

    assert answer is not None
    assert answer[0] == 0


def test_the_worker_remembers_its_jobs(worker: Worker) -> None:
    hand_over("tidy", "ssb-09895")
    hand_over("values", "")
    hand_over("feil", "x")

    assert [(job.name, job.code) for job in worker.jobs] == [
        ("tidy@ssb-09895", 0),
        ("values", 0),
        ("feil@x", 1),
    ]
    assert all(job.seconds >= 0 for job in worker.jobs)


def test_without_a_worker_there_is_nobody_to_hand_over_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PORT, raising=False)

    assert hand_over("tidy", "a") is None


def test_a_worker_that_has_gone_home_is_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker(run, lambda _: None) as gone:
        environment = gone.environment
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert hand_over("tidy", "a") is None


def test_every_worker_has_a_key_of_its_own() -> None:
    with Worker(run, lambda _: None) as one, Worker(run, lambda _: None) as other:
        assert one.environment[KEY] != other.environment[KEY]
        assert one.environment[PORT] != other.environment[PORT]


def test_a_stage_ends_with_the_workers_code_and_message(
    worker: Worker, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert stage_main(["feil", "blå"]) == 1

    assert capfdbinary.readouterr() == (b"", "blå: dette er galt.\n".encode())


def test_a_stage_that_went_well_speaks_on_standard_output(
    worker: Worker, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert stage_main(["tidy"]) == 0

    assert capfdbinary.readouterr().out.startswith(b"tidy  i Thread-")


def test_an_attempt_tells_mistakes_from_crashes() -> None:
    assert attempt(run, "feil", "a") == (1, "a: dette er galt.")
    assert attempt(run, "krasj", "")[0] == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_stranger_who_knocks_and_leaves_does_not_stop_the_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listening = Worker(run, lambda _: None)
    listening.__enter__()
    for name, value in listening.environment.items():
        monkeypatch.setenv(name, value)
    socket.create_connection(("127.0.0.1", int(os.environ[PORT]))).close()
    listening._thread.join(timeout=0.5)
    alive = listening._thread.is_alive()

    if alive:
        listening.__exit__()
    else:
        listening._listener.close()
    assert alive
