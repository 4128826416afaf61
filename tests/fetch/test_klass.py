from collections.abc import Iterator
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.klass import area_findings, day_of
from tests.fetch.fault_server import Reply, Server, json_reply, transport_to
from tests.fetch.recordings import recording

BASE = "/v1/classifications/131"


def code(number: str, name: str) -> dict[str, Any]:
    return {"code": number, "name": name, "parentCode": None, "validFrom": None}


def change(old: str | None, new: str | None, date: str = "2020-01-01") -> dict[str, Any]:
    names = {"oldName": old and f"N{old}", "newName": new and f"N{new}"}
    return names | {"oldCode": old, "newCode": new, "changeOccurred": date}


CODES = [code("0301", "Oslo"), *(code(f"000{n}", f"N000{n}") for n in (1, 2, 5, 8))]
CHANGES = [change("0005", "0008", "2024-01-01"), change("0002", "0001"), change(None, "0009")]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        running.routes = {
            f"{BASE}/codes": lambda _: json_reply({"codes": CODES}),
            f"{BASE}/changes": lambda _: json_reply({"codeChanges": CHANGES}),
        }
        yield running


def findings(server: Server, *codes: str) -> tuple[str, ...]:
    owner = Provider(api="klass", name="KLASS", url=f"{server.url}/v1", calls=25, seconds=60)
    with transport_to() as transport:
        return area_findings(transport, owner, codes, "131", ["2024", "2019"])


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["0301"], ()),
        (
            ["0001", "0005"],
            (
                "2020-01-01: 0002 N0002 → 0001 N0001 (brudd i serien)",
                "2024-01-01: 0005 N0005 → 0008 N0008 (brudd i serien)",
            ),
        ),
        (["K-0301", "EAK", "0"], ("Ikke koder i klassifikasjonen, ikke kontrollert: EAK, 0",)),
    ],
)
def test_areas_that_changed_code_are_told_by_date(
    server: Server, codes: list[str], told: tuple[str, ...]
) -> None:
    assert findings(server, *codes) == told


def test_codes_of_another_classification_are_refused(server: Server) -> None:
    with pytest.raises(KgError, match="klassifikasjon 131 har ingen av kodene EAK"):
        findings(server, "EAK")


def test_the_first_day_of_a_period() -> None:
    days = {"2020": "2020-01-01", "2020M11": "2020-11-01", "2020K4": "2020-10-01"}

    assert {period: day_of(period) for period in days} == days
    with pytest.raises(KgError, match="ventet en periode"):
        day_of("2020-01-01")


def test_the_last_day_counts_though_klass_leaves_it_out(server: Server) -> None:
    findings(server, "0301")
    asked = {"from": "2019-01-01", "to": "2024-01-02"}
    assert [request.query for request in server.requests] == [asked, asked]


def test_a_code_that_was_used_for_two_areas_is_told(server: Server) -> None:
    server.fail(
        f"{BASE}/codes",
        json_reply({"codes": [code("1", "A"), code("0301", "Bø"), code("0301", "Nes")]}),
    )

    assert findings(server, "0301") == (
        "Koden 0301 er brukt om Bø og om Nes: kontroller at det er samme område",
    )


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(404, b"Klassifikasjon 131 finnes ikke"), r"HTTP 404 \(Klassifikasjon 131 finnes"),
        (json_reply({"codes": []}), "klassifikasjon 131 har ingen av kodene 0301"),
        (json_reply({"codes": [{"code": 301, "name": "Oslo"}]}), "har ingen av kodene 0301"),
    ],
)
def test_a_failure_is_no_list_of_codes(reply: Reply, message: str, server: Server) -> None:
    server.fail(f"{BASE}/codes", reply)
    with pytest.raises(KgError, match=message):
        findings(server, "0301")


def test_the_form_that_the_owner_describes_is_read(server: Server) -> None:
    """Recorded answers: forms of the owner's description, since nobody here has seen one."""
    codes, changes = (recording(f"klass-131-{name}") for name in ("codes", "changes"))
    assert codes["origin"] == changes["origin"] == "form etter beskrivelse"
    server.routes = {
        f"{BASE}/codes": lambda _: json_reply(codes["answer"]),
        f"{BASE}/changes": lambda _: json_reply(changes["answer"]),
    }

    assert findings(server, "0301") == ()
    assert findings(server, "3005", "K-3301") == (
        "2024-01-01: 3005 Drammen → 3301 Drammen (brudd i serien)",
    )
