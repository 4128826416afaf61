"""The Qlik Engine: JSON-RPC over a websocket, one call at a time, each bounded in time.

The protocol is Qlik's own, published one. Evidenced on Husbanken's app by others' live use: the
address, `OpenDoc`, `GetAppLayout`, `GetField`, `SelectValues`, `CreateSessionObject`, `GetLayout`,
`GetHyperCubeData`, `GetTablesAndKeys`, and the push that says whether a login is needed. Known
from the protocol alone: `ClearAll`, the object of current selections, `change` in replies, and the
names of the other pushes.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from kunnskapsgrunnlag.fetch.provider import ProviderError

# A page of 9 999 cells is about one megabyte; anything near this is not an answer to us.
LARGEST = 16 * 1024 * 1024
KEPT = "The last good snapshot is kept; try again later."
# Pushes after which the session gives no more answers. Other pushes carry nothing that we need.
_ENDING = frozenset(
    {
        "OnEngineWebsocketFailed",
        "OnLicenseAccessDenied",
        "OnLicenseAccessDeniedPendingUserSession",
        "OnMaxParallelSessionsExceeded",
        "OnNoDataPrepServiceAvailable",
        "OnNoEngineAvailable",
        "OnNoRepositoryAvailable",
        "OnRepositoryWebsocketFailed",
        "OnSessionClosed",
        "OnSessionLoggedOut",
        "OnSessionTimedOut",
    }
)
_TOO_LARGE = 7009
GLOBAL = -1


@dataclass(frozen=True)
class QlikApp:
    """An app on a Qlik server that answers without login.

    Attributes:
        url: The server's websocket address with the proxy's prefix, without a slash at the end.
        app: The app's id.
        origin: The site that the app is shown on; the server wants it in the header `Origin`.
    """

    url: str
    app: str
    origin: str

    @property
    def address(self) -> str:
        """Where the app is opened."""
        return f"{self.url}/app/{self.app}"


@dataclass(frozen=True)
class Timeouts:
    """How long we wait, in seconds.

    Attributes:
        connect: For the connection, with TLS and handshake.
        reply: For one whole reply; the app counts distinct households while we wait.
        session: For everything between connecting and the last reply.
        close: For the goodbye.
    """

    connect: float = 20
    reply: float = 120
    session: float = 900
    close: float = 5


@dataclass
class Session:
    """An open connection to an app.

    Attributes:
        app: What it is connected to.
        calls: How many calls have been made.
        changed: Handles of which the server has said that they are no longer what was read.
    """

    app: QlikApp
    timeouts: Timeouts
    socket: ClientConnection
    clock: Callable[[], float] = time.monotonic
    calls: int = 0
    changed: set[int] = field(default_factory=set)
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        """The session's time runs from here."""
        self.ends = self.clock() + self.timeouts.session

    def call(self, method: str, handle: int, params: Any, asked: str) -> dict[str, Any]:
        """The result of one call.

        Args:
            asked: What is asked for, in words, for the error.

        Raises:
            ProviderError: If there is no reply in time, or another one than a result.
        """
        self.calls += 1
        request = {"jsonrpc": "2.0", "id": self.calls, "method": method, "handle": handle}
        due = min(self.clock() + self.timeouts.reply, self.ends)
        asked = f"{asked} ({method})"
        try:
            self.socket.send(json.dumps(request | {"params": params}, ensure_ascii=False))
            while (message := self._message(due, asked)).get("id", None) != self.calls:
                self._pushed(message, asked)
        except ConnectionClosed as closed:
            raise self.error(f"asked for {asked}, the connection was closed: {closed}.") from None
        return self._result(message, asked)

    def error(self, what: str, hint: str = KEPT) -> ProviderError:
        """An error that names the app and what to do."""
        return ProviderError(f"{self.app.address}: {what} {hint}".rstrip())

    def _message(self, due: float, asked: str) -> dict[str, Any]:
        """The next message, whatever it is."""
        left = due - self.clock()
        try:
            if left <= 0:
                raise TimeoutError
            raw = self.socket.recv(timeout=left)
        except TimeoutError:
            late = due >= self.ends
            limit = self.timeouts.session if late else self.timeouts.reply
            what = "the session took longer than" if late else "no reply within"
            raise self.error(f"asked for {asked}, {what} {limit:g} seconds.") from None
        except UnicodeDecodeError:
            raise self.error(f"asked for {asked}, expected JSON, found bytes.") from None
        try:
            message = json.loads(raw)
        except (ValueError, RecursionError):
            raise self.error(f"asked for {asked}, expected JSON, found {raw[:80]!r}.") from None
        if not isinstance(message, dict):
            raise self.error(f"asked for {asked}, expected a reply, found {str(raw)[:80]!r}.")
        self.changed.update(h for h in _list(message.get("change")) if isinstance(h, int))
        return message

    def _pushed(self, message: dict[str, Any], asked: str) -> None:
        """Take note of a message that is no reply to us; some of them end the session."""
        if "method" not in message:
            # A reply out of turn: from here on no reply could be trusted to be the right one.
            raise self.error(
                f"asked for {asked}, expected the reply {self.calls}, found one with the id "
                f"{message.get('id')!r}: {json.dumps(message.get('error'))[:120]}."
            )
        method, params = str(message["method"]), message.get("params")
        held = params if isinstance(params, dict) else {}
        state = str(held.get("qSessionState", ""))
        if held.get("mustAuthenticate") is True:
            raise self.error(
                f"asked for {asked}, found that the app now wants a login.",
                "Use the spreadsheet export instead (docs/husbanken.md).",
            )
        if method in _ENDING or state.startswith("SESSION_ERROR"):
            raise self.error(f"asked for {asked}, the server ended the session: {state or method}.")

    def _result(self, message: dict[str, Any], asked: str) -> dict[str, Any]:
        if "error" in message:
            raise self.refused(asked, message["error"])
        result = message.get("result")
        if not isinstance(result, dict):
            raise self.error(f"asked for {asked}, expected a result, found {result!r:.80}.")
        return result

    def refused(self, asked: str, error: Any) -> ProviderError:
        """The error for one that the engine gave, in a reply or inside a layout."""
        held = error if isinstance(error, dict) else {"message": error}
        code = held.get("qErrorCode", held.get("code", "without code"))
        words = held.get("message") or held.get("qExtendedMessage") or held.get("qContext") or ""
        more = held.get("parameter") or ""
        hint = (
            "The page is too large for the app: lower ROWS or CELLS." if code == _TOO_LARGE else ""
        )
        said = " ".join(str(part) for part in (words, more) if part)[:200]
        return self.error(
            f"asked for {asked}, found the error {code} {said}".rstrip() + ".", hint or KEPT
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@contextlib.contextmanager
def open_session(
    app: QlikApp, timeouts: Timeouts | None = None, *, identity: str = ""
) -> Iterator[Session]:
    """A session with an app, closed at the end whatever happens.

    Args:
        identity: Sets this session apart from others of the same anonymous visitor, so that nobody
            else's selections are met.

    Raises:
        ProviderError: If no connection comes about in time.
    """
    held = timeouts or Timeouts()
    with contextlib.ExitStack() as stack:
        socket = stack.enter_context(_connected(app, held, identity))
        _refuse_moved(app, socket)
        yield Session(app, held, socket)


def _connected(app: QlikApp, timeouts: Timeouts, identity: str) -> ClientConnection:
    address = f"{app.address}/identity/{identity}" if identity else app.address
    try:
        # Without pings: every wait has its own end, and one thread less has to be stopped.
        socket = connect(
            address,
            origin=Origin(app.origin),
            open_timeout=timeouts.connect,
            close_timeout=timeouts.close,
            ping_interval=None,
            max_size=LARGEST,
        )
    except TimeoutError:
        what = f"no connection within {timeouts.connect:g} seconds."
        raise ProviderError(f"{app.address}: {what} {KEPT}") from None
    except (OSError, EOFError, ValueError, WebSocketException) as problem:
        words = f"expected a websocket, found {type(problem).__name__}: {problem}."
        raise ProviderError(f"{app.address}: {words} Check the address. {KEPT}") from None
    return socket


def _refuse_moved(app: QlikApp, socket: ClientConnection) -> None:
    """Refuse another server than the one asked, to which the library follows without a word."""
    host = socket.request.headers.get("Host") if socket.request else None
    if host != urlsplit(app.address).netloc:
        raise ProviderError(f"{app.address}: moved to {host}. Change the address in the catalogue.")
