"""An end to a call over HTTP, whatever it waits for."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx

from kunnskapsgrunnlag.fetch.decode import PassingError


class Deadline:
    """An end for one call, whatever it waits for: headers that drip escape every other limit."""

    def __init__(self, seconds: float) -> None:
        """Count from now."""
        self._seconds, self._ends = seconds, time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        """Start the clock."""
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the clock."""
        self._timer.cancel()

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """Learn of each connection as it is made."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    def _hang_up(self) -> None:
        for held in self._sockets:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def told(self, where: str) -> Iterator[None]:
        """Say that it was the end that broke the connection.

        Raises:
            PassingError: If it was.
        """
        try:
            yield
        except httpx.HTTPError:
            if time.monotonic() < self._ends:
                raise
            raise PassingError(
                f"{where}: the answer was not complete after {self._seconds:g} seconds."
            ) from None
