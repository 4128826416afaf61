"""Oslo's statistikkbank: answers read right, keyed on labels, nothing mended."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Provider, Query, Span
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb.pxweb1 import fetch_table, table_url
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from tests.fetch.fault_server import Reply, Server, Table, json_reply, transport_to

PATH = "Trygd, sosiale tjenester og barnevern/Sosialtjenesten/OK-STØ013.px"
AREAS = ["Oslo i alt", "Bydel Gamle Oslo", "Sentrum", "Uten registrert adresse"]


@dataclass
class Bank(Table):
    """A table at a PxWeb of version 1: its codes are positions, and its contents no variable.

    Attributes:
        contents: Whether the answer has its contents among its dimensions.
    """

    sums: tuple[str, ...] = ("kjønn",)
    contents: str = "unlisted"

    def number(self, codes: dict[str, str]) -> float | None:
        if "|".join(codes.values()) in self.symbols:
            return None
        labels = {name: self.dims[name][code] for name, code in codes.items()}
        if (labels["bosted"], labels.get("kjønn"), labels["år"]) == ("Sentrum", "Menn", "2021"):
            return 0
        return 100 * len(labels["bosted"]) + int(labels["år"])

    def metadata(self) -> dict[str, Any]:
        described = [
            {"code": name, "values": [*codes], "valueTexts": [*codes.values()]}
            | {"elimination": name in self.sums, "time": name == "år"}
            for name, codes in self.dims.items()
        ]
        return {"title": "Mottakere", "variables": described}

    def answer(self, selection: dict[str, list[str]]) -> dict[str, Any]:
        answer = super().answer(selection) | {"role": {"time": ["år"]}}
        word = "EliminatedValue"
        unit = {word: {"base": "personer", "decimals": 0}}
        category = {"index": {word: 0}, "label": {word: "Mottakere"}, "unit": unit}
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
    dims = {"bosted": here, "kjønn": ["Menn", "Kvinner"], "år": spans}
    nil = {f"{here.index('Sentrum')}|0|0": "-"} if "Sentrum" in here else {}
    return Bank(
        dims={name: positions(labels) for name, labels in dims.items()}, symbols=nil, **more
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch(server: Server) -> Fetch:
    def run(bank: Bank, select: dict[str, Any]) -> Fetched:
        server.routes[f"/{PATH}"] = lambda asked: json_reply(
            bank.metadata()
            if asked.method == "GET"
            else bank.twist(bank.answer(chosen(asked.body)))
        )
        entry = {"api": "pxweb1", "name": "Bank", "url": server.url, "calls": 50, "seconds": 10.0}
        owner = Provider.model_validate(entry)
        with transport_to() as transport:
            return fetch_table(transport, owner, Query(table=PATH, select=select), "bank")

    return run


ALL: dict[str, Choice] = {"bosted": "all", "kjønn": "all", "år": "all"}
SENTRUM = ALL | {"bosted": ["Sentrum"], "kjønn": ["Menn"]}


def read(fetched: Fetched) -> Dataset:
    return read_dataset(json.loads(fetched.content), "bank")


def test_a_variable_that_the_provider_sums_is_left_out(fetch: Fetch, server: Server) -> None:
    dataset = read(fetch(oslo(), ALL | {"kjønn": "total"}))
    assert [part["code"] for part in server.requests[-1].body["query"]] == ["bosted", "år"]
    assert list(dataset.labels) == ["ContentsCode", "bosted", "år"]


@pytest.mark.parametrize("path", ["Bosatte på/Ø, x.px", "Bosatte pa\u030a/Ø, x.px"])
def test_the_path_may_hold_norwegian_letters(path: str) -> None:
    provider = Provider(api="pxweb1", name="B", url="https://x/db1", calls=1, seconds=1)

    url = table_url(provider, path)

    assert url == "https://x/db1/Bosatte%20p%C3%A5/%C3%98%2C%20x.px"


def test_a_snapshot_is_keyed_on_labels_and_nil_is_no_zero(fetch: Fetch) -> None:
    dataset = read(fetch(oslo(), SENTRUM))

    assert dataset.labels["år"] == {"2020": "2020", "2021": "2021", "2022": "2022"}
    assert dataset.units == {"EliminatedValue": "personer"}
    nil, zero, number = dataset.cells
    assert (math.isnan(nil.value), nil.symbol) == (True, "-")
    assert (zero.value, zero.symbol) == (0, "")
    assert (number.value, number.codes["bosted"], number.codes["år"]) == (2722, "Sentrum", "2022")


def test_the_same_table_is_the_same_snapshot(fetch: Fetch) -> None:
    select = ALL | {"bosted": AREAS, "år": Span(first="2020", last="2022")}
    before = fetch(oslo(), select).content
    # Positions have shifted; the server is a newer one.
    assert fetch(oslo(["Ny bydel", *AREAS], years=4), select).content == before
    assert fetch(oslo(contents="listed"), select).content == before


def test_labels_are_kept_without_their_indentation(fetch: Fetch) -> None:
    bank = oslo()
    bank.dims["bosted"] = positions(["Oslo i alt", "  Sentrum\N{NO-BREAK SPACE}øst"])

    dataset = read(fetch(bank, ALL | {"bosted": ["Sentrum øst"]}))

    assert dataset.labels["bosted"] == {"Sentrum øst": "Sentrum øst"}


def test_positions_that_are_not_those_of_the_metadata_are_not_used(
    fetch: Fetch, server: Server
) -> None:
    shifted = oslo(["Ny bydel", *AREAS])
    bank = oslo(twist=lambda _: shifted.answer(chosen(server.requests[-1].body)))

    with pytest.raises(ProviderError, match="mangler «Sentrum»; har «Bydel Gamle Oslo»"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})


@pytest.mark.parametrize("area", ["Sentrumet", "2"])
def test_a_query_that_the_table_cannot_answer(fetch: Fetch, server: Server, area: str) -> None:
    with pytest.raises(KgError, match=f"bosted: tabellen har ikke «{area}» nå."):
        fetch(oslo(), ALL | {"bosted": [area]})
    assert [asked.method for asked in server.requests] == ["GET"]


def test_two_values_with_one_label_are_refused(fetch: Fetch) -> None:
    bank = oslo(["Oslo i alt", "Sentrum", " Sentrum"])

    with pytest.raises(KgError, match="har «Sentrum» to ganger"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})
    assert read(fetch(bank, ALL | {"bosted": ["Oslo i alt"]})).labels["bosted"]


@pytest.mark.parametrize(
    ("twist", "message"),
    [
        (lambda a: {"dataset": a}, "JSON-stat2"),
        (lambda a: oslo().answer({"bosted": ["1"], "kjønn": ["0"], "år": ["0"]}), "mangler «Sen"),
        (lambda a: a | {"value": [*a["value"][:-1], None]}, "verken tall eller tegn"),
    ],
)
def test_a_wrong_answer_is_not_used(fetch: Fetch, twist: Any, message: str) -> None:
    with pytest.raises(KgError, match=message):
        fetch(oslo(twist=twist), SENTRUM)


def _text(status: int, text: str) -> Reply:
    return Reply(status, text.encode(), {"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([_text(404, "Not found")], "HTTP 404.*Oftest er tjenesten nede; er tabellen flyttet"),
        ([_text(400, "Bad Request")], "Oftest er tjenesten nede"),
        (
            [json_reply([{"id": "OK-BEF001.px", "type": "t"}])],
            r"ventet en tabell, fant en mappe[\s\S]*OK-BEF001.px",
        ),
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
