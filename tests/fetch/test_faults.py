"""What SSB's interface does when it fails, and what comes of it: a right table or a clear error."""

import gzip
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Provider, Query
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb.pxweb2 import fetch_table
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset
from tests.fetch.fault_server import (
    JSON,
    FakeTime,
    Reply,
    Server,
    Table,
    json_reply,
    line,
    problem,
)

DATA, INFO, METADATA = "/tables/07459/data", "/tables/07459", "/tables/07459/metadata"
EXPLICIT: dict[str, list[str]] = {
    "Region": ["0301", "4601"],
    "Kjonn": ["1", "2"],
    "ContentsCode": ["Personer1"],
    "Tid": ["2024", "2025"],
}
SELECT: dict[str, Choice] = {**EXPLICIT}
RIGHT = Table().answer(EXPLICIT)
BODY = json.dumps(RIGHT).encode()
Twist = Callable[[dict[str, Any]], Any]


@dataclass
class World:
    """A server with a table, and the folder of a fetch."""

    server: Server
    table: Table
    folder: Path
    time: FakeTime = field(default_factory=FakeTime)

    def fetch(self, cells: int = 800_000, **limits: float) -> Fetched:
        owner = Provider(
            api="pxweb2",
            name="Statistisk sentralbyrå",
            url=self.server.url,
            calls=25,
            seconds=60,
            cells=cells,
        )
        with line(self.folder, self.time, **limits) as transport:
            return fetch_table(transport, owner, Query(table="07459", select=SELECT), "kilde")

    def values(self) -> list[float | None]:
        held = read_dataset(json.loads(self.fetch().content), "x")
        return [None if math.isnan(cell.value) else cell.value for cell in held.cells]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server, table = Server(), Table()
    table.serve(server)
    with server.running():
        yield World(server, table, tmp_path)


def raw(body: bytes, kind: str = JSON, **more: Any) -> Reply:
    return Reply(200, body, {"Content-Type": kind}, **more)


TOO_MANY = {"title": "Too many cells selected", "detail": "Too many cells selected"}

# What the server does once -> the table all the same.
PASSING: dict[str, tuple[str, Reply]] = {
    "429 that says how long": (DATA, Reply(429, b"", {"Retry-After": "5"})),
    "429 that does not": (DATA, Reply(429)),
    "429 of the metadata": (METADATA, Reply(429, b"", {"Retry-After": "5"})),
    "500": (DATA, problem(500, "Internal error")),
    "500 with nothing": (DATA, Reply(500)),
    "502 with a page": (INFO, Reply(502, b"<html>", {"Content-Type": "text/html"})),
    "503": (METADATA, Reply(503)),
    "reset in the middle": (DATA, Reply(200, BODY, {"Content-Type": JSON}, cut=200)),
    "reset before a byte": (DATA, Reply(200, BODY, {"Content-Type": JSON}, cut=0)),
    "half JSON": (DATA, raw(BODY[:-30])),
    "a page with 200": (DATA, raw(b"<!DOCTYPE html><p>Vent", "text/html; charset=utf-8")),
    "JSON as text": (DATA, raw(BODY, "text/plain")),
    "400 for cells": (DATA, json_reply(TOO_MANY | {"status": 400}, 400)),
    "403 for cells": (DATA, json_reply(TOO_MANY | {"status": 403}, 403)),
    "403 without words": (DATA, Reply(403)),
    "404 for the address": (DATA, Reply(404)),
    "414": (DATA, Reply(414)),
    "no configuration": ("/config", Reply(404)),
    "a page as configuration": ("/config", Reply(400, b"<html>")),
    "a mark of byte order": (DATA, raw(b"\xef\xbb\xbf" + BODY)),
    "gzip": (
        DATA,
        Reply(200, gzip.compress(BODY), {"Content-Type": JSON, "Content-Encoding": "gzip"}),
    ),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_failure_that_passes_does_no_harm(name: str, world: World) -> None:
    path, reply = PASSING[name]
    world.server.fail(path, reply)

    assert world.values() == RIGHT["value"]
    assert len(world.server.asked(path)) >= 1


# What the server does each time -> what is said, and how often it is asked.
LASTING: dict[str, tuple[str, Reply, str, int]] = {
    "429": (DATA, Reply(429), r"HTTP 429\. Tried 3 times", 3),
    "429 for an hour": (DATA, Reply(429, b"", {"Retry-After": "3600"}), "wait 3600 seconds", 1),
    "500": (DATA, Reply(500), r"HTTP 500\. Tried 3 times.*last good snapshot is kept", 3),
    "503": (INFO, Reply(503), r"HTTP 503\. Tried 3 times", 3),
    "closed metadata": (METADATA, Reply(503), "Tried 3 times", 3),
    "403": (DATA, Reply(403), "HTTP 403.*at most 1 cells are refused as well", 4),
    "400 for cells": (DATA, json_reply(TOO_MANY, 400), "Too many cells selected", 4),
    "400 for a value": (
        DATA,
        problem(400, "Non-existent value"),
        r"Non-existent value\)\. The codes are those .*metadata named just now.*after that",
        1,
    ),
    "404 for GET and POST": (DATA, Reply(404), "HTTP 404", 2),
    "gone": (INFO, problem(404, "Non-existent table"), "no such table", 1),
    "gone, said with 400": (INFO, problem(400, "Non-existent table"), "no such table", 1),
    "moved": (INFO, Reply(301, b"", {"Location": "https://ny.no/v3"}), r"to https://ny\.no/v3", 1),
    "moved for good": (DATA, Reply(308, b"", {"Location": "/v3"}), "moved to /v3.*«providers»", 1),
    "slow drip": (DATA, raw(BODY, drip=0.02), "not complete after 0.5 seconds", 3),
    "never begins": (DATA, raw(BODY, delay=3), "no answer within 0.2 seconds", 3),
    "reset": (DATA, Reply(200, BODY, {"Content-Type": JSON}, cut=99), "connection failed", 3),
    "half JSON": (DATA, raw(BODY[:99]), "not whole JSON", 3),
    "a page": (DATA, raw(b"<html>Vedlikehold", "text/html"), "expected JSON, found text/html", 3),
    "a page as metadata": (METADATA, raw(b"<html>", "text/html"), "expected JSON", 3),
    "a key twice": (DATA, raw(b'{"value": [1], "value": [2]}'), "the key 'value' twice", 1),
    "a dimension twice": (
        DATA,
        raw(BODY.replace(b'"dimension": {', b'"dimension": {"Region": {}, ')),
        "the key 'Region' twice",
        1,
    ),
    "NaN": (DATA, raw(BODY.replace(b'"value": [', b'"value": [NaN, ')), "holds NaN", 1),
    "Latin-1": (DATA, raw(json.dumps(RIGHT, ensure_ascii=False).encode("cp1252")), "UTF-8", 1),
    "a bomb": (
        DATA,
        Reply(
            200,
            gzip.compress(b" " * 20_000_000),
            {"Content-Type": JSON, "Content-Encoding": "gzip"},
        ),
        "larger than 1,000,000 bytes",
        1,
    ),
    "a list": (DATA, json_reply([]), "expected a JSON-stat2 dataset, found 'list'", 1),
    "an error with 200": (DATA, json_reply({"error": "x"}), "expected a JSON-stat2 dataset", 1),
    "null": (DATA, raw(b"null"), "expected a JSON-stat2 dataset", 1),
    "a description of another table": (INFO, json_reply({"id": "1"}), "describes table '1'", 1),
    "a description that is none": (INFO, raw(b"[]"), "expected an object, found", 1),
    "metadata that are none": (METADATA, raw(b"{}"), "expected a JSON-stat2 dataset", 1),
}


@pytest.mark.parametrize("name", LASTING)
def test_a_failure_that_lasts_is_a_clear_error_in_bounded_time(name: str, world: World) -> None:
    path, reply, message, asked = LASTING[name]
    world.server.fail(path, *[reply] * 50)

    with pytest.raises(KgError, match=message):
        world.fetch(read=0.2, total=0.5, size=1_000_000)
    assert len(world.server.asked(path)) == asked
    assert sum(world.time.waits) < 300


def change(*path: Any, to: Any) -> Twist:
    """A fault in one part of the answer."""

    def twist(answer: dict[str, Any]) -> dict[str, Any]:
        held: Any = answer
        for key in path[:-1]:
            held = held[key]
        held[path[-1]] = to
        return answer

    return twist


def other(**more: list[str]) -> Twist:
    """The answer to another question than the one that was asked."""
    return lambda _: Table().answer(EXPLICIT | more)


REGION = ("dimension", "Region", "category", "index")

# What is wrong with the data -> what is said. None of these may ever become a number.
WRONG: dict[str, tuple[Twist, str]] = {
    "the default selection": (
        lambda _: Table().answer({n: list(c)[-1:] for n, c in Table().dims.items()}),
        "asked for 2 codes of Region, the answer has 1; it lacks '0301', '4601'; it has 'K-Æ'",
    ),
    "a dropped filter": (other(Region=["0", "0301", "4601", "K-Æ"]), "'0', 'K-Æ' that nobody"),
    "a code that is gone": (other(Region=["0301"]), "Region, the answer has 1; it lacks '4601'"),
    "a merged municipality": (
        lambda _: Table(dims=Table().dims | {"Region": {"0301": "Oslo", "4602": "Bergen"}}).answer(
            EXPLICIT | {"Region": ["0301", "4602"]}
        ),
        "it lacks '4601'; it has '4602' .* Write «4602»",
    ),
    "a period less": (other(Tid=["2025"]), "codes of Tid, the answer has 1; it lacks '2024'"),
    "another measure": (
        lambda _: Table(
            dims=Table().dims | {"ContentsCode": {"Andel": "Andel"}}, units={"Andel": "prosent"}
        ).answer(EXPLICIT | {"ContentsCode": ["Andel"]}),
        "ContentsCode.* lacks 'Personer1'; it has 'Andel'",
    ),
    "a variable summed away": (
        lambda _: Table().answer({n: c for n, c in EXPLICIT.items() if n != "Kjonn"}),
        "it lacks 'Kjonn'",
    ),
    "an empty table": (other(Region=[], Tid=[]), "Region, the answer has 0"),
    "a size of another table": (change("size", to=[2, 2, 1, 3]), "size says"),
    "too few numbers": (lambda a: a | {"value": a["value"][:-1]}, "expected 8 entries under value"),
    "too many numbers": (lambda a: a | {"value": [*a["value"], 1]}, "expected 8 entries under val"),
    "a number as a text": (change("value", 0, to="64 000"), "cell 0 holds '64 000'"),
    "a number as an object": (change("value", 0, to={"v": 1}), "cell 0 holds {'v': 1}"),
    "a number as yes": (change("value", 0, to=True), "cell 0 holds True"),
    "a number out of range": (change("value", to={"99": 1}), "index outside 0–7"),
    "a number at half a place": (change("value", to={"0.5": 1}), "index outside 0–7"),
    "a number that is lost": (change("value", 0, to=None), "neither a number nor a symbol"),
    "all numbers lost": (change("value", to={}), "8 of 8 cells have neither"),
    "a number that is hidden": (change("status", to={"0": ":"}), "both a value and the symbol ':'"),
    "a dimension twice in id": (change("id", 1, to="Region"), "stands twice in id"),
    "a code twice": (change(*REGION, to=["0301", "0301"]), "has a code twice: '0301'"),
    "a place twice": (change(*REGION, to={"0301": 0, "4601": 0}), "positions of dimension Region"),
    "no index": (change(*REGION, to=None), "has 2 labels and no index"),
    "no dataset": (change("class", to="collection"), "found 'collection'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_data_never_become_numbers(name: str, world: World) -> None:
    world.table.twist, message = WRONG[name]

    with pytest.raises(KgError, match=message):
        world.fetch()
    assert len(world.server.asked(DATA)) == 1


# Another form of the same -> the same numbers.
SAME: dict[str, Twist] = {
    "a sparse value": lambda a: a | {"value": {str(i): v for i, v in enumerate(a["value"])}},
    "an index as a list": change(*REGION, to=["0301", "4601"]),
    "labels that changed": change("dimension", "Region", "category", "label", to={"0301": "Ny"}),
    "no labels": lambda a: (a["dimension"]["Region"]["category"].pop("label"), a)[1],
    "codes in another order": lambda _: Table().answer(EXPLICIT | {"Region": ["4601", "0301"]}),
    "dimensions in another order": lambda _: Table(
        dims=dict(sorted(Table().dims.items(), reverse=True))
    ).answer(EXPLICIT),
    "more notes": lambda a: a | {"note": ["Tall er rettet 1. mars."]},
    "a mark at a number": lambda a: a | {"status": {"0": "*"}},
    "an empty status": lambda a: a | {"status": {}},
}


@pytest.mark.parametrize("name", SAME)
def test_another_form_is_the_same_table(name: str, world: World) -> None:
    world.table.twist = SAME[name]
    got = read_dataset(json.loads(world.fetch().content), "x")
    sent = read_dataset(SAME[name](Table().answer(EXPLICIT)), "x")

    assert {(*sorted(c.codes.items()), c.value) for c in got.cells} == {
        (*sorted(c.codes.items()), c.value) for c in sent.cells
    }
    assert list(got.labels) == list(SELECT)
    assert list(got.labels["Region"]) == ["0301", "4601"]


@pytest.mark.parametrize("symbol", [".", "..", "...", ":", "-"])
def test_a_symbol_is_kept_and_is_no_zero(symbol: str, world: World) -> None:
    world.table.symbols = {"0301|1|Personer1|2024": symbol}
    content = json.loads(world.fetch().content)

    assert (content["value"][0], content["status"]) == (None, {"0": symbol})


def test_a_code_that_left_the_table_is_named_with_its_neighbour(world: World) -> None:
    del world.table.dims["Region"]["4601"]
    world.table.dims["Region"]["4602"] = "Bergen (2027–)"

    with pytest.raises(KgError, match=r"has no code '4601' of Region.*'4602' \(Bergen \(2027–\)\)"):
        world.fetch()


def test_a_variable_that_changed_its_name_is_named_with_its_neighbour(world: World) -> None:
    world.table.dims = {("Kjonn2" if n == "Kjonn" else n): c for n, c in world.table.dims.items()}

    with pytest.raises(KgError, match=r"no variable 'Kjonn'\. Nearest: 'Kjonn2'"):
        world.fetch()


def test_metadata_without_codes_are_said_to_be_under_renewal(world: World) -> None:
    world.table.dims["Tid"] = {}
    held = world.table.metadata()
    world.server.routes = {INFO + "/metadata": lambda _: json_reply(held), **world.server.routes}
    world.server.fail(INFO, json_reply(Table().info()))

    with pytest.raises(ProviderError, match=r"Tid has no codes now.*05.00 and 11.30"):
        world.fetch()


def turning(vintages: list[str]) -> Twist:
    """A table that is updated between our calls."""

    def twist(answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {"updated": vintages.pop(0)}

    return twist


def test_a_table_updated_between_two_calls_is_fetched_anew(world: World) -> None:
    world.table.twist = turning(["1", "2", "2", "2"])
    got = world.fetch(cells=4)

    assert got.updated == "2"
    assert json.loads(got.content)["value"] == RIGHT["value"]


def test_a_table_that_does_not_come_to_rest_is_refused(world: World) -> None:
    world.table.twist = turning([str(n) for n in range(4)])

    with pytest.raises(ProviderError, match=r"was updated while it was fetched, twice \(2, 3\)"):
        world.fetch(cells=4)


def test_a_part_that_is_wrong_spoils_the_whole(world: World) -> None:
    world.server.fail(DATA, None, json_reply(Table().answer(EXPLICIT)))

    with pytest.raises(ProviderError, match="asked for 1 codes of Tid, the answer has 2"):
        world.fetch(cells=4)


def test_the_same_table_gives_the_same_bytes(world: World) -> None:
    first = world.fetch()
    world.table.updated = "2026-03-01T07:00:00Z"
    second = world.fetch()
    third = world.fetch(cells=1)

    assert first.content != second.content == third.content
    assert first.content.replace(b"2026-02-25", b"2026-03-01") == second.content
