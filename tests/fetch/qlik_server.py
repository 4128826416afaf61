"""A Qlik engine on loopback: it works out tables from facts, and fails when it should."""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

Fact = dict[str, Any]
Reply = dict[str, Any]
Messages = Iterable[str | bytes | Reply]
# Given a request, the right reply and the connection: what is sent instead; None for the reply.
Fault = Callable[[Reply, Reply, ServerConnection], Messages | None]

_EXPRESSION = re.compile(r"(count|Sum|Avg)\(\{<(.*)>\} (distinct )?(.+?)(/12)?\)")
_SET = re.compile(r"\[?([^\]\[,={}]+)\]?=\{'?([^'}]*)'?\}")
_DOC = 1
_PUSHES = (
    ("OnAuthenticationInformation", {"mustAuthenticate": False, "userId": "anonym"}),
    ("OnConnected", {"qSessionState": "SESSION_CREATED"}),
)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No proxy between test and server, and no thread left behind."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    before = {*threading.enumerate()}
    yield
    for thread in {*threading.enumerate()} - before:
        thread.join(5)
        assert not thread.is_alive(), thread


def push(method: str, **params: Any) -> Reply:
    """A message that answers nothing."""
    return {"jsonrpc": "2.0", "method": method, "params": params}


def shown(value: float | str | None) -> Reply:
    """A cell as the engine writes it."""
    if value is None:
        return {"qText": "-", "qNum": "NaN", "qElemNumber": -2, "qIsNull": True}
    if isinstance(value, str):
        return {"qText": value, "qNum": "NaN", "qElemNumber": 0}
    text = str(int(value)) if value == int(value) else str(value).replace(".", ",")
    return {"qText": text, "qNum": value, "qElemNumber": 0}


class Facts:
    """Facts one by one, over which expressions are worked out."""

    def __init__(self, facts: list[Fact], reloaded: str = "2026-08-04T05:33:00.000Z") -> None:
        self.facts = facts
        self.reloaded = reloaded
        self.fields = sorted({name for fact in facts for name in fact})

    def value(self, expression: str, group: list[Fact]) -> float | str | None:
        """A measure over some facts; null where there is nothing to take a mean of."""
        parts = _EXPRESSION.fullmatch(expression)
        assert parts, f"the engine does not know the expression {expression}"
        which = dict(_SET.findall(parts[2].replace(", ", ",")))
        facts = [f for f in group if all(str(f.get(n)) == v for n, v in which.items())]
        values = [f[parts[4].strip("[]")] for f in facts]
        if parts[1] == "count":
            return len(set(values))
        if parts[1] == "Sum":
            return float(sum(values))
        return sum(values) / len(values) / (12 if parts[5] else 1) if values else None

    def table(self, definition: Reply, selected: dict[str, str]) -> list[list[Reply]]:
        """The rows of a hypercube, sorted by its dimensions."""
        fields = [d["qDef"]["qFieldDefs"][0] for d in definition["qDimensions"]]
        groups: dict[tuple[Any, ...], list[Fact]] = {}
        for fact in self.facts:
            key = tuple(fact.get(name) for name in fields)
            if None not in key and all(fact.get(n) == v for n, v in selected.items()):
                groups.setdefault(key, []).append(fact)
        expressions = [m["qDef"]["qDef"] for m in definition["qMeasures"]]
        return [
            [*map(shown, key), *(shown(self.value(e, groups[key])) for e in expressions)]
            for key in sorted(groups)
        ]


class _Talk:
    """One connection: its selections and its objects."""

    def __init__(self, engine: Facts, app: str) -> None:
        self.engine, self.app = engine, app
        self.selected: dict[str, str] = {}
        self.objects: dict[int, Any] = {}
        self.tables: dict[int, list[list[Reply]]] = {}

    def answer(self, request: Reply) -> Reply:
        reply = {"jsonrpc": "2.0", "id": request["id"]}
        try:
            result = getattr(self, request["method"])(request["handle"], request["params"])
        except LookupError as problem:
            code, *words = problem.args
            return reply | {"error": {"code": code, "parameter": "", "message": " ".join(words)}}
        return reply | {"result": result}

    def _made(self, thing: Any) -> Reply:
        handle = _DOC + len(self.objects) + 1
        self.objects[handle] = thing
        return {
            "qReturn": {"qType": "GenericObject", "qHandle": handle, "qGenericId": f"o{handle}"}
        }

    def OpenDoc(self, _: int, params: list[str]) -> Reply:  # noqa: N802
        if params != [self.app]:
            raise LookupError(1003, "App not found")
        return {"qReturn": {"qType": "Doc", "qHandle": _DOC, "qGenericId": self.app}}

    def GetAppLayout(self, *_: Any) -> Reply:  # noqa: N802
        return {"qLayout": {"qTitle": "Statistikkbank", "qLastReloadTime": self.engine.reloaded}}

    def GetTablesAndKeys(self, *_: Any) -> Reply:  # noqa: N802
        fields = [{"qName": name} for name in self.engine.fields]
        return {"qtr": [{"qName": "Fakta", "qFields": fields}], "qk": []}

    def ClearAll(self, *_: Any) -> Reply:  # noqa: N802
        self.selected = {}
        return {}

    def GetField(self, _: int, params: Reply) -> Reply:  # noqa: N802
        return self._made(params["qFieldName"])

    def SelectValues(self, handle: int, params: Reply) -> Reply:  # noqa: N802
        name, value = self.objects[handle], params["qFieldValues"][0]["qText"]
        known = any(fact.get(name) == value for fact in self.engine.facts)
        self.selected |= {name: value} if known else {}
        return {"qReturn": known}

    def CreateSessionObject(self, _: int, params: list[Reply]) -> Reply:  # noqa: N802
        return self._made(params[0])

    def DestroySessionObject(self, *_: Any) -> Reply:  # noqa: N802
        return {"qSuccess": True}

    def GetLayout(self, handle: int, _: Any) -> Reply:  # noqa: N802
        made = self.objects[handle]
        layout: Reply = {"qInfo": {"qId": f"o{handle}", "qType": made["qInfo"]["qType"]}}
        if "qSelectionObjectDef" in made:
            chosen = [{"qField": n, "qSelected": v} for n, v in self.selected.items()]
            return {"qLayout": layout | {"qSelectionObject": {"qSelections": chosen}}}
        cube = made["qHyperCubeDef"]
        rows = self.tables[handle] = self.engine.table(cube, self.selected)
        fields = [{"qFallbackTitle": d["qDef"]["qFieldDefs"][0]} for d in cube["qDimensions"]]
        labels = [{"qFallbackTitle": m["qDef"]["qLabel"]} for m in cube["qMeasures"]]
        size = {"qcx": len(fields) + len(labels), "qcy": len(rows)}
        table = {"qSize": size, "qDimensionInfo": fields, "qMeasureInfo": labels, "qDataPages": []}
        return {"qLayout": layout | {"qHyperCube": table}}

    def GetHyperCubeData(self, handle: int, params: list[Any]) -> Reply:  # noqa: N802
        (area,) = params[1]
        if area["qHeight"] > 1000 or area["qHeight"] * area["qWidth"] >= 10_000:
            raise LookupError(7009, "hypercube too large")
        rows = self.tables[handle][area["qTop"] : area["qTop"] + area["qHeight"]]
        return {"qDataPages": [{"qMatrix": rows, "qArea": area}]}


class FakeQlik:
    """The server: one engine for all connections, each with its own selections."""

    def __init__(self, engine: Facts, fault: Fault | None = None, app: str = "app") -> None:
        self.engine, self.fault, self.app = engine, fault, app
        self.requests: list[Reply] = []
        self.origin = self.path = ""
        # Set when the test is over: what a fault may wait for.
        self.over = threading.Event()

    def __enter__(self) -> "FakeQlik":
        self._server: Server = serve(self._handle, "127.0.0.1", 0, close_timeout=0.5)
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/public"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()

    def asked(self, method: str) -> list[Reply]:
        """The requests of a method."""
        return [request for request in self.requests if request["method"] == method]

    def _handle(self, connection: ServerConnection) -> None:
        assert connection.request
        self.origin, self.path = connection.request.headers["Origin"], connection.request.path
        talk = _Talk(self.engine, self.app)
        with contextlib.suppress(ConnectionClosed, OSError):
            for method, params in _PUSHES:
                connection.send(json.dumps(push(method, **params)))
            for raw in connection:
                request = json.loads(raw)
                self.requests.append(request)
                reply = talk.answer(request)
                faulty = self.fault(request, reply, connection) if self.fault else None
                for message in [reply] if faulty is None else faulty:
                    text = json.dumps(message) if isinstance(message, dict) else message
                    connection.send(text)
