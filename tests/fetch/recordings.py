"""Recorded answers, played on loopback: a whole table of which any part is asked, or what was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kunnskapsgrunnlag.fetch.pxweb.answer import in_order
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_values
from tests.fetch.fault_server import Reply, Request, Server, json_reply, problem

FOLDER = Path(__file__).parent / "recorded"
Selection = Mapping[str, list[str]]


def recording(name: str) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entry


@dataclass
class Recorded:
    """A table of an owner's, of which a part is answered as PxWeb does."""

    answer: dict[str, Any]
    table: str

    @classmethod
    def of(cls, name: str) -> Recorded:
        entry = recording(name)
        return cls(entry["answer"], entry["table"])

    def part(self, selection: Selection) -> dict[str, Any]:
        codes = read_codes(self.answer, self.table)
        chosen = {name: [c for c in selection.get(name, codes[name])] for name in codes}
        values, symbols = read_values(self.answer, codes, self.table)
        keep = [
            at
            for at, combo in enumerate(_product(codes))
            if all(combo[name] in chosen[name] for name in codes)
        ]
        # Only the codes that were asked for, in the order of the table.
        inside = {n: [c for c in codes[n] if c in chosen[n]] for n in codes}
        dimension = {
            name: entry
            | {
                "category": {
                    "index": {code: at for at, code in enumerate(inside[name])},
                    "label": {
                        c: w for c, w in entry["category"]["label"].items() if c in inside[name]
                    },
                    **{k: v for k, v in entry["category"].items() if k == "unit"},
                }
            }
            for name, entry in self.answer["dimension"].items()
            if name in codes
        }
        part = self.answer | {
            "size": [len(entry) for entry in inside.values()],
            "dimension": dimension,
            "value": [values[at] for at in keep],
            "status": {str(n): symbols[at] for n, at in enumerate(keep) if symbols[at]},
        }
        return in_order(part, inside, self.table)

    def serve_new(self, server: Server, base: str) -> None:
        """As PxWebApi 2."""
        at = f"{base}/tables/{self.table}"

        def data(request: Request) -> Reply:
            asked = {s["variableCode"]: s["valueCodes"] for s in request.body["selection"]}
            return json_reply(self.part(asked))

        server.routes |= {f"{at}/metadata": lambda _: json_reply(self.answer), f"{at}/data": data}

    def serve_old(self, server: Server, base: str) -> None:
        """As PxWebApi 1, whose contents are no variable."""
        times = self.answer["role"]["time"]
        described = [
            {"code": name, "text": name, "values": codes, "valueTexts": _labels(self.answer, name)}
            | ({"time": True} if name in times else {})
            for name, codes in read_codes(self.answer, self.table).items()
            if name != "ContentsCode"
        ]

        def table(request: Request) -> Reply:
            if request.method == "GET":
                return json_reply({"title": self.table, "variables": described})
            asked = {s["code"]: s["selection"]["values"] for s in request.body["query"]}
            return json_reply(self.part(asked))

        server.routes[f"{base}/{self.table}"] = table


def play(server: Server, folder: Path) -> None:
    """Answer what was asked in a recording, and nothing else."""
    answers = {}
    for file in sorted(folder.glob("*.json")):
        entry = json.loads(file.read_text(encoding="utf-8"))
        asked, status = entry["request"], entry["status"]
        key = (asked["method"], unquote(urlsplit(asked["url"]).path), json.dumps(asked["body"]))
        answers[key] = (entry["answer"], status)

    def answer(request: Request) -> Reply:
        key = (request.method, request.path, json.dumps(request.body))
        return json_reply(*answers[key]) if key in answers else problem(404, "not recorded")

    server.routes["/"] = answer


def _labels(answer: dict[str, Any], name: str) -> list[str]:
    codes = read_codes(answer, name)[name]
    return [answer["dimension"][name]["category"]["label"][code] for code in codes]


def _product(codes: Mapping[str, list[str]]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = [{}]
    for name, names in codes.items():
        rows = [row | {name: code} for row in rows for code in names]
    return rows
