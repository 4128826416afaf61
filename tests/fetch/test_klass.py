from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.areas.area_codes import Change, Code
from kunnskapsgrunnlag.fetch.areas.klass import (
    Link,
    changes,
    check_regions,
    codes_at,
    codes_between,
    corresponds,
    fetch_changes,
    fetch_codes,
)
from kunnskapsgrunnlag.fetch.http import Limits, Transport
from kunnskapsgrunnlag.fetch.pace import Budget, Clock, Rate
from kunnskapsgrunnlag.fetch.provider import ProviderError
from tests.fetch.fault_server import Reply, Server, json_reply

BASE = "/v1/classifications/131"
SPAN = ("2019-01-01", "2024-01-01")


def item(code: str, name: str, start: str = "2019-01-01", end: str | None = None) -> dict[str, Any]:
    """A code as KLASS answers it; what is still valid ends where the period asked for ends."""
    within = {"validFromInRequestedRange": start, "validToInRequestedRange": end or "2024-01-02"}
    held = {"code": code, "parentCode": None, "level": "1", "name": name, "shortName": ""}
    return held | within | {"validFrom": None, "validTo": None, "notes": ""}


def change(old: str | None, new: str | None, date: str = "2020-01-01") -> dict[str, Any]:
    names = {"oldName": old and f"N{old}", "newName": new and f"N{new}"}
    return names | {"oldCode": old, "newCode": new, "oldShortName": "", "changeOccurred": date}


# Invented areas: 0001 takes up 0002, 0003 is split, 0005 gets a new code, 0301 stays.
CODES = [
    item("0301", "Oslo"),
    item("0001", "N0001"),
    item("0002", "N0002", end="2020-01-01"),
    item("0003", "N0003", end="2020-01-01"),
    item("0006", "N0006", "2020-01-01"),
    item("0007", "N0007", "2020-01-01"),
    item("0005", "N0005", end="2024-01-01"),
    item("0008", "N0008", "2024-01-01"),
]
CHANGES = [
    change("0002", "0001"),
    change("0003", "0006"),
    change("0003", "0007"),
    change("0005", "0008", "2024-01-01"),
]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        running.routes = {
            f"{BASE}/codesAt": lambda _: json_reply({"codes": CODES[:2]}),
            f"{BASE}/codes": lambda _: json_reply({"codes": CODES}),
            f"{BASE}/changes": lambda _: json_reply({"codeChanges": CHANGES}),
        }
        yield running


@pytest.fixture
def provider(server: Server) -> Provider:
    url = f"{server.url}/v1"
    return Provider(api="klass", name="KLASS", url=url, calls=25, seconds=60)


@pytest.fixture
def transport(tmp_path: Path) -> Iterator[Transport]:
    budget = Budget("klass", Rate(10**6, 1), tmp_path, Clock(lambda: 0.0, lambda _: None))
    with Transport("KLASS", budget, Limits(read=2, total=2, attempts=2)) as opened:
        yield opened


def test_codes_on_a_day(transport: Transport, provider: Provider, server: Server) -> None:
    found = codes_at(transport, provider, "131", "2020-01-01")

    assert found == [Code("0001", "N0001", level="1"), Code("0301", "Oslo", level="1")]
    assert server.requests[-1].query == {"date": "2020-01-01"}


def test_the_last_day_counts_though_klass_leaves_it_out(
    transport: Transport, provider: Provider, server: Server
) -> None:
    found = codes_between(transport, provider, "131", *SPAN)

    assert server.requests[-1].query == {"from": "2019-01-01", "to": "2024-01-02"}
    assert {each.code: each.valid_to for each in found if each.code in ("0005", "0301")} == {
        "0005": "2024-01-01",
        "0301": "",
    }


def test_changes_by_date(transport: Transport, provider: Provider) -> None:
    found = changes(transport, provider, "131", *SPAN)

    assert found[0] == Change("2020-01-01", "0002", "N0002", "0001", "N0001")
    assert [each.new_code for each in found] == ["0001", "0006", "0007", "0008"]


@pytest.mark.parametrize("broken", [change("1", "2", ""), change(None, None)])
def test_a_change_of_nothing_is_refused(
    transport: Transport, provider: Provider, server: Server, broken: dict[str, Any]
) -> None:
    server.fail(f"{BASE}/changes", json_reply({"codeChanges": [broken]}))

    with pytest.raises(KgError, match="expected a change with a date"):
        changes(transport, provider, "131", *SPAN)


def test_no_change_is_no_failure(transport: Transport, provider: Provider, server: Server) -> None:
    server.fail(f"{BASE}/changes", json_reply({"codeChanges": []}))

    assert changes(transport, provider, "131", *SPAN) == []


def test_codes_that_belong_together(
    transport: Transport, provider: Provider, server: Server
) -> None:
    pair = {"sourceCode": "0301", "sourceName": "Oslo"}
    pair |= {"targetCode": "030101", "targetName": "Gamle Oslo", "targetShortName": ""}
    server.routes[f"{BASE}/correspondsAt"] = lambda _: json_reply({"correspondenceItems": [pair]})

    found = corresponds(transport, provider, "131", "103", "2020-01-01")

    assert found == [Link("0301", "Oslo", "030101", "Gamle Oslo")]
    assert server.requests[-1].query == {"targetClassificationId": "103", "date": "2020-01-01"}


def test_a_snapshot_of_codes(transport: Transport, provider: Provider) -> None:
    fetched = fetch_codes(transport, provider, "131", *SPAN)

    lines = fetched.content.decode().split("\n")
    assert lines[0] == "code;name;parent;level;valid_from;valid_to"
    assert lines[1:3] == ["0001;N0001;;1;2019-01-01;", "0002;N0002;;1;2019-01-01;2020-01-01"]
    assert (fetched.requests, lines[-1]) == (1, "")
    assert fetched.vintage == "koder som gjaldt fra 1. januar 2019 til 1. januar 2024"


def test_a_snapshot_does_not_depend_on_the_order_of_the_answer(
    transport: Transport, provider: Provider, server: Server
) -> None:
    before = fetch_codes(transport, provider, "131", *SPAN)
    server.fail(f"{BASE}/codes", json_reply({"codes": CODES[::-1]}))

    assert fetch_codes(transport, provider, "131", *SPAN).content == before.content


def test_a_code_with_two_names_on_one_day_is_refused(
    transport: Transport, provider: Provider, server: Server
) -> None:
    held = [item("1", "A", end="2021-01-01"), item("1", "B", "2020-01-01")]
    server.fail(f"{BASE}/codes", json_reply({"codes": held}))

    with pytest.raises(KgError, match="found 1 for «A» and «B» on the same day"):
        codes_between(transport, provider, "131", *SPAN)


def test_a_code_whose_name_changed_stands_twice(
    transport: Transport, provider: Provider, server: Server
) -> None:
    held = [item("1", "B", "2020-01-01"), item("1", "A", end="2020-01-01")]
    server.fail(f"{BASE}/codes", json_reply({"codes": held}))

    found = codes_between(transport, provider, "131", *SPAN)

    assert [(each.name, each.valid_to) for each in found] == [("A", "2020-01-01"), ("B", "")]


def test_a_snapshot_of_changes(transport: Transport, provider: Provider) -> None:
    fetched = fetch_changes(transport, provider, "131", *SPAN)

    assert fetched.content.decode().split("\n")[:2] == [
        "date;old_code;old_name;new_code;new_name",
        "2020-01-01;0002;N0002;0001;N0001",
    ]


def _text(status: int, text: str, kind: str = "text/plain") -> Reply:
    return Reply(status, text.encode(), {"Content-Type": kind})


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([_text(404, "Klassifikasjon 131 finnes ikke")], "finnes ikke.*mangler endringstabell"),
        ([_text(400, "from")], "«classification» i params"),
        (
            [_text(200, "<codeList/>", "application/xml")] * 2,
            "expected JSON, found application/xml",
        ),
        ([json_reply({"codes": []})], "expected codes, found none"),
        ([json_reply({"versions": []})], "a list under 'codes'"),
        (
            [json_reply({"codes": [item("0301", "Oslo") | {"code": 301}]})],
            "code as text, found 301",
        ),
        ([json_reply({"codes": [item(" ", "Oslo")]})], "expected a code, found none"),
        ([json_reply({"codes": [item("0301", "Oslo") | {"name": None}]})], "expected a name"),
        ([json_reply({"codes": ["0301"]})], "found '0301'"),
        ([json_reply({"codes": [item("1", "A"), item("1", "B")]})], "1 for «A» and «B»"),
        (
            [json_reply({"codes": [item("1", "A") | {"validFrom": "1.1.2020"}]})],
            "a date such as 2020-01-01, found '1.1.2020'",
        ),
        ([_text(200, '{"codes": [', "application/json")] * 2, "not whole JSON"),
        ([Reply(503)] * 2, "HTTP 503"),
    ],
)
def test_a_failure_is_no_list_of_codes(
    transport: Transport,
    provider: Provider,
    server: Server,
    faults: list[Reply | None],
    message: str,
) -> None:
    server.fail(f"{BASE}/codesAt", *faults)

    with pytest.raises(KgError, match=message):
        codes_at(transport, provider, "131", "2020-01-01")


def test_a_server_that_is_down_is_not_a_wrong_classification(
    transport: Transport, provider: Provider, server: Server
) -> None:
    server.fail(f"{BASE}/codesAt", Reply(500), Reply(500))

    with pytest.raises(ProviderError) as caught:
        codes_at(transport, provider, "131", "2020-01-01")
    assert "params.yaml" not in str(caught.value)


@pytest.mark.parametrize("date", ["2020", "1.1.2020", "2020-13-01", ""])
def test_a_date_that_is_none(transport: Transport, provider: Provider, date: str) -> None:
    with pytest.raises(KgError, match="expected a date such as"):
        codes_at(transport, provider, "131", date)


def test_a_period_that_is_none(transport: Transport, provider: Provider) -> None:
    with pytest.raises(KgError, match="Swap the two dates"):
        changes(transport, provider, "131", "2024-01-01", "2019-01-01")


def test_an_area_under_a_new_code_is_told(transport: Transport, provider: Provider) -> None:
    found = check_regions(transport, provider, ["0", "0301", "0005", "0008"], "131", SPAN, "keep")

    assert [each.message for each in found] == [
        "2024-01-01: 0005 N0005 → 0008 N0008 (samme område, serien føres videre)",
        "Ikke koder i klassifikasjonen, ikke kontrollert: 0",
    ]


def test_areas_that_nothing_happened_to(transport: Transport, provider: Provider) -> None:
    assert check_regions(transport, provider, ["0301"], "131", SPAN, "keep") == []


@pytest.mark.parametrize(
    ("codes", "policy", "message"),
    [
        (["0003", "0006", "0007"], "sum", "found a split. Choose the policy break"),
        (["0003"], "keep", "found a split"),
        (["0001", "0002"], "keep", "found a merger. Choose the policy sum or break"),
        (["0001"], "sum", "lacks 0002"),
        (["0005"], "keep", "lacks 0008"),
        (["EAK"], "keep", "expected region codes such as 0001, found EAK"),
    ],
)
def test_a_policy_that_does_not_fit(
    transport: Transport, provider: Provider, codes: list[str], policy: Any, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        check_regions(transport, provider, codes, "131", SPAN, policy)


def test_a_series_without_years_cannot_be_checked(transport: Transport, provider: Provider) -> None:
    with pytest.raises(KgError, match="expected days to check, found none"):
        check_regions(transport, provider, ["0301"], "131", [], "keep")
