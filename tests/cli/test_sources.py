"""`kg fetch`, `kg sources` and the stage `fetch` as a person meets them, providers on loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import CLEAN, Checkout
from tests.fetch.fault_server import Reply, Server
from tests.fetch.test_update import FILE, REVISED, SOURCE, Rents, add_year, rents

pytestmark = pytest.mark.build
SNAPSHOT = f"data/raw/{FILE}"


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
    scratch: Checkout, tmp_path: Path, server: Server, table: Rents, monkeypatch: pytest.MonkeyPatch
) -> Checkout:
    """A checkout whose providers all stand on loopback, with a budget of calls of its own."""
    own = f"    url: {server.url}/v2"
    text = re.sub(r"^    url: https://\S+$", own, scratch.read("params.yaml"), flags=re.MULTILINE)
    scratch.write("params.yaml", text)
    monkeypatch.setitem(CLEAN, "XDG_CACHE_HOME", str(tmp_path / "cache"))
    return scratch


def test_fetch_confirms_what_is_the_same(checkout: Checkout) -> None:
    before = checkout.read(SNAPSHOT)

    done = checkout.kg("fetch", SOURCE)

    assert done.code == 0, done.err
    assert re.search(rf"{SOURCE}\s+uendret", done.out)
    assert checkout.read(SNAPSHOT) == before


def test_fetch_tells_what_changed_and_waits(checkout: Checkout, table: Rents) -> None:
    table.now[REVISED] = 8800
    before = checkout.read(SNAPSHOT)

    done = checkout.kg("fetch", SOURCE)

    assert done.code == 1
    assert "1 revidert" in done.out
    assert "8\N{NO-BREAK SPACE}750 → 8\N{NO-BREAK SPACE}800" in done.out
    assert checkout.read(SNAPSHOT) == before

    done = checkout.kg("fetch", SOURCE, "--cause", "revidert-av-eier", "--reason", "Nye vekter.")

    assert done.code == 0, done.err
    assert "Nye vekter." in checkout.read(f"{SNAPSHOT}.source.yaml")


def test_one_failing_source_is_named_and_the_exit_code_says_so(
    checkout: Checkout, server: Server
) -> None:
    done = checkout.kg("fetch", "ssb-07459", SOURCE)

    assert done.code == 1
    assert re.search(rf"{SOURCE}\s+uendret", done.out)
    assert re.search(r"ssb-07459\s+feilet", done.out)
    assert "ssb-07459" in done.err


def test_unknown_source_and_cause_are_refused_without_a_call(
    checkout: Checkout, server: Server
) -> None:
    assert "ssb-09895" in checkout.kg("fetch", "ssb-9895").err
    assert "revidert-av-eier" in checkout.kg("fetch", SOURCE, "--cause", "vet ikke").err
    assert "hører sammen" in checkout.kg("fetch", SOURCE, "--cause", "var-feil").err
    assert "2026-01-31" in checkout.kg("fetch", SOURCE, "--since", "i går").err
    assert server.requests == []


def test_since_skips_what_the_owner_has_not_updated(checkout: Checkout) -> None:
    done = checkout.kg("fetch", SOURCE, "--since", "2026-01-01")

    assert done.code == 0, done.err
    assert "ikke endret siden" in done.out


def test_offline_explains_and_calls_nobody(checkout: Checkout, server: Server) -> None:
    done = checkout.kg("fetch", "--offline")

    assert done.code == 0
    assert "oppdatert av SSB 22. desember 2025" in done.out
    assert server.requests == []


def test_sources_lists_all_with_what_is_expected(checkout: Checkout) -> None:
    done = checkout.kg("sources")

    assert done.code == 0
    assert re.search(rf"{SOURCE}\s+Statistisk sentralbyrå\s+09895\s+oppdatert av SSB", done.out)
    assert "venter på leveransen tabell-14" in done.out


def repro_fetch(checkout: Checkout, *arguments: str) -> subprocess.CompletedProcess[str]:
    scripts = Path(sys.executable).parent
    environment = CLEAN | {
        "PATH": f"{scripts}{os.pathsep}{CLEAN['PATH']}",
        "PYTHONPATH": str(checkout.root / "src"),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "dvc", "repro", *arguments, f"fetch@{SOURCE}"],
        cwd=checkout.root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def wish(checkout: Checkout, date: str) -> None:
    text = checkout.read("params.yaml")
    checkout.write("params.yaml", text.replace('wanted: "2025-12-22"', f'wanted: "{date}"'))


def test_stage_fetches_when_it_is_forced_and_the_catalogue_asks(
    checkout: Checkout, server: Server, table: Rents
) -> None:
    add_year(table)
    assert repro_fetch(checkout, "--force").returncode == 0
    assert server.requests == []

    wish(checkout, "2026-01-01")
    assert repro_fetch(checkout).returncode == 0
    assert server.requests == []

    done = repro_fetch(checkout, "--force")

    assert done.returncode == 0, done.stdout + done.stderr
    assert '"2026"' in checkout.read(SNAPSHOT)


def test_failing_stage_keeps_the_snapshot_and_a_build_uses_it(
    checkout: Checkout, server: Server
) -> None:
    before = checkout.read(SNAPSHOT)
    wish(checkout, "2026-01-01")
    server.fail("*", *[Reply(404)] * 20)

    assert repro_fetch(checkout, "--force").returncode != 0
    assert checkout.read(SNAPSHOT) == before

    server.requests.clear()
    done = checkout.kg("build")

    assert done.code == 0, done.err
    assert server.requests == []
    assert "oppdatert av SSB 22. desember 2025" in checkout.read("build/site/chapters/kilder.html")
    assert "kg fetch ssb-09895" in checkout.kg("sources").out


def test_kill_9_while_an_answer_drips_in(checkout: Checkout, server: Server) -> None:
    before = checkout.read(SNAPSHOT)
    server.fail("/v2/tables/09895/data", Reply(200, b"{" * 1000, drip=0.05))
    environment = CLEAN | {"PYTHONPATH": str(checkout.root / "src"), "PYTHONUTF8": "1"}
    fetching = subprocess.Popen(
        [sys.executable, "-m", "kunnskapsgrunnlag", "fetch", SOURCE],
        cwd=checkout.root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    waited = time.monotonic() + 30
    while not server.asked("/v2/tables/09895/data") and time.monotonic() < waited:
        time.sleep(0.02)
    fetching.kill()
    fetching.wait()

    assert server.asked("/v2/tables/09895/data")
    assert checkout.read(SNAPSHOT) == before
    assert checkout.kg("fetch", SOURCE).code == 0
