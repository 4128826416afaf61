import contextlib
import itertools
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Listed, Provider, Query, Span
from kunnskapsgrunnlag.fetch.http import Limits, Transport
from kunnskapsgrunnlag.fetch.pace import Budget, Clock, Rate
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb.pxweb1 import fetch_table, table_url
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from tests.fetch.fault_server import Reply, Request, Server, json_reply

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
        held = [self.cells.get(combo, (0, "")) for combo in combos]
        answer = {
            "class": "dataset",
            "label": "Mottakere",
            "updated": self.updated,
            "id": names,
            "size": [len(codes[name]) for name in names],
            "role": {"time": [self.time]},
            "dimension": {name: self.dimension(name, codes[name]) for name in names},
            "value": [value for value, _ in held],
            "status": {str(i): symbol for i, (_, symbol) in enumerate(held) if symbol},
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
    return {each["code"]: each["selection"]["values"] for each in body["query"]}


def positions(labels: list[str]) -> dict[str, str]:
    return {str(at): label for at, label in enumerate(labels)}


def oslo(areas: list[str] | None = None, years: int = 3, **more: Any) -> Bank:
    held = areas or AREAS
    spans = [str(2020 + at) for at in range(years)]
    cells: Cells = {
        (area, sex, year): (100 * len(area) + int(year), "")
        for area in held
        for sex in ("Menn", "Kvinner")
        for year in spans
    }
    cells |= {("Sentrum", "Menn", "2020"): (None, "-"), ("Sentrum", "Menn", "2021"): (0, "")}
    dims = {"bosted": held, "kjønn": ["Menn", "Kvinner"], "år": spans}
    return Bank({name: positions(labels) for name, labels in dims.items()}, cells, **more)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Callable[..., Fetched]:
    def run(bank: Bank, select: dict[str, Any], **provider: Any) -> Fetched:
        bank.serve(server, f"/{PATH}")
        entry = {"api": "pxweb1", "name": "Bank", "url": server.url, "calls": 50, "seconds": 10.0}
        entry |= {"cells": 1000}
        clock = Clock(lambda: 0.0, lambda _: None)
        budget = Budget("bank", Rate(10**6, 1), tmp_path, clock)
        with Transport("Bank", budget, Limits(read=2, total=2, attempts=2)) as transport:
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

    assert [each["code"] for each in server.requests[-1].body["query"]] == ["bosted", "år"]
    assert list(dataset.labels) == ["ContentsCode", "bosted", "år"]


@pytest.mark.parametrize(
    "path", ["Bosatte på/Ø, x.px", "Bosatte pa\u030a/Ø, x.px", "Bosatte%20p%C3%A5/%C3%98, x.px"]
)
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
    old, new = fetch(oslo(), ALL), fetch(oslo(contents="listed"), ALL | {"ContentsCode": "all"})

    assert old.content == new.content


def test_the_order_of_the_query_counts_and_not_that_of_the_answer(fetch: Fetch) -> None:
    turned = {"år": ["2021", "2020"], "kjønn": ["Kvinner"], "bosted": AREAS[::-1]}

    dataset = read(fetch(oslo(), turned))

    assert list(dataset.labels) == ["ContentsCode", "år", "kjønn", "bosted"]
    assert [c.codes["år"] for c in dataset.cells[:5]] == ["2021"] * 4 + ["2020"]
    assert cell(dataset, "2021", "Oslo i alt") == (1000 + 2021, "")


def test_no_personal_details_are_kept(fetch: Fetch) -> None:
    assert b"Kari" not in fetch(oslo(), ALL).content


@pytest.mark.parametrize("most", [6, 7, 9, 12, 23])
def test_queries_keep_the_limit(fetch: Fetch, server: Server, most: int) -> None:
    whole = fetch(oslo(), ALL)

    parts = fetch(oslo(), ALL, cells=most)

    bodies = [chosen(each.body) for each in server.requests if each.method == "POST"][1:]
    assert parts.content == whole.content
    assert len(bodies) > 1
    for held in bodies:
        assert math.prod(map(len, held.values())) <= most
        assert sum(map(len, held.values())) <= most


def test_time_is_cut_before_anything_else(fetch: Fetch, server: Server) -> None:
    fetch(oslo(), ALL, cells=16)

    bodies = [chosen(each.body) for each in server.requests if each.method == "POST"]
    assert [held["år"] for held in bodies] == [["0", "1"], ["2"]]
    assert all(len(held["bosted"]) == 4 for held in bodies)


def test_labels_are_kept_without_their_indentation(fetch: Fetch) -> None:
    bank = oslo()
    bank.variables["bosted"] = positions(["Oslo i alt", "  Sentrum\N{NO-BREAK SPACE}øst"])

    dataset = read(fetch(bank, ALL | {"bosted": ["Sentrum øst"]}))

    assert dataset.labels["bosted"] == {"Sentrum øst": "Sentrum øst"}


class _Answers:
    """A transport that answers from a table, without a network, and may spoil its answers."""

    calls = 0

    def __init__(self, bank: Bank, spoilt: Callable[[Any], Any] = lambda held: held) -> None:
        self.bank, self.asked, self.spoilt = bank, list[dict[str, list[str]]](), spoilt

    def get_json(self, url: str) -> Any:
        return self.spoilt(self.bank.metadata())

    def post_json(self, url: str, body: Any) -> Any:
        self.asked.append(chosen(body))
        return self.spoilt(self.bank.answer(self.asked[-1]))


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.integers(3, 60))
def test_parts_of_any_table_make_the_whole(sizes: list[int], most: int) -> None:
    names = ("bosted", "kjønn", "år")
    dims = [[f"{n}{at}" for at in range(size)] for n, size in zip(names, sizes, strict=True)]
    cells: Cells = {}
    for a in dims[0]:
        for b in dims[1]:
            for c in dims[2]:
                cells[a, b, c] = (None, "-") if len(cells) % 7 == 3 else (len(cells), "")
    variables = {n: positions(labels) for n, labels in zip(names, dims, strict=True)}
    answers = _Answers(Bank(variables, cells))
    entry = {"api": "pxweb1", "name": "B", "url": "http://x", "calls": 1, "seconds": 1.0}
    provider = Provider.model_validate(entry | {"cells": most})

    fetched = fetch_table(
        cast(Transport, answers),
        provider,
        Query(table="t", select=dict.fromkeys(names, "all")),
        "t",
    )

    found = {
        tuple(c.codes[n] for n in names): (None if math.isnan(c.value) else c.value, c.symbol)
        for c in read(fetched).cells
    }
    assert found == cells
    assert all(math.prod(map(len, held.values())) <= most for held in answers.asked)
    assert all(sum(map(len, held.values())) <= most for held in answers.asked)


JUNK = st.sampled_from(
    [None, True, -1, 0, 1.5, "", "0", "Sentrum", [], [None], ["0"], {}, {"0": 0}, {"0": "x"}]
)


def _spoilt(held: Any, steps: list[int], junk: Any, lose: bool) -> Any:
    """The answer with junk for one of its parts, or without it."""
    if not steps or not isinstance(held, dict | list) or not held:
        return junk
    keys = list(held) if isinstance(held, dict) else list(range(len(held)))
    key = keys[steps[0] % len(keys)]
    whole = dict(held) if isinstance(held, dict) else list(held)
    if lose and len(steps) == 1:
        del whole[key]
    else:
        whole[key] = _spoilt(held[key], steps[1:], junk, lose)
    return whole


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), JUNK, st.booleans(), st.booleans())
def test_a_corrupt_answer_is_refused_and_nothing_worse(
    steps: list[int], junk: Any, lose: bool, metadata: bool
) -> None:
    def spoilt(held: Any) -> Any:
        return _spoilt(held, steps, junk, lose) if ("variables" in held) == metadata else held

    entry = {"api": "pxweb1", "name": "B", "url": "http://x", "calls": 1, "seconds": 1.0}
    provider = Provider.model_validate(entry | {"cells": 1000})
    answers = cast(Transport, _Answers(oslo(), spoilt))

    with contextlib.suppress(KgError):
        fetched = fetch_table(answers, provider, Query(table="t", select=ALL), "t")
        assert len(read(fetched).cells) in (24, 16, 18, 12)


def test_a_table_that_changes_all_the_time_is_not_used(fetch: Fetch) -> None:
    times = itertools.count()

    with pytest.raises(ProviderError, match="updated between two of our 2 queries"):
        fetch(oslo(twist=lambda a: a | {"updated": str(next(times))}), ALL, cells=16)


def test_a_table_that_is_updated_while_we_read_is_read_again(fetch: Fetch) -> None:
    times = iter("1222")

    fetched = fetch(oslo(twist=lambda a: a | {"updated": next(times)}), ALL, cells=16)

    assert (fetched.updated, fetched.requests) == ("2", 6)


def test_positions_that_are_not_those_of_the_metadata_are_not_used(
    fetch: Fetch, server: Server
) -> None:
    shifted = oslo(["Ny bydel", *AREAS])
    bank = oslo(twist=lambda _: shifted.answer(chosen(server.requests[-1].body)))

    with pytest.raises(ProviderError, match="was «Sentrum» in the metadata and is «Bydel Gamle"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})


def test_positions_that_shift_while_we_read_are_read_again(fetch: Fetch, server: Server) -> None:
    bank, shifted = oslo(), oslo(["Ny bydel", *AREAS])
    select = ALL | {"bosted": ["Sentrum"]}
    before = fetch(bank, select)

    def shift(_: dict[str, Any]) -> dict[str, Any]:
        bank.variables = shifted.variables
        return shifted.answer(chosen(server.requests[-1].body))

    bank.twist = shift
    after = fetch(bank, select)

    assert (after.content, after.requests) == (before.content, 4)


def test_a_period_is_by_time_whatever_the_order_of_the_metadata(fetch: Fetch) -> None:
    bank = oslo()
    bank.variables["år"] = dict(reversed(bank.variables["år"].items()))

    dataset = read(fetch(bank, ALL | {"år": Span(first="2021")}))

    assert list(dataset.labels["år"]) == ["2021", "2022"]


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ({"bosted": ["Sentrumet"]}, "bosted: the table has no label «Sentrumet».* «Sentrum»"),
        ({"bosted": ["2"]}, "no label «2»"),
        ({"år": Span(first="2019")}, "no period «2019» now. It has 2020 to 2022"),
        ({"år": Span(first="2021", last="2030")}, "no period «2030»"),
        ({"år": Span(first="2022", last="2021")}, "ends before it begins"),
        ({"bosted": "total"}, "no total"),
        ({"år": "total"}, "no total"),
        ({"bosted": ["Sentrum", "Sentrum "]}, "«Sentrum» stands there twice"),
        ({"bosted": []}, "asks for no value"),
        ({"kjonn": "all"}, "no variable 'kjonn'.*«kjønn»"),
        ({"bosted": Listed(codelist="agg_X", codes=["1"])}, "needs codes that stay"),
    ],
)
def test_a_query_that_the_table_cannot_answer(
    fetch: Fetch, server: Server, select: dict[str, Any], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        fetch(oslo(), ALL | select)
    assert [each.method for each in server.requests] == ["GET"]


def test_a_variable_left_out_is_named(fetch: Fetch) -> None:
    with pytest.raises(KgError, match="the query says nothing of kjønn"):
        fetch(oslo(), {"bosted": "all", "år": "all"})


def test_two_values_with_one_label_are_refused(fetch: Fetch) -> None:
    bank = oslo(["Oslo i alt", "Sentrum", " Sentrum"])

    with pytest.raises(KgError, match="«Sentrum» stands there twice"):
        fetch(bank, ALL | {"bosted": ["Sentrum"]})
    assert read(fetch(bank, ALL | {"bosted": ["Oslo i alt"]})).labels["bosted"]


def _lose(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in answer.items() if key != "status"}


def _default(answer: dict[str, Any]) -> dict[str, Any]:
    return oslo().answer({"bosted": ["1"], "kjønn": ["0"], "år": ["0", "1", "2"]})


@pytest.mark.parametrize(
    ("twist", "message"),
    [
        (lambda a: {"dataset": a}, "asked for json-stat2, found JSON-stat 1"),
        (lambda a: [], "asked for json-stat2"),
        (_default, "it lacks '2'"),
        (lambda a: a | {"value": a["value"][1:]}, "value"),
        (lambda a: a | {"value": [*a["value"][:-1], None]}, "neither a number nor a symbol"),
        (lambda a: a | {"dimension": []}, "dimension"),
        (lambda a: a | {"id": a["id"][::-1]}, "size"),
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
        ([_text(404, "Not found")], "There is no such table"),
        ([_text(400, "Bad Request")], "Oftest er tjenesten nede"),
        ([_text(200, "<html>", "text/html")] * 2, "expected JSON, found text/html"),
        ([json_reply([{"id": "OK-BEF001.px", "type": "t"}])], "a folder with OK-BEF001.px"),
        ([json_reply({"title": "x", "variables": []})], "metadata with variables"),
        (
            [json_reply({"variables": [{"code": "år", "values": [], "valueTexts": []}]})],
            "expected a variable with codes",
        ),
        (
            [
                json_reply(
                    {"variables": [{"code": "x", "values": ["1", "1"], "valueTexts": ["a", "b"]}]}
                )
            ],
            "the code 1 of x twice",
        ),
        ([None, _text(400, "Bad Request")], "It does not say why.*json-stat2, or the 24 values"),
        ([None, _text(403, "Forbidden")], "asked for 24 and expect at most 1000"),
        ([None, *[_text(200, "<xml/>", "application/xml")] * 2], "expected JSON"),
        ([None, *[_text(200, '{"class": "dat', "application/json")] * 2], "not whole JSON"),
        ([None, Reply(500), Reply(500)], "HTTP 500"),
    ],
)
def test_what_a_failure_means_is_said(
    fetch: Fetch, server: Server, faults: list[Reply | None], message: str
) -> None:
    server.fail(f"/{PATH}", *faults)

    with pytest.raises(ProviderError, match=message):
        fetch(oslo(), ALL)


def test_a_failure_that_passes_is_no_failure(fetch: Fetch, server: Server) -> None:
    server.fail(f"/{PATH}", Reply(503), None, Reply(429, b"", {"Retry-After": "1"}))

    assert read(fetch(oslo(), ALL)).cells
