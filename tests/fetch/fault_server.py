"""An HTTP server on loopback that answers, and fails, as a provider's PxWeb does.

`Server` serves what its `routes` say, and plays each path's queue of `faults` first. `Table` is a
small table with PxWebApi 2's endpoints; its `answer` serves other protocols as well.
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
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kunnskapsgrunnlag.fetch.http import Limits, Transport
from kunnskapsgrunnlag.fetch.pace import Budget, Clock, Rate

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


def line(folder: Path, time: FakeTime | None = None, **limits: float) -> Transport:
    """A transport with real, small limits whose waits take no time."""
    budget = Budget("kilde", Rate(1000, 60), folder, (time or FakeTime()).clock())
    held: Any = {"connect": 2, "read": 1, "total": 3, "attempts": 3} | limits
    return Transport("SSB", budget, Limits(**held))


@dataclass(frozen=True)
class Request:
    """What was asked; the path is decoded and has no query."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    url: str = ""


@dataclass(frozen=True)
class Reply:
    """What is answered.

    Attributes:
        cut: Close the connection after so many bytes of the body.
        drip: Seconds between single bytes of the body; `drip_head` between headers, without end.
        delay: Seconds before the first byte.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0
    drip_head: float = 0
    delay: float = 0


Handler = Callable[[Request], Reply]


def json_reply(held: Any, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    body = json.dumps(held, ensure_ascii=False).encode("utf-8")
    return Reply(status, body, {"Content-Type": JSON} | (headers or {}))


def problem(status: int, title: str, **more: Any) -> Reply:
    """An error in PxWebApi 2's words."""
    held = {"type": "Parameter error", "title": title, "status": status}
    return json_reply(held | more, status)


class Server:
    """A running server.

    Attributes:
        routes: First match wins: the beginning of a path -> what answers.
        faults: Per path (decoded, without query) what is answered before its route is asked; None
            lets one request through. The path "*" holds for every path.
        requests: All that was asked, in order.
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
            self.path,
        )
        self._send(self.server.owner.reply_to(request))

    def _send(self, reply: Reply) -> None:
        stopping = self.server.owner.stopping
        stopping.wait(reply.delay)
        self.send_response(reply.status)
        self.flush_headers()
        while reply.drip_head and not stopping.wait(reply.drip_head):
            self.wfile.write(b"X-Vent: ja\r\n")
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
        dims: Per variable: code -> label; Tid is last.
        eliminates: Variables that may be left out -> the code that is their total, or None.
        codelists: Id -> (variable, code -> the codes that it sums).
        symbols: Codes of a cell, joined by «|» -> its symbol; such a cell has no value.
        default: What is answered when nothing is selected.
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
    eliminates: dict[str, str | None] = field(default_factory=lambda: {"Kjonn": None})
    codelists: dict[str, tuple[str, dict[str, list[str]]]] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    default: Selection | None = None
    most_cells: int = 800_000
    too_many: int = 400
    twist: Callable[[dict[str, Any]], Any] = lambda answer: answer

    # -- the numbers

    def number(self, codes: Codes) -> int | None:
        """The value of a cell: its flat index + 1, summed over what was left out."""
        if "|".join(codes.values()) in self.symbols:
            return None
        spans = [self._members(name, codes.get(name)) for name in self.dims]
        sizes = [len(held) for held in self.dims.values()]
        return sum(self._flat(places, sizes) + 1 for places in itertools.product(*spans))

    def _members(self, name: str, code: str | None) -> list[int]:
        order = list(self.dims[name])
        if code is None:
            total = self.eliminates.get(name)
            return [order.index(total)] if total else list(range(len(order)))
        for variable, grouped in self.codelists.values():
            if variable == name and code in grouped:
                return [order.index(member) for member in grouped[code]]
        return [order.index(code)]

    @staticmethod
    def _flat(places: tuple[int, ...], sizes: list[int]) -> int:
        index = 0
        for place, size in zip(places, sizes, strict=True):
            index = index * size + place
        return index

    # -- what it says

    def answer(self, selection: Selection) -> dict[str, Any]:
        """The JSON-stat2 dataset for codes of the table or of its code lists."""
        names = [name for name in self.dims if name in selection]
        combos = itertools.product(*(selection[name] for name in names))
        cells = [dict(zip(names, combo, strict=True)) for combo in combos]
        status = {
            str(i): self.symbols["|".join(cell.values())]
            for i, cell in enumerate(cells)
            if "|".join(cell.values()) in self.symbols
        }
        dimension = {name: self._dimension(name, selection[name], {}) for name in names}
        sizes = [len(selection[name]) for name in names]
        held = self._head(names, sizes, dimension)
        held["value"] = [self.number(cell) for cell in cells]
        return held | ({"status": status} if status else {})

    def metadata(self) -> dict[str, Any]:
        dimension = {n: self._dimension(n, list(c), self._of(n)) for n, c in self.dims.items()}
        sizes = [len(codes) for codes in self.dims.values()]
        return self._head(list(self.dims), sizes, dimension)

    def info(self) -> dict[str, Any]:
        periods = list(self.dims["Tid"])
        return {
            "type": "Table",
            "id": self.id,
            "label": self.label,
            "updated": self.updated,
            "firstPeriod": periods[0],
            "lastPeriod": periods[-1],
            "variableNames": [name.lower() for name in self.dims],
            "discontinued": self.discontinued,
        }

    def codelist(self, key: str) -> dict[str, Any]:
        variable, grouped = self.codelists[key]
        values = [
            {"code": code, "label": f"Gruppe {code}", "valueMap": members}
            for code, members in grouped.items()
        ]
        return {"id": key, "label": f"{variable}er samlet", "type": "Aggregation", "values": values}

    def _head(
        self, names: list[str], sizes: list[int], dimension: dict[str, Any]
    ) -> dict[str, Any]:
        contact = {
            "name": "Kontaktperson",
            "mail": "kontakt@example.org",
            "phone": "+47 21 09 00 00",
        }
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.label,
            "source": "Statistisk sentralbyrå",
            "updated": self.updated,
            "note": list(self.notes),
            "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
            "id": names,
            "size": sizes,
            "dimension": dimension,
            "extension": {"px": {"tableid": self.id, "decimals": 0}, "contact": [contact]}
            | ({"discontinued": True} if self.discontinued else {}),
        }

    def _of(self, name: str) -> dict[str, Any]:
        held: dict[str, Any] = {"elimination": name in self.eliminates}
        lists = [key for key, (variable, _) in self.codelists.items() if variable == name]
        return held | ({"codelists": [{"id": key} for key in lists]} if lists else {})

    def _dimension(self, name: str, codes: list[str], extension: dict[str, Any]) -> dict[str, Any]:
        category: dict[str, Any] = {
            "index": {code: at for at, code in enumerate(codes)},
            "label": {code: self.dims[name].get(code, code) for code in codes},
        }
        if name == "ContentsCode":
            category["unit"] = {c: {"base": self.units[c], "decimals": 0} for c in codes}
        return {"label": name.lower(), "category": category, "extension": extension}

    # -- PxWebApi 2

    def serve(self, server: Server, base: str = "") -> None:
        """Put the table's endpoints on a server."""
        at = f"{base}/tables/{self.id}"
        server.routes |= {
            f"{at}/metadata": lambda _: json_reply(self.metadata()),
            f"{at}/data": self._data,
            at: lambda _: json_reply(self.info()),
            f"{base}/codelists/": self._codelist,
            f"{base}/config": lambda _: json_reply(
                {"maxDataCells": self.most_cells, "maxCallsPerTimeWindow": 0, "timeWindow": 0}
            ),
            f"{base}/tables/": lambda _: problem(404, "Non-existent table"),
            f"{base}/tables": self._search,
        }

    def _search(self, request: Request) -> Reply:
        words = request.query.get("query", "").lower().split()
        hit = all(word.strip("*") in self.label.lower() for word in words)
        return json_reply(
            {
                "tables": [self.info()] if hit else [],
                "page": {"pageNumber": 1, "totalPages": 1, "totalElements": int(hit)},
            }
        )

    def _codelist(self, request: Request) -> Reply:
        key = request.path.rpartition("/")[2]
        if key not in self.codelists:
            return problem(400, "Non-existent codelist")
        return json_reply(self.codelist(key))

    def _data(self, request: Request) -> Reply:
        if len(request.url) > 2100:
            return Reply(404)
        asked = _asked(request)
        if not asked:
            return json_reply(self.twist(self.answer(self.default or self._first())))
        refused = self._refused(asked)
        return refused or json_reply(self.twist(self.answer(asked)))

    def _first(self) -> Selection:
        return {name: list(codes)[-1:] for name, codes in self.dims.items()}

    def _refused(self, asked: Selection) -> Reply | None:
        for name, codes in asked.items():
            if name not in self.dims:
                return problem(400, "Non-existent variable")
            known = {*self.dims[name]}
            for variable, grouped in self.codelists.values():
                known |= set(grouped) if variable == name else set()
            if not set(codes) <= known:
                return problem(400, "Non-existent value")
            if len(set(codes)) != len(codes):
                return Reply(500)
        if [n for n in self.dims if n not in asked and n not in self.eliminates]:
            return problem(400, "Missing selection for mandantory variable")
        cells = 1
        for codes in asked.values():
            cells *= len(codes)
        if cells > self.most_cells:
            title = "Too many cells selected"
            return problem(self.too_many, title, detail=title)
        return None


def _asked(request: Request) -> Selection:
    if request.method == "POST":
        return {s["variableCode"]: s["valueCodes"] for s in request.body["selection"]}
    return {
        key.removeprefix("valueCodes[").removesuffix("]"): value.split(",")
        for key, value in request.query.items()
        if key.startswith("valueCodes[")
    }
