"""An HTTP server on loopback that answers, and fails, as a provider's PxWeb does.

`Server` serves what its `routes` say, and plays each path's queue of `faults` first. `Table` is a
small table with PxWebApi 2's endpoints.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kunnskapsgrunnlag.fetch.http import Clock, Limits, Pace, Transport

JSON = "application/json; charset=utf-8"


@dataclass
class FakeTime:
    """A clock whose sleep takes no time, and the waits that were asked of it."""

    at: float = 1_780_000_000.0
    waits: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


def transport_to(server_time: FakeTime | None = None, **limits: float) -> Transport:
    """A transport with small limits whose waits take no time."""
    pace = Pace(1000, 60, (server_time or FakeTime()).clock())
    more: Any = {"connect": 5, "read": 5, "total": 10, "attempts": 3} | limits
    return Transport("SSB", pace, Limits(**more))


@dataclass(frozen=True)
class Request:
    """What was asked; the path is decoded and has no query."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """What is answered.

    Attributes:
        cut: Close the connection after so many bytes of the body.
        drip: Seconds between single bytes of the body.
        delay: Seconds before the first byte.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0
    delay: float = 0


Handler = Callable[[Request], Reply]


def json_reply(answer: Any, status: int = 200) -> Reply:
    body = json.dumps(answer, ensure_ascii=False).encode("utf-8")
    return Reply(status, body, {"Content-Type": JSON})


def problem(status: int, title: str) -> Reply:
    """An error in PxWebApi 2's words."""
    words = {"type": "Parameter error", "title": title, "status": status}
    return json_reply(words, status)


class Server:
    """A running server: the first route whose beginning of a path fits, answers.

    The faults of a path are answered before; None lets one request through, and "*" is every path.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Handler] = {}
        self.faults: dict[str, deque[Reply | None]] = defaultdict(deque)
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._http = _Http(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def fail(self, path: str, *replies: Reply | None) -> None:
        """Play these, in order, before the path is answered as usual."""
        self.faults[path].extend(replies)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def reply_to(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            for key in (request.path, "*"):
                if self.faults[key]:
                    fault = self.faults[key].popleft()
                    if fault is not None:
                        return fault
                    break
        for start, handler in self.routes.items():
            if request.path.startswith(start):
                return handler(request)
        return problem(404, "Non-existent page")

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: Server) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The client goes away, as it should, when an answer takes too long or is too large."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            unquote(parts.path),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {k.lower(): v for k, v in self.headers.items()},
            json.loads(body) if body else None,
        )
        self._send(self.server.owner.reply_to(request))

    def _send(self, reply: Reply) -> None:
        stopping = self.server.owner.stopping
        stopping.wait(reply.delay)
        self.send_response(reply.status)
        for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = reply.cut is not None or "Content-Length" in reply.headers
        if not reply.drip:
            self.wfile.write(reply.body[: reply.cut])
            return
        for byte in reply.body[: reply.cut]:
            self.wfile.write(bytes([byte]))
            if stopping.wait(reply.drip):
                return

    def log_message(self, format: str, *args: Any) -> None:
        pass


Codes = dict[str, str]
Selection = dict[str, list[str]]


@dataclass
class Table:
    """A small table, and what PxWebApi 2 says of it.

    Attributes:
        symbols: Codes of a cell, joined by «|» -> its symbol; such a cell has no value.
        twist: Changes an answer before it is sent: a fault that is in the data.
    """

    id: str = "07459"
    label: str = "07459: Befolkning, etter region, kjønn og år"
    updated: str = "2026-02-25T07:00:00Z"
    discontinued: bool | None = None
    notes: list[str] = field(default_factory=list)
    dims: dict[str, Codes] = field(
        default_factory=lambda: {
            "Region": {"0": "Hele landet", "0301": "Oslo", "4601": "Bergen", "K-Æ": "Ærøy"},
            "Kjonn": {"1": "Menn", "2": "Kvinner"},
            "ContentsCode": {"Personer1": "Personer"},
            "Tid": {str(year): str(year) for year in range(2020, 2026)},
        }
    )
    units: dict[str, str] = field(default_factory=lambda: {"Personer1": "personer"})
    sums: tuple[str, ...] = ("Kjonn",)
    symbols: dict[str, str] = field(default_factory=dict)
    twist: Callable[[dict[str, Any]], Any] = lambda answer: answer

    def number(self, codes: Codes) -> float | None:
        """The value of a cell: its flat index + 1, summed over what was left out."""
        if "|".join(codes.values()) in self.symbols:
            return None
        spans = [[codes[name]] if name in codes else [*self.dims[name]] for name in self.dims]
        flat = {combo: at for at, combo in enumerate(itertools.product(*self.dims.values()), 1)}
        return sum(flat[combo] for combo in itertools.product(*spans))

    def answer(self, selection: Selection) -> dict[str, Any]:
        """The JSON-stat2 dataset for these codes."""
        names = [name for name in self.dims if name in selection]
        combos = itertools.product(*(selection[name] for name in names))
        cells = [dict(zip(names, combo, strict=True)) for combo in combos]
        symbols = [self.symbols.get("|".join(cell.values())) for cell in cells]
        status = {str(at): symbol for at, symbol in enumerate(symbols) if symbol}
        answer = self._head({name: selection[name] for name in names})
        answer["value"] = [self.number(cell) for cell in cells]
        return answer | ({"status": status} if status else {})

    def metadata(self) -> dict[str, Any]:
        return self._head({name: list(codes) for name, codes in self.dims.items()})

    def _head(self, selection: Selection) -> dict[str, Any]:
        contact = {"name": "Kontaktperson", "mail": "kontakt@example.org", "phone": "+47 21090000"}
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.label,
            "source": "Statistisk sentralbyrå",
            "updated": self.updated,
            "note": list(self.notes),
            "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
            "id": list(selection),
            "size": [len(codes) for codes in selection.values()],
            "dimension": {name: self._dimension(name, codes) for name, codes in selection.items()},
            "extension": {"contact": [contact], "discontinued": self.discontinued},
        }

    def _dimension(self, name: str, codes: list[str]) -> dict[str, Any]:
        category: dict[str, Any] = {
            "index": {code: at for at, code in enumerate(codes)},
            "label": {code: self.dims[name][code] for code in codes},
        }
        if name == "ContentsCode":
            category["unit"] = {c: {"base": self.units[c], "decimals": 0} for c in codes}
        extension = {"elimination": name in self.sums}
        return {"label": name.lower(), "category": category, "extension": extension}

    def serve(self, server: Server, base: str = "") -> None:
        """Put the table's endpoints on a server."""
        at = f"{base}/tables/{self.id}"
        server.routes |= {
            f"{at}/metadata": lambda _: json_reply(self.metadata()),
            f"{at}/data": self._data,
            f"{base}/tables/": lambda _: problem(404, "Non-existent table"),
        }

    def _data(self, request: Request) -> Reply:
        asked = {s["variableCode"]: s["valueCodes"] for s in request.body["selection"]}
        if any(not {*codes} <= {*self.dims.get(name, {})} for name, codes in asked.items()):
            return problem(400, "Non-existent value")
        return json_reply(self.twist(self.answer(asked)))
