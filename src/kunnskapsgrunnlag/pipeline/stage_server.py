"""One warm process for all stages of a build.

`kg build` listens on a loopback port; each `kg stage …` that DVC starts hands its work over and
waits. So Python's imports and the notebook kernel are paid for once and not in fifty processes.
Without a listener (plain `dvc repro`) a stage does its work itself.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import Self

from kunnskapsgrunnlag.pipeline.stage_client import KEY, PORT, attempt


@dataclass
class Job:
    """A stage that was handed over: what, how long, and how it ended."""

    name: str
    seconds: float
    code: int
    message: str


@dataclass
class Worker:
    """Runs stages in one thread, in the order in which they come."""

    run: Callable[[str, str], str]
    started: Callable[[str], None]
    # Done in the worker's thread before the first job, while DVC is still starting.
    prepare: Callable[[], None] | None = None
    jobs: list[Job] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._key = secrets.token_bytes(32)
        self._listener = Listener(("127.0.0.1", 0), authkey=self._key)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop to listen; the job at hand is finished first."""
        port = self._listener.address[1]
        try:
            with Client(("127.0.0.1", port), authkey=self._key) as connection:
                connection.send(None)
        except OSError:
            pass  # the thread has ended already
        self._thread.join(timeout=30)
        self._listener.close()

    @property
    def environment(self) -> dict[str, str]:
        return {PORT: str(self._listener.address[1]), KEY: self._key.hex()}

    def _serve(self) -> None:
        if self.prepare:
            self.prepare()
        while True:
            try:
                with self._listener.accept() as connection:
                    asked = connection.recv()
                    if asked is None:
                        return
                    self._answer(connection, *asked)
            except (EOFError, OSError, AuthenticationError):
                # Someone knocked and left, or had another key: the next one is served all the same.
                continue

    def _answer(self, connection: Connection, name: str, key: str) -> None:
        label = f"{name}@{key}" if key else name
        self.started(label)
        begun = time.perf_counter()
        code, message = attempt(self.run, name, key)
        self.jobs.append(Job(label, time.perf_counter() - begun, code, message))
        connection.send((code, message))
