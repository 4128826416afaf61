from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Live, Provider, Query
from kunnskapsgrunnlag.fetch.dispatch import Connections, from_file
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.sources.formats.register_csv import content_of
from tests.fetch import qlik_server
from tests.fetch.fault_server import FakeTime, Server, json_reply
from tests.fetch.qlik_server import Facts, FakeQlik
from tests.fetch.registers import whole_register
from tests.fetch.test_husbanken_live import as_csv, facts, some, spreadsheet, table

alone = qlik_server.alone
APP = Live(provider="husbanken", title="Bostøtte", file="husbanken/bostotte.csv")


def husbanken(url: str) -> Connections:
    entry = {"api": "qlik", "name": "Husbanken", "url": url, "calls": 20, "seconds": 60.0}
    entry |= {"app": "app", "origin": "https://statistikk.example"}
    return Connections({"husbanken": Provider.model_validate(entry)}, clock=FakeTime().clock())


def test_the_app_is_asked_at_the_address_of_its_provider() -> None:
    with FakeQlik(Facts(facts())) as server:
        url = server.url.removesuffix("/public").replace("ws", "http")
        with husbanken(url) as connections:
            fetched = connections.retrieve("husbanken-bostotte", APP)

    assert fetched.vintage == "oppdatert av Husbanken 4. august 2026"
    page = {"attributes": {"lastReloadTime": "2026-08-03T05:31:00Z"}}
    with Server().running() as site, husbanken(site.url) as connections:
        site.routes["/api/v1/apps/app"] = lambda _: json_reply(page)
        assert connections.updated("husbanken-bostotte", APP) == "2026-08-03T05:31:00Z"


def test_municipalities_are_chosen_by_code_and_a_recording_has_no_rows(tmp_path: Path) -> None:
    chosen = {"KommuneNr": ["4601"]}
    cities = APP.model_copy(update={"query": Query(table="bostøtte", select=dict(chosen))})
    with FakeQlik(Facts(facts())) as server:
        url = server.url.removesuffix("/public").replace("ws", "http")
        with husbanken(url) as connections:
            connections.recorder = Recorder(tmp_path / "opptak", "2026-12-01", {})
            fetched = connections.retrieve("husbanken-kommuner", cities)
            nothing = APP.model_copy(update={"query": Query(table="bostøtte")})
            with pytest.raises(KgError, match="velg koder for KommuneNr"):
                connections.retrieve("husbanken-kommuner", nothing)

    assert b"4601" in fetched.content
    files = [file.read_text(encoding="utf-8") for file in (tmp_path / "opptak").iterdir()]
    assert any("GetHyperCubeData" in text for text in files)
    assert not any("qElemNumber" in text or "Bergen" in text for text in files)


def test_one_source_of_the_app_may_be_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "uttrekk.csv"
    file.write_bytes(as_csv(spreadsheet(some(table(content_of(whole_register()))))))

    fetched = from_file(file, ["husbanken-bostotte"])("husbanken-bostotte", APP)

    assert fetched.vintage.startswith("uttrekk fra fil, lagret ")
    assert fetched.query == "fil uttrekk.csv"


def test_other_sources_are_not_read_from_a_file(tmp_path: Path) -> None:
    ssb = APP.model_copy(update={"query": Query(table="09895")})
    with pytest.raises(KgError, match="bare kilder fra appen leses fra en fil"):
        from_file(Path(__file__), ["ssb-09895"])("ssb-09895", ssb)
    with pytest.raises(KgError, match="--fil gjelder én kilde"):
        from_file(Path(__file__), ["a", "b"])
    with pytest.raises(KgError, match="det er ingen fil"):
        from_file(tmp_path / "x.csv", ["a"])
