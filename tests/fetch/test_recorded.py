"""Recorded answers of the owners, through `kg fetch` into the snapshots that the edition uses."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.query import Query
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.fetch.dispatch import Connections
from kunnskapsgrunnlag.fetch.http import Limits
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.fetch.update import Result, Updater
from kunnskapsgrunnlag.sources.provenance import read_provenance
from tests.conftest import ROOT
from tests.fetch.fault_server import FakeTime, Reply, Server, json_reply, problem
from tests.fetch.recordings import FOLDER, Recorded, play, recording

TODAY = "2026-12-01"
BASES = {"oslo": "/oslo", "ssb": "/ssb", "fhi": "/fhi", "klass": "/klass"}
# Source -> recording.
OSLO = {
    "oslo-sosialhjelp": "oslo-sto013",
    "oslo-sosialhjelp-alder": "oslo-sto020",
    "oslo-bef005": "oslo-bef005",
}


class Desk:
    """A checkout's snapshots, and all providers on one loopback server."""

    def __init__(self, root: Path, server: Server) -> None:
        self.project, self.server = Project(root), server
        self.catalog = read_catalog(ROOT / "params.yaml")
        for name, provider in self.catalog.providers.items():
            url = f"{server.url}{BASES.get(name, '/none')}"
            self.catalog.providers[name] = provider.model_copy(update={"url": url})

    def fetch(self, key: str, recorder: Recorder | None = None) -> Result:
        limits = Limits(connect=5, read=5, total=10, attempts=2)
        with Connections(self.catalog.providers, limits, FakeTime().clock(), recorder) as lines:
            updater = Updater(self.project, self.catalog, TODAY, lines.retrieve, lambda *_: None)
            return updater.run([key], lambda _: None)[0]

    def path(self, key: str) -> Path:
        return self.project.raw / self.catalog.live_source(key).file


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    with Server().running() as server:
        yield Desk(tmp_path, server)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_recording_says_whose_it_is_and_has_nobodys_name(path: Path) -> None:
    entry = recording(path.stem)
    assert entry["owner"]
    assert entry["licence"]
    assert entry["origin"] in ("opptak", "gjengitt fra kolonner", "form etter beskrivelse")
    text = path.read_text(encoding="utf-8")
    assert "@" not in text
    assert '"contact' not in text


@pytest.mark.parametrize("key", OSLO)
def test_oslos_table_gives_the_snapshot_that_is_there(key: str, desk: Desk) -> None:
    Recorded.of(OSLO[key]).serve_old(desk.server, "/oslo")
    before = desk.path(key).read_bytes()

    result = desk.fetch(key)

    assert (result.state, result.changes) == ("uendret", []), result.words
    assert desk.path(key).read_bytes() == before
    assert read_provenance(desk.path(key)).confirmed == TODAY


@pytest.mark.parametrize("key", OSLO)
def test_oslos_next_year_is_added_to_the_snapshot(key: str, desk: Desk) -> None:
    table = Recorded.of(OSLO[key])
    with_next_year(table)
    table.serve_old(desk.server, "/oslo")
    before = desk.path(key).read_text(encoding="utf-8").splitlines()

    result = desk.fetch(key)

    assert result.state == "endret", result.words
    assert {change.kind for change in result.changes} == {"ny periode"}
    after = desk.path(key).read_text(encoding="utf-8").splitlines()
    assert after[0] == before[0]
    assert len(after) - len(before) == len(before[1:]) // years(before)
    provenance = read_provenance(desk.path(key))
    assert provenance.query == desk.catalog.live[key].query.text()  # type: ignore[union-attr]
    assert desk.fetch(key).state == "uendret"


def with_next_year(table: Recorded) -> None:
    """The last year once more, as the year that follows; it is the first dimension that varies."""
    answer = copy.deepcopy(table.answer)
    at = answer["id"].index("år")
    assert all(size == 1 for size in answer["size"][:at])
    category = answer["dimension"]["år"]["category"]
    last = str(len(category["index"]) - 1)
    new = str(len(category["index"]))
    category["index"][new] = int(new)
    category["label"][new] = str(int(category["label"][last]) + 1)
    answer["size"][at] += 1
    answer["value"] += answer["value"][-len(answer["value"]) // int(new) :]
    table.answer = answer


def years(lines: list[str]) -> int:
    at = lines[0].split(";").index("år")
    return len({line.split(";")[at] for line in lines[1:]})


def test_ssbs_recorded_table_gives_the_snapshot_that_is_there(desk: Desk) -> None:
    Recorded.of("ssb-09895").serve_new(desk.server, "/ssb")
    assert desk.fetch("ssb-09895-soner").state == "uendret"


def test_fhis_table_is_read_with_its_mark_and_its_withheld_number(desk: Desk) -> None:
    """The numbers of the country; the last one is withheld here, as FHI writes it."""
    described, answer = (recording(f"fhi-795-{n}")["answer"] for n in ("dimension", "data"))
    answer["value"][-1] = "k"
    body = b"\xef\xbb\xbf" + json.dumps(answer).encode()
    desk.server.routes = {
        "/fhi/nokkel/table/795/dimension": lambda _: json_reply(described),
        "/fhi/nokkel/table/795/data": lambda _: Reply(
            200, body, {"Content-Type": "application/json"}
        ),
    }
    entry = desk.catalog.available["fhi-trangboddhet"]
    assert entry.query is not None
    select = entry.query.select | {"GEO": ["0"]}
    query = Query(table="795", select=select)
    desk.catalog.available["fhi-trangboddhet"] = entry.model_copy(update={"query": query})

    result = desk.fetch("fhi-trangboddhet")

    assert result.state == "ny", result.words
    saved = json.loads(desk.path("fhi-trangboddhet").read_bytes())
    assert saved["value"][-1] is None
    assert saved["status"] == {"19": ":"}
    assert saved["value"][10] == pytest.approx(10.18, abs=0.01)  # 2020, all
    asked = desk.server.asked("/fhi/nokkel/table/795/data")[0].body
    assert {d["code"] for d in asked["dimensions"]} == set(answer["id"])


def test_what_is_recorded_can_be_played_again(desk: Desk, tmp_path: Path) -> None:
    answer = recording("ssb-09895")["answer"] | {
        "extension": {"contact": [{"name": "Ola", "mail": "ola@example.org"}]}
    }
    Recorded(answer, "09895").serve_new(desk.server, "/ssb")
    folder = tmp_path / "opptak"
    desk.fetch("ssb-09895-soner", Recorder(folder, TODAY, desk.catalog.providers))

    files = sorted(folder.iterdir())
    assert len(files) == 2
    entry = json.loads(files[0].read_text(encoding="utf-8"))
    assert (entry["owner"], entry["licence"]) == ("Statistisk sentralbyrå", "CC BY 4.0")
    assert not [file for file in files if "ola@" in file.read_text(encoding="utf-8")]
    desk.server.routes = {}
    play(desk.server, folder)
    assert desk.fetch("ssb-09895-soner").state == "uendret"
    with pytest.raises(KgError, match="er ikke tom"):
        Recorder(folder, TODAY, {})


def test_a_table_that_has_ended_names_the_one_that_takes_over(desk: Desk) -> None:
    answer = copy.deepcopy(recording("ssb-09895")["answer"])
    answer["extension"] = {"discontinued": True}
    Recorded(answer, "09895").serve_new(desk.server, "/ssb")
    entry = desk.catalog.live["ssb-09895-soner"]
    desk.catalog.live["ssb-09895-soner"] = entry.model_copy(update={"successor": "ssb-14891"})
    assert "følges av ssb-14891: kg fetch ssb-14891" in desk.fetch("ssb-09895-soner").words

    desk.server.routes = {"/ssb": lambda _: problem(404, "Non-existent table")}
    words = desk.fetch("ssb-11084-oslo").words
    assert "tabellen finnes ikke nå (HTTP 404)" in words
    assert "følges av ssb-14891" in words


@pytest.mark.parametrize("key", ["ssb-13995", "ssb-14545"])
def test_a_table_whose_codes_nobody_knows_is_asked_what_it_has(key: str, desk: Desk) -> None:
    """No code is invented: the query is incomplete, and the owner's metadata complete it."""
    table = desk.catalog.available[key].query
    assert table is not None
    Recorded(recording("ssb-09895")["answer"], table.table).serve_new(desk.server, "/ssb")

    result = desk.fetch(key)

    assert result.state == "feilet"
    assert "Soner2" in result.words
    assert "09895" not in result.words
    assert not desk.path(key).exists()
    assert not desk.server.asked(f"/ssb/tables/{table.table}/data")


def test_a_folder_of_oslos_bank_says_what_lies_in_it(desk: Desk) -> None:
    inside = [{"id": "Inntekt", "type": "l", "text": "Inntekt"}]
    desk.server.routes["/oslo"] = lambda _: json_reply(inside)

    assert "Inntekt" in desk.fetch("oslo-lavinntekt").words
