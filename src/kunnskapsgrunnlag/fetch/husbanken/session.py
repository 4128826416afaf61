"""The Qlik Engine: JSON-RPC over a websocket, one call at a time, each bounded in time.

The protocol is Qlik's own, published one. Evidenced on Husbanken's app by others' live use: the
address, `OpenDoc`, `GetAppLayout`, `GetField`, `SelectValues`, `CreateSessionObject`, `GetLayout`,
`GetHyperCubeData`, `GetTablesAndKeys`, and the push that says whether a login is needed. Known
from the protocol alone: `ClearAll`, the object of current selections, the names of other pushes.
"""

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from kunnskapsgrunnlag.fetch.provider import KEPT, ProviderError
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.fetch.trust import system_trust, trouble

# A page of 9 999 cells is about one megabyte; anything near this is not an answer to us.
LARGEST = 16 * 1024 * 1024
# The handle of the engine itself.
GLOBAL = -1
# Parts of the names of pushes after which the session gives no more answers.
_ENDING = ("Failed", "Denied", "Exceeded", "Closed", "LoggedOut", "TimedOut", "Available")


@dataclass(frozen=True)
class QlikApp:
    """An app on a Qlik server that answers without login.

    Attributes:
        url: The server's websocket address with the proxy's prefix, without a slash at the end.
        origin: The site that the app is shown on; the server wants it in the header `Origin`.
    """

    url: str
    app: str
    origin: str

    @property
    def address(self) -> str:
        return f"{self.url}/app/{self.app}"


@dataclass(frozen=True)
class Timeouts:
    """How long we wait, in seconds.

    Attributes:
        connect: For the connection, with TLS and handshake.
        reply: For one whole reply; the app counts distinct households while we wait.
        session: For everything between connecting and the last reply.
    """

    connect: float = 20
    reply: float = 120
    session: float = 900


PATIENT = Timeouts()
# The engine stopped at a request of its own accord, as when it is busy: once more as a rule helps.
ABORTED = 15


@dataclass
class Session:
    """An open connection to an app."""

    app: QlikApp
    timeouts: Timeouts
    socket: ClientConnection
    recorder: Recorder | None = None
    calls: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def call(
        self, method: str, handle: int, params: Any, asked: str, *, is_second: bool = False
    ) -> dict[str, Any]:
        self.calls += 1
        request = {"jsonrpc": "2.0", "id": self.calls, "method": method, "handle": handle}
        now = time.monotonic()
        due = min(now + self.timeouts.reply, self._begun + self.timeouts.session)
        about = f"{asked} ({method})"
        try:
            self.socket.send(json.dumps(request | {"params": params}, ensure_ascii=False))
            while (message := self._next(due, about)).get("id") != self.calls:
                self._refuse_ending(message, about)
        except ConnectionClosed as closed:
            raise self.error(f"spurte om {about}, forbindelsen ble brutt: {closed}.") from None
        if self.recorder:
            asking = {"method": "rpc", "url": f"{self.app.address}/{method}", "body": params}
            self.recorder.write("Husbanken", asking, 0, {}, json.dumps(message))
        if "error" in message:
            if message["error"].get("code") == ABORTED and not is_second:
                return self.call(method, handle, params, asked, is_second=True)
            raise self.refused(about, message["error"])
        result: dict[str, Any] = message["result"]
        return result

    def error(self, what: str, hint: str = KEPT) -> ProviderError:
        return ProviderError(f"{self.app.address}: {what} {hint}".rstrip())

    def refused(self, asked: str, error: Any) -> ProviderError:
        """The error for one that the engine gave, in a reply or inside a layout."""
        return self.error(f"spurte om {asked}, fant feilen {str(error)[:200]}.")

    def _next(self, due: float, asked: str) -> dict[str, Any]:
        try:
            message: dict[str, Any] = json.loads(
                self.socket.recv(timeout=max(0, due - time.monotonic()))
            )
        except TimeoutError:
            raise self.error(
                f"spurte om {asked}, fikk ikke svar innen {self.timeouts.reply:g} sekunder (hele "
                f"økten: {self.timeouts.session:g})."
            ) from None
        except ValueError as problem:
            raise self.error(f"spurte om {asked}, svaret er ikke JSON ({problem}).") from None
        return message

    def _refuse_ending(self, message: dict[str, Any], asked: str) -> None:
        """Pushes are no replies; some of them end the session."""
        method, params = str(message.get("method", "")), message.get("params") or {}
        if not method:
            # A reply out of turn: from here on no reply could be trusted to be the right one.
            raise self.error(f"spurte om {asked}, fikk svar på noe annet: {str(message)[:120]}.")
        if params.get("mustAuthenticate") is True:
            raise self.error(
                f"spurte om {asked}, men appen krever nå innlogging.",
                "Bruk et uttrekk i stedet: kg fetch KILDE --fil FIL (docs/husbanken.md).",
            )
        state = str(params.get("qSessionState", ""))
        if any(word in method for word in _ENDING) or state.startswith("SESSION_ERROR"):
            raise self.error(f"spurte om {asked}, økten ble avsluttet: {state or method}.")


@contextlib.contextmanager
def open_session(
    app: QlikApp,
    timeouts: Timeouts = PATIENT,
    *,
    identity: str = "",
    recorder: Recorder | None = None,
) -> Iterator[Session]:
    """A session with an app, closed at the end whatever happens.

    Args:
        identity: Sets this session apart from others of the same anonymous visitor, so that nobody
            else's selections are met.
    """
    address = f"{app.address}/identity/{identity}" if identity else app.address
    try:
        # Without pings: every wait has its own end, and one thread less has to be stopped.
        socket = connect(
            address,
            origin=Origin(app.origin),
            open_timeout=timeouts.connect,
            close_timeout=5,
            ping_interval=None,
            max_size=LARGEST,
            ssl=system_trust() if address.startswith("wss:") else None,
        )
    except (OSError, EOFError, ValueError, WebSocketException) as problem:
        words = trouble(problem) or str(problem) or type(problem).__name__
        raise ProviderError(f"{app.address}: får ikke kontakt ({words}). {KEPT}") from None
    with socket:
        yield Session(app, timeouts, socket, recorder)
