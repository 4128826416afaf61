"""`kg fetch`, `kg sources` and the stage `fetch` as a person meets them, providers on loopback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kunnskapsgrunnlag.cli.main import app
from kunnskapsgrunnlag.fetch.http import Clock
from kunnskapsgrunnlag.fetch.provider import OSLO
from tests.conftest import ROOT
from tests.fetch.fault_server import Reply, Server
from tests.fetch.test_update import FILE, REVISED, SOURCE, Rents, add_year, rents

# Seconds until it is noon in Oslo, today.
TO_NOON = (datetime.now(OSLO).replace(hour=12, minute=0) - datetime.now(OSLO)).total_seconds()


@dataclass(frozen=True)
class Checkout:
    """The catalogue and the snapshots, without a build; all providers stand on loopback."""

    root: Path

    @property
    def snapshot(self) -> str:
        return (self.root / "data/raw" / FILE).read_text(encoding="utf-8")

    def edit(self, pattern: str, to: str) -> None:
        params = self.root / "params.yaml"
        text, count = re.subn(pattern, to, params.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert count
        params.write_text(text, encoding="utf-8")

    def wish(self, date: str) -> None:
        self.edit(r'(?<=^    wanted: ")[0-9-]+', date)

    def kg(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, arguments)

    def process(self, *arguments: str) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join([str(self.root / "noon"), str(ROOT / "src")])
        environment = os.environ | {"PYTHONPATH": paths}
        return subprocess.Popen(
            [sys.executable, "-m", "kunnskapsgrunnlag", *arguments],
            cwd=self.root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def table(server: Server) -> Rents:
    table = rents()
    table.serve(server, "/v2")
    return table


@pytest.fixture
def checkout(
    tmp_path: Path, server: Server, table: Rents, monkeypatch: pytest.MonkeyPatch
) -> Checkout:
    for name in ("params.yaml", "dvc.yaml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    monkeypatch.chdir(tmp_path)
    # SSB is not asked early in the morning, whenever the tests are run.
    monkeypatch.setattr(Clock.__init__, "__defaults__", (lambda: time.time() + TO_NOON, time.sleep))
    (tmp_path / "noon").mkdir()
    (tmp_path / "noon/sitecustomize.py").write_text(
        f"import time\nreal = time.time\ntime.time = lambda: real() + {TO_NOON}\n",
        encoding="utf-8",
    )
    checkout = Checkout(tmp_path)
    checkout.edit(r"^    url: https://\S+$", f"    url: {server.url}/v2")
    return checkout


def test_one_failing_source_is_named_and_the_exit_code_tells(checkout: Checkout) -> None:
    before = checkout.snapshot

    done = checkout.kg("fetch", "ssb-07459", SOURCE)

    assert done.exit_code == 1
    assert re.search(rf"{SOURCE}\s+uendret", done.stdout)
    assert re.search(r"ssb-07459\s+feilet", done.stdout)
    assert "ssb-07459: tabellen finnes ikke nå (HTTP 404)" in done.stderr
    assert checkout.snapshot == before


def test_since_skips_what_the_owner_has_not_updated(checkout: Checkout) -> None:
    done = checkout.kg("fetch", SOURCE, "ssb-07459", "--since", "2026-01-01")

    assert re.search(rf"{SOURCE}\s+ikke endret siden", done.stdout)
    assert re.search(r"ssb-07459\s+feilet", done.stdout)


def test_offline_explains_and_calls_nobody(checkout: Checkout, server: Server) -> None:
    done = checkout.kg("fetch", "--offline")

    assert done.exit_code == 0
    assert "oppdatert av SSB 22. desember 2025" in done.stdout
    assert server.requests == []


def test_sources_lists_all_with_what_is_expected(checkout: Checkout) -> None:
    entry = "  ny-tabell:\n    provider: ssb\n    title: Ny\n    file: ssb/ny.json\n"
    checkout.edit(r"^live:\n", f'live:\n{entry}    query: {{table: "1"}}\n')

    done = checkout.kg("sources")

    assert done.exit_code == 0
    assert re.search(rf"{SOURCE}\s+Statistisk sentralbyrå\s+09895\s+oppdatert av SSB", done.stdout)
    assert "kg due --brev tabell-14" in done.stdout
    # A table that is no source yet.
    assert re.search(r"ny-tabell\s+.*\s1\s+ikke i bruk\s+kg fetch ny-tabell", done.stdout)


def test_fetch_tells_what_changed_and_waits_for_a_cause(checkout: Checkout, table: Rents) -> None:
    table.now[REVISED] = 8800
    before = checkout.snapshot

    done = checkout.kg("fetch", SOURCE)

    assert done.exit_code == 1
    assert "1 revidert" in done.stdout
    assert "8\N{NO-BREAK SPACE}750 → 8\N{NO-BREAK SPACE}800" in done.stdout
    assert checkout.snapshot == before

    done = checkout.kg("fetch", SOURCE, "--cause", "revidert-av-eier", "--reason", "Nye vekter.")

    assert done.exit_code == 0, done.output
    assert "8800" in checkout.snapshot


def test_a_query_that_chooses_nothing_is_told_what_the_table_offers(checkout: Checkout) -> None:
    checkout.edit(r"^      select: \{Soner2: .*\n", "")

    done = checkout.kg("fetch", SOURCE)

    assert done.exit_code == 1
    assert re.search(r"^  AntRom \(antrom\): 5 verdier: 1 ", done.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ssb-9895"], "ssb-09895"),
        ([SOURCE, "--cause", "vet ikke"], "revidert-av-eier"),
        ([SOURCE, "--cause", "var-feil"], "hører sammen"),
        ([SOURCE, "--since", "i går"], "2026-01-31"),
    ],
)
def test_what_is_misspelt_is_refused_without_a_call(
    arguments: list[str], words: str, checkout: Checkout, server: Server
) -> None:
    assert words in str(checkout.kg("fetch", *arguments).exception)
    assert server.requests == []


def test_the_stage_asks_only_when_the_catalogue_wants_something_newer(
    checkout: Checkout, server: Server, table: Rents
) -> None:
    add_year(table)
    checkout.wish("2025-12-22")
    assert checkout.process("stage", "fetch", SOURCE).wait() == 0
    assert server.requests == []

    checkout.wish("2026-01-01")
    assert checkout.process("stage", "fetch", SOURCE).wait() == 0
    assert '"2026"' in checkout.snapshot


def test_a_failing_stage_keeps_the_snapshot(checkout: Checkout, server: Server) -> None:
    before = checkout.snapshot
    server.fail("*", *[Reply(404)] * 20)

    assert checkout.process("stage", "fetch", SOURCE).wait() == 1
    assert checkout.snapshot == before
    assert f"kg fetch {SOURCE}" in " ".join(checkout.kg("sources").stdout.split())


def test_a_kill_while_an_answer_drips_in_harms_nothing(checkout: Checkout, server: Server) -> None:
    before = checkout.snapshot
    path = "/v2/tables/09895/data"
    server.fail(path, Reply(200, b"{" * 1000, drip=0.05))
    fetching = checkout.process("fetch", SOURCE)
    wait_until(lambda: bool(server.asked(path)) or fetching.poll() is not None)
    fetching.kill()
    fetching.wait()

    assert server.asked(path)
    assert checkout.snapshot == before
    assert checkout.kg("fetch", SOURCE).exit_code == 0


def wait_until(happened: Callable[[], bool]) -> None:
    while not happened():
        threading.Event().wait(0.02)
