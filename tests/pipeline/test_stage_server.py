import os
import socket
import threading
from collections.abc import Iterator

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.pipeline.stage_client import KEY, PORT, hand_over, stage_main
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


def test_stages_run_in_the_worker_which_goes_on_after_a_mistake_and_a_crash(worker: Worker) -> None:
    code, words = hand_over("tidy", "ssb-09895") or (9, "")
    assert (code, words.startswith("tidy ssb-09895 i Thread-")) == (0, True)
    assert hand_over("feil", "tabell-6") == (1, "tabell-6: dette er galt.")
    code, words = hand_over("krasj", "") or (9, "")
    assert (code, "Traceback" in words, "ZeroDivisionError" in words) == (2, True, True)
    assert (hand_over("values", "") or (9, ""))[0] == 0
    jobs = [("tidy@ssb-09895", 0), ("feil@tabell-6", 1), ("krasj", 2), ("values", 0)]
    assert [(job.name, job.code) for job in worker.jobs] == jobs
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
    assert stage_main(["tidy"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"tidy  i Thread-")


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
