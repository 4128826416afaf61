import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Provider, Query, Span
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError
from kunnskapsgrunnlag.fetch.pxweb import pxweb2
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset
from tests.fetch.fault_server import Reply, Server, Table, json_reply, problem, transport_to

WHERE = "params.yaml, ssb-07459"
SELECT: dict[str, Choice] = {
    "Region": ["0301", "4601"],
    "Kjonn": "total",
    "ContentsCode": ["Personer1"],
    "Tid": Span(first="2024"),
}
DATA, METADATA = "/tables/07459/data", "/tables/07459/metadata"


@dataclass
class Bank:
    """A server with a table, and what is fetched from it."""

    server: Server
    table: Table

    def owner(self) -> Provider:
        entry = {"api": "pxweb2", "name": "Statistisk sentralbyrå", "url": self.server.url}
        return Provider.model_validate(entry | {"calls": 25, "seconds": 60.0})

    def fetch(self, **select: Choice) -> Fetched:
        query = Query(table="07459", select=SELECT | select)
        with transport_to() as transport:
            return pxweb2.fetch_table(transport, self.owner(), query, WHERE)


@pytest.fixture
def bank() -> Iterator[Bank]:
    server, table = Server(), Table()
    table.serve(server)
    with server.running():
        yield Bank(server, table)


def test_a_table_is_fetched_cell_for_cell(bank: Bank) -> None:
    got = bank.fetch()

    cells = read_dataset(json.loads(got.content), "x").cells
    assert [cell.value for cell in cells] == [bank.table.number(cell.codes) for cell in cells]
    assert len(cells) == 4
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


@pytest.mark.parametrize(
    ("path", "reply", "message"),
    [
        (DATA, problem(400, "Non-existent value"), r"HTTP 400 \(Non-existent value\)"),
        (METADATA, problem(404, "Non-existent table"), r"ikke nå \(HTTP 404\).*erstattet av"),
        (METADATA, problem(400, "Non-existent table"), r"finnes ikke nå \(HTTP 400\)"),
        (METADATA, json_reply([]), "ventet et datasett"),
        (METADATA, json_reply({"class": "dataset"}), r"ikke helt.*SSB fornyer tabeller klokken"),
    ],
)
def test_a_failure_says_what_to_do(path: str, reply: Reply, message: str, bank: Bank) -> None:
    bank.server.fail(path, reply)
    with pytest.raises(ProviderError, match=message):
        bank.fetch()


@pytest.mark.parametrize(
    ("twist", "message"),
    [
        (lambda _: Table().answer({"Region": ["0"], "Tid": ["2025"]}), "mangler"),
        (lambda answer: answer | {"value": [1, 2, 3, None]}, "verken tall eller tegn"),
        (lambda answer: answer | {"value": [1]}, "4 .*value"),
        (lambda answer: answer | {"class": "collection"}, "'collection'"),
    ],
)
def test_wrong_data_never_become_numbers(twist: Any, message: str, bank: Bank) -> None:
    bank.table.twist = twist
    with pytest.raises(KgError, match=message):
        bank.fetch()


def test_metadata_without_codes_are_under_renewal(bank: Bank) -> None:
    bank.table.dims["Tid"] = {}
    with pytest.raises(ProviderError, match=r"Tid har ingen koder nå. SSB fornyer"):
        bank.fetch()


def test_notes_and_the_end_of_a_table_are_told(bank: Bank) -> None:
    bank.table.discontinued = True
    bank.table.notes = ["Se ny tabell 14019. Spør kontakt@example.org."]

    fetched = bank.fetch()

    assert fetched.notes == ("Se ny tabell 14019. Spør .",)
    assert fetched.findings[0].startswith("tabellen er avsluttet hos eieren. Se ny tabell 14019.")


def test_the_metadata_say_when_the_table_was_updated(bank: Bank) -> None:
    with transport_to() as transport:
        assert pxweb2.updated_at(transport, bank.owner(), "07459", "x") == bank.table.updated
