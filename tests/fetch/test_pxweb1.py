"""Oslo's statistikkbank: answers read right, keyed on labels, nothing mended."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Provider, Query, Span
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb.pxweb1 import fetch_table, table_url
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from tests.fetch.fault_server import Reply, Request, Server, json_reply, transport_to

PATH = "Trygd, sosiale tjenester og barnevern/Sosialtjenesten/OK-STØ013.px"
AREAS = ["Oslo i alt", "Bydel Gamle Oslo", "Sentrum", "Uten registrert adresse"]
Cells = dict[tuple[str, ...], tuple[float | None, str]]


@dataclass
class Bank:
    """A table at a PxWeb of version 1.

    Attributes:
        variables: Variable -> code -> label.
        cells: Labels -> value and symbol; a cell that is not named is 0.
        contents: Whether the contents are a variable, and else how the answer names them.
        twist: A fault in the data.
    """

    variables: dict[str, dict[str, str]]
    cells: Cells = field(default_factory=dict)
    time: str = "år"
    eliminates: str = "kjønn"
    contents: str = "unlisted"
    most: int = 1000
    updated: str = "2024-11-12T07:00:00Z"
    twist: Callable[[dict[str, Any]], Any] = lambda answer: answer

    def serve(self, server: Server, path: str) -> None:
        server.routes[path] = lambda asked: (
            json_reply(self.metadata()) if asked.method == "GET" else self.reply(asked)
        )

    def metadata(self) -> dict[str, Any]:
        described = [
            {"code": n, "text": n, "values": list(v), "valueTexts": list(v.values())}
            | ({"elimination": True} if n == self.eliminates else {})
            | ({"time": True} if n == self.time else {})
            for n, v in self.variables.items()
        ]
        return {"title": "Mottakere", "variables": described}

    def reply(self, asked: Request) -> Reply:
        return json_reply(self.twist(self.answer(chosen(asked.body))))

    def answer(self, codes: dict[str, list[str]]) -> dict[str, Any]:
        # The provider's own order of variables, whatever the order of the query.
        names = [name for name in self.variables if name in codes]
        combos: list[tuple[str, ...]] = [()]
        for name in names:
            combos = [(*c, self.variables[name].get(v, v)) for c in combos for v in codes[name]]
        cells = [self.cells.get(combo, (0, "")) for combo in combos]
        answer = {
            "class": "dataset",
            "label": "Mottakere",
            "updated": self.updated,
            "id": names,
            "size": [len(codes[name]) for name in names],
            "role": {"time": [self.time]},
            "dimension": {name: self.dimension(name, codes[name]) for name in names},
            "value": [value for value, _ in cells],
            "status": {str(i): symbol for i, (_, symbol) in enumerate(cells) if symbol},
            "extension": {"contact": [{"name": "Kontaktperson", "mail": "kontakt@example.org"}]},
        }
        return self._with_contents(answer)

    def dimension(self, name: str, codes: list[str]) -> dict[str, Any]:
        labels = {code: self.variables[name].get(code, code) for code in codes}
        return {"category": {"index": {c: at for at, c in enumerate(codes)}, "label": labels}}

    def _with_contents(self, answer: dict[str, Any]) -> dict[str, Any]:
        word = "EliminatedValue"
        category = {"index": {word: 0}, "label": {word: "Mottakere"}, "unit": {}}
        category["unit"] = {word: {"base": "personer", "decimals": 0}}
        answer["dimension"]["ContentsCode"] = {"category": category}
        if self.contents == "listed":
            answer["id"].insert(0, "ContentsCode")
            answer["size"].insert(0, 1)
            answer["role"]["metric"] = ["ContentsCode"]
        return answer


def chosen(body: Any) -> dict[str, list[str]]:
    assert body["response"] == {"format": "json-stat2"}
    return {part["code"]: part["selection"]["values"] for part in body["query"]}


def positions(labels: list[str]) -> dict[str, str]:
    return {str(at): label for at, label in enumerate(labels)}


def oslo(areas: list[str] | None = None, years: int = 3, **more: Any) -> Bank:
    here = areas or AREAS
    spans = [str(2020 + at) for at in range(years)]
    cells: Cells = {
        (area, sex, year): (100 * len(area) + int(year), "")
        for area in here
        for sex in ("Menn", "Kvinner")
        for year in spans
    }
    cells |= {("Sentrum", "Menn", "2020"): (None, "-"), ("Sentrum", "Menn", "2021"): (0, "")}
    dims = {"bosted": here, "kjønn": ["Menn", "Kvinner"], "år": spans}
    return Bank({name: positions(labels) for name, labels in dims.items()}, cells, **more)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def fetch(server: Server) -> Callable[..., Fetched]:
    def run(bank: Bank, select: dict[str, Any], **provider: Any) -> Fetched:
        bank.serve(server, f"/{PATH}")
        entry = {"api": "pxweb1", "name": "Bank", "url": server.url, "calls": 50, "seconds": 10.0}
        entry |= {"cells": 1000}
        with transport_to() as transport:
            query = Query(table=PATH, select=select)
            return fetch_table(transport, Provider.model_validate(entry | provider), query, "bank")

    return run


Fetch = Callable[..., Fetched]
ALL: dict[str, Choice] = {"bosted": "all", "kjønn": "all", "år": "all"}


def read(fetched: Fetched) -> Dataset:
    return read_dataset(json.loads(fetched.content), "bank")


def cell(dataset: Dataset, *codes: str) -> tuple[float, str]:
    return next((c.value, c.symbol) for c in dataset.cells if {*codes} <= {*c.codes.values()})


def test_a_variable_that_the_provider_sums_is_left_out(fetch: Fetch, server: Server) -> None:
    dataset = read(fetch(oslo(), ALL | {"kjønn": "total"}))

    assert [part["code"] for part in server.requests[-1].body["query"]] == ["bosted", "år"]
    assert list(dataset.labels) == ["ContentsCode", "bosted", "år"]


@pytest.mark.parametrize("path", ["Bosatte på/Ø, x.px", "Bosatte pa\u030a/Ø, x.px"])
def test_the_path_may_hold_norwegian_letters(path: str) -> None:
    provider = Provider(api="pxweb1", name="B", url="https://x/db1", calls=1, seconds=1)

    url = table_url(provider, path)

    assert url == "https://x/db1/Bosatte%20p%C3%A5/%C3%98%2C%20x.px"


def test_a_snapshot_is_keyed_on_labels(fetch: Fetch) -> None:
    dataset = read(fetch(oslo(), ALL | {"bosted": ["Sentrum"], "kjønn": ["Menn"]}))

    assert dataset.labels["år"] == {"2020": "2020", "2021": "2021", "2022": "2022"}
    assert dataset.units == {"EliminatedValue": "personer"}
    assert cell(dataset, "Sentrum", "2022") == (2722, "")


def test_nil_stays_apart_from_zero(fetch: Fetch) -> None:
    dataset = read(fetch(oslo(), ALL | {"bosted": ["Sentrum"], "kjønn": ["Menn"]}))

    value, symbol = cell(dataset, "Sentrum", "2020")
    assert (math.isnan(value), symbol) == (True, "-")
    assert cell(dataset, "Sentrum", "2021") == (0, "")


def test_shifted_positions_are_no_change(fetch: Fetch) -> None:
    select = ALL | {"bosted": AREAS, "år": Span(first="2020", last="2022")}

    before = fetch(oslo(), select)
    after = fetch(oslo(["Ny bydel", *AREAS], years=4), select)

    assert before.content == after.content


def test_old_and_new_servers_give_the_same_snapshot(fetch: Fetch) -> None:
    old, new = fetch(oslo(), ALL), fetch(oslo(contents="listed"), ALL)

    assert old.content == new.content


def test_the_order_of_the_query_counts_and_not_that_of_the_answer(fetch: Fetch) -> None:
    turned = {"år": ["2021", "2020"], "kjønn": ["Kvinner"], "bosted": AREAS[::-1]}

    dataset = read(fetch(oslo(), turned))

    assert list(dataset.labels) == ["ContentsCode", "år", "kjønn", "bosted"]
    assert [c.codes["år"] for c in dataset.cells[:5]] == ["2021"] * 4 + ["2020"]
    assert cell(dataset, "2021", "Oslo i alt") == (1000 + 2021, "")


def test_queries_keep_the_limit(fetch: Fetch, server: Server) -> None:
    whole = fetch(oslo(), ALL)

    parts = fetch(oslo(), ALL, cells=7)

    bodies = [chosen(asked.body) for asked in server.requests if asked.method == "POST"][1:]
    assert parts.content == whole.content
    assert max(math.prod(map(len, codes.values())) for codes in bodies) <= 7


def test_labels_are_kept_without_their_indentation(fetch: Fetch) -> None:
    bank = oslo()
    bank.variables["bosted"] = positions(["Oslo i alt", "  Sentrum\N{NO-BREAK SPACE}øst"])

    dataset = read(fetch(bank, ALL | {"bosted": ["Sentrum øst"]}))

    assert dataset.labels["bosted"] == {"Sentrum øst": "Sentrum øst"}


def test_positions_that_are_not_those_of_the_metadata_are_not_used(
    fetch: Fetch, server: Server
) -> None:
    shifted = oslo(["Ny bydel", *AREAS])
    bank = oslo(twist=lambda _: shifted.answer(chosen(server.requests[-1].body)))

    with pytest.raises(ProviderError, match="mangler «Sentrum»; har «Bydel Gamle Oslo»"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ({"bosted": ["Sentrumet"]}, "bosted: tabellen har ikke «Sentrumet» nå. Write «Sentrum»"),
        ({"bosted": ["2"]}, "har ikke «2»"),
        ({"år": Span(first="2019")}, "har ikke «2019» nå. Den har 2020 til 2022"),
    ],
)
def test_a_query_that_the_table_cannot_answer(
    fetch: Fetch, server: Server, select: dict[str, Any], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        fetch(oslo(), ALL | select)
    assert [asked.method for asked in server.requests] == ["GET"]


def test_a_variable_left_out_is_offered(fetch: Fetch) -> None:
    with pytest.raises(KgError, match="kjønn: 2 verdier: Menn, Kvinner; kan summeres bort"):
        fetch(oslo(), {"bosted": "all", "år": "all"})


def test_two_values_with_one_label_are_refused(fetch: Fetch) -> None:
    bank = oslo(["Oslo i alt", "Sentrum", " Sentrum"])

    with pytest.raises(KgError, match="har «Sentrum» to ganger"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})
    assert read(fetch(bank, ALL | {"bosted": ["Oslo i alt"]})).labels["bosted"]


def _default(answer: dict[str, Any]) -> dict[str, Any]:
    return oslo().answer({"bosted": ["1"], "kjønn": ["0"], "år": ["0", "1", "2"]})


@pytest.mark.parametrize(
    ("twist", "message"),
    [
        (lambda a: {"dataset": a}, "expected a JSON-stat2 dataset"),
        (_default, "mangler «Sentrum»"),
        (lambda a: a | {"value": [*a["value"][:-1], None]}, "verken tall eller tegn"),
    ],
)
def test_a_wrong_answer_is_not_used(fetch: Fetch, twist: Any, message: str) -> None:
    select = ALL | {"bosted": ["Sentrum"], "kjønn": ["Menn"]}

    with pytest.raises(KgError, match=message):
        fetch(oslo(twist=twist), select)


def _text(status: int, text: str, kind: str = "text/plain") -> Reply:
    return Reply(status, text.encode(), {"Content-Type": kind})


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([_text(404, "Not found")], "HTTP 404.*Oftest er tjenesten nede; er tabellen flyttet"),
        ([_text(400, "Bad Request")], "Oftest er tjenesten nede"),
        ([json_reply([{"id": "OK-BEF001.px", "type": "t"}])], "ventet en tabell.*OK-BEF001.px"),
        (
            [json_reply({"variables": [{"code": "år", "values": [], "valueTexts": []}]})],
            "ventet en variabel med koder",
        ),
        ([None, _text(400, "Bad Request")], r"HTTP 400 \(Bad Request\)"),
    ],
)
def test_a_failure_says_what_it_means(
    fetch: Fetch, server: Server, faults: list[Reply | None], message: str
) -> None:
    server.fail(f"/{PATH}", *faults)

    with pytest.raises(ProviderError, match=message):
        fetch(oslo(), ALL)
