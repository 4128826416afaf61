import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Provider, Query, Span
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb import pxweb2
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from tests.fetch.fault_server import (
    FakeTime,
    Reply,
    Server,
    Table,
    json_reply,
    problem,
    transport_to,
)

WHERE = "params.yaml, ssb-07459"
SELECT: dict[str, Choice] = {
    "Region": ["0301", "4601"],
    "Kjonn": "total",
    "ContentsCode": ["Personer1"],
    "Tid": Span(first="2024"),
}
DATA, METADATA = "/tables/07459/data", "/tables/07459/metadata"
Twist = Callable[[dict[str, Any]], Any]


@dataclass
class Bank:
    """A server with a table, and what is fetched from it."""

    server: Server
    table: Table
    time: FakeTime = field(default_factory=FakeTime)

    def fetch(self, cells: int = 800_000, /, **select: Choice) -> Fetched:
        owner = Provider(
            api="pxweb2",
            name="Statistisk sentralbyrå",
            url=self.server.url,
            calls=25,
            seconds=60,
            cells=cells,
        )
        query = Query(table="07459", select=SELECT | select)
        with transport_to(self.time) as transport:
            return pxweb2.fetch_table(transport, owner, query, WHERE)


@pytest.fixture
def bank() -> Iterator[Bank]:
    server, table = Server(), Table()
    table.serve(server)
    with server.running():
        yield Bank(server, table)


def read(fetched: Fetched) -> Dataset:
    return read_dataset(json.loads(fetched.content), "x")


def numbers(fetched: Fetched) -> dict[tuple[str, ...], float]:
    return {tuple(cell.codes.values()): cell.value for cell in read(fetched).cells}


def test_a_table_is_fetched_cell_for_cell(bank: Bank) -> None:
    got = bank.fetch()

    assert numbers(got) == {
        (region, "Personer1", year): bank.table.number(
            {"Region": region, "ContentsCode": "Personer1", "Tid": year}
        )
        for region in ("0301", "4601")
        for year in ("2024", "2025")
    }
    assert (got.vintage, got.updated) == ("oppdatert av SSB 25. februar 2026", bank.table.updated)
    assert got.query == "Region=0301,4601; Kjonn=total; ContentsCode=Personer1; Tid=2024–"
    assert got.requests == len(bank.server.requests) == 2


def test_every_variable_is_asked_for_by_its_codes(bank: Bank) -> None:
    bank.fetch(Region="all")

    (asked,) = bank.server.asked(DATA)
    assert asked.query == {"lang": "no", "outputFormat": "json-stat2"}
    assert asked.body["selection"] == [
        {"variableCode": "Region", "valueCodes": ["0", "0301", "4601", "K-Æ"]},
        {"variableCode": "ContentsCode", "valueCodes": ["Personer1"]},
        {"variableCode": "Tid", "valueCodes": ["2024", "2025"]},
    ]


@pytest.mark.parametrize("cells", [1, 5, 24])
def test_a_table_in_parts_is_the_same_table(cells: int, bank: Bank) -> None:
    everything: dict[str, Choice] = {"Region": "all", "Kjonn": "all", "Tid": "all"}
    whole = bank.fetch(**everything)
    bank.server.requests.clear()

    assert bank.fetch(cells, **everything).content == whole.content
    assert len(bank.server.asked(DATA)) > 1


def test_cells_that_are_too_many_are_asked_for_in_several_queries(bank: Bank) -> None:
    whole = bank.fetch()
    bank.table.most_cells = 1

    assert bank.fetch().content == whole.content


def test_a_limit_that_refuses_a_single_cell_is_an_error(bank: Bank) -> None:
    bank.server.fail(DATA, *[Reply(403)] * 9)

    with pytest.raises(ProviderError, match="HTTP 403"):
        bank.fetch()


PASSING = {
    "429 that says how long": Reply(429, b"", {"Retry-After": "5"}),
    "503": Reply(503),
    "a lost connection": Reply(200, b"{}" * 50, {"Content-Type": "application/json"}, cut=3),
    "too many cells": problem(400, "Too many cells selected"),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_failure_that_passes_does_no_harm(name: str, bank: Bank) -> None:
    whole = bank.fetch()
    bank.server.fail(DATA, PASSING[name])

    assert bank.fetch().content == whole.content


@pytest.mark.parametrize(
    ("path", "reply", "message"),
    [
        (DATA, problem(400, "Non-existent value"), r"HTTP 400 \(Non-existent value\)"),
        (
            METADATA,
            problem(404, "Non-existent table"),
            r"finnes ikke nå \(HTTP 404\).*erstattet av",
        ),
        (METADATA, problem(400, "Non-existent table"), r"finnes ikke nå \(HTTP 400\)"),
        (METADATA, json_reply([]), "ventet en tabell"),
        (METADATA, json_reply({"class": "dataset"}), r"not whole.*SSB fornyer tabeller klokken"),
    ],
)
def test_a_failure_says_what_to_do(path: str, reply: Reply, message: str, bank: Bank) -> None:
    bank.server.fail(path, reply)

    with pytest.raises(ProviderError, match=message):
        bank.fetch()


def test_metadata_without_codes_are_under_renewal(bank: Bank) -> None:
    bank.table.dims["Tid"] = {}

    with pytest.raises(ProviderError, match=r"Tid har ingen koder nå. SSB fornyer"):
        bank.fetch()


def change(*path: str | int, to: Any) -> Twist:
    """An answer with something else in one place."""

    def twist(answer: dict[str, Any]) -> dict[str, Any]:
        part: Any = answer
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = to
        return answer

    return twist


# What is wrong with the data -> the words of the error.
WRONG: dict[str, tuple[Twist, str]] = {
    "a default selection": (
        lambda _: Table().answer({"Region": ["0"], "Tid": ["2025"]}),
        "mangler",
    ),
    "a lost number": (change("value", 0, to=None), "verken tall eller tegn"),
    "numbers too few": (change("value", to=[1]), "expected 4 entries under value"),
    "a number as text": (change("value", 0, to="1"), "expected a number or null"),
    "a size that is wrong": (change("size", 0, to=3), "size says"),
    "no dataset": (change("class", to="collection"), "found 'collection'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_data_never_become_numbers(name: str, bank: Bank) -> None:
    bank.table.twist, message = WRONG[name]

    with pytest.raises(KgError, match=message):
        bank.fetch()


def test_codes_in_another_order_are_the_same_table(bank: Bank) -> None:
    whole = bank.fetch()
    turned = {"Tid": ["2025", "2024"], "ContentsCode": ["Personer1"], "Region": ["4601", "0301"]}
    bank.table.twist = lambda _: Table().answer(turned)

    assert bank.fetch().content == whole.content


def test_notes_are_carried_without_personal_details(bank: Bank) -> None:
    bank.table.notes = ["Tallene er revidert. Spør kontakt@example.org."]

    assert bank.fetch().notes == ("Tallene er revidert. Spør .",)


def test_a_table_that_has_ended_is_told(bank: Bank) -> None:
    bank.table.discontinued, bank.table.notes = True, ["Se ny tabell 14019."]

    assert bank.fetch().findings == ("tabellen er avsluttet hos eieren. Se ny tabell 14019.",)


def test_the_metadata_say_when_the_table_was_updated(bank: Bank) -> None:
    owner = Provider(api="pxweb2", name="SSB", url=bank.server.url, calls=25, seconds=60)
    with transport_to() as transport:
        assert pxweb2.updated_at(transport, owner, "07459", "x") == bank.table.updated
