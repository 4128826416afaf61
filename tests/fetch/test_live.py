"""`kg fetch` as a whole: providers on loopback, the committed snapshots, and what is saved."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog import Catalog, read_catalog
from kunnskapsgrunnlag.fetch.http import Limits
from kunnskapsgrunnlag.fetch.live import Ask, Fetching, Reason, Result
from kunnskapsgrunnlag.fetch.locate import open_source
from kunnskapsgrunnlag.fetch.overview import fulfilled
from kunnskapsgrunnlag.fetch.provenance import read_provenance
from kunnskapsgrunnlag.fetch.retrieve import Connections
from kunnskapsgrunnlag.fetch.snapshot import verify
from kunnskapsgrunnlag.paths import Project
from tests.conftest import ROOT
from tests.fetch.fault_server import FakeTime, Reply, Server, Table, problem

SOURCE = "ssb-09895"
FILE = "ssb/2026/09895.json"
TODAY = "2026-11-23"


def nobody(_: str, __: Any) -> None:
    """Nobody is there to say why history changed."""


@dataclass
class Rents(Table):
    """Table 09895 as the committed snapshot has it; `now` overrides or adds cells."""

    now: dict[tuple[str, ...], float | None] = field(default_factory=dict)
    held: dict[tuple[str, ...], float | None] = field(default_factory=dict)

    def number(self, codes: dict[str, str]) -> Any:
        key = tuple(codes.values())
        return self.now.get(key, self.held.get(key))


def rents() -> Rents:
    """The table behind the committed snapshot."""
    answer = json.loads((ROOT / "data/raw" / FILE).read_text(encoding="utf-8"))
    dims = {name: answer["dimension"][name]["category"]["label"] for name in answer["id"]}
    table = Rents(
        id="09895",
        label=answer["label"],
        updated=answer["updated"],
        dims=dims,
        units={
            code: unit["base"]
            for code, unit in answer["dimension"]["ContentsCode"]["category"]["unit"].items()
        },
        eliminates={},
    )
    combos: list[tuple[str, ...]] = [()]
    for name in answer["id"]:
        combos = [(*combo, code) for combo in combos for code in dims[name]]
    table.held = dict(zip(combos, answer["value"], strict=True))
    table.symbols = {"|".join(combos[int(at)]): s for at, s in answer.get("status", {}).items()}
    return table


@dataclass
class Office:
    """A checkout's snapshots, a provider, and whoever runs `kg fetch`."""

    project: Project
    catalog: Catalog
    server: Server
    table: Rents
    time: FakeTime = field(default_factory=FakeTime)

    @property
    def path(self) -> Path:
        return self.project.raw / FILE

    def fetch(self, *keys: str, ask: Ask = nobody, dry: bool = False) -> list[Result]:
        limits = Limits(connect=2, read=1, total=3, attempts=2)
        lines = Connections(
            self.catalog.providers, limits, self.project.root / "cache", self.time.clock()
        )
        with lines:
            fetching = Fetching(self.project, self.catalog, TODAY, lines.retrieve, ask, dry)
            return fetching.run(keys or [SOURCE], lambda _: None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    table = rents()
    server = Server()
    table.serve(server, "/v2")
    with server.running():
        catalog = read_catalog(ROOT / "params.yaml")
        providers = {
            name: each.model_copy(
                update={"url": f"{server.url}/{'v1' if name == 'ssb-v1' else 'v2'}"}
            )
            for name, each in catalog.providers.items()
        }
        yield Office(
            Project(tmp_path), catalog.model_copy(update={"providers": providers}), server, table
        )


def test_same_cells_again_confirm_the_snapshot(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.updated = "2026-10-01T06:00:00Z"

    (result,) = office.fetch()

    assert (result.state, result.changes) == ("uendret", [])
    assert office.path.read_bytes() == before
    held = read_provenance(office.path)
    assert held.confirmed == TODAY
    assert held.history == []


def add_year(table: Rents, year: str = "2026") -> None:
    """Another year, with the numbers and symbols of 2025."""
    table.dims["Tid"][year] = year
    for key in [key for key in table.held if key[-1] == "2025"]:
        new = (*key[:-1], year)
        table.held[new] = table.held[key]
        if "|".join(key) in table.symbols:
            table.symbols["|".join(new)] = table.symbols["|".join(key)]


def test_new_period_is_saved_with_its_cause(office: Office) -> None:
    add_year(office.table)
    office.table.updated = "2026-12-21T07:00:00Z"

    (result,) = office.fetch()

    assert result.state == "endret"
    assert {change.kind for change in result.changes} == {"ny periode"}
    held = read_provenance(office.path)
    assert held.vintage == "oppdatert av SSB 21. desember 2026"
    assert held.retrieved == TODAY
    assert held.history[-1].cause == "ny-periode"
    source = office.catalog.source(SOURCE)
    receipt = verify(open_source(office.project, SOURCE, source))
    assert receipt["registered"]


REVISED = ("01", "1", "Husleie", "2020")


def test_revised_history_waits_for_a_cause(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.now[REVISED] = 8800

    (result,) = office.fetch()

    assert result.state == "venter på årsak"
    assert office.path.read_bytes() == before
    assert read_provenance(office.path).confirmed == ""
    changes = (office.project.build / "fetch" / f"{SOURCE}-endringer.csv").read_text("utf-8-sig")
    assert (
        "revidert;0,5–5 prosent;Soner2=01, AntRom=1, ContentsCode=Husleie, Tid=2020;8750;8800"
        in (changes)
    )


def test_revised_history_with_a_cause_is_saved(office: Office) -> None:
    office.table.now[REVISED] = 8800

    (result,) = office.fetch(ask=lambda *_: Reason("revidert-av-eier", "SSB rettet vektene."))

    assert result.state == "endret"
    entry = read_provenance(office.path).history[-1]
    assert (entry.cause, entry.reason) == ("revidert-av-eier", "SSB rettet vektene.")
    assert entry.changes == {"revidert": 1}
    assert verify(open_source(office.project, SOURCE, office.catalog.source(SOURCE)))["revised"]


def test_number_that_became_a_symbol_is_history(office: Office) -> None:
    office.table.now[REVISED] = None
    office.table.symbols["|".join(REVISED)] = ".."

    (result,) = office.fetch()

    assert result.state == "venter på årsak"
    assert [change.kind for change in result.changes] == ["nytt symbol"]


def test_dry_run_saves_nothing(office: Office) -> None:
    add_year(office.table)
    before = {p: p.read_bytes() for p in office.project.raw.rglob("*.*")}

    (result,) = office.fetch(dry=True)

    assert result.state == "endret"
    assert {p: p.read_bytes() for p in office.project.raw.rglob("*.*")} == before


@pytest.mark.parametrize(
    "fault",
    [
        Reply(500),
        Reply(503, headers={"Retry-After": "1"}),
        Reply(200, b"<html>vedlikehold</html>", {"Content-Type": "text/html"}),
        problem(404, "Non-existent table"),
    ],
    ids=["500", "503", "html", "404"],
)
def test_failure_leaves_the_snapshot_and_the_other_sources(office: Office, fault: Reply) -> None:
    before = {p: p.read_bytes() for p in office.project.raw.rglob("*.*")}
    office.server.fail("/v2/tables/07459", *[fault] * 8)

    broken, whole = office.fetch("ssb-07459", SOURCE)

    assert (broken.state, whole.state) == ("feilet", "uendret")
    assert "ssb-07459" in broken.words or "07459" in broken.words
    changed = {p for p in office.project.raw.rglob("*.*") if before.get(p) != p.read_bytes()}
    assert changed == {office.path.with_name("09895.json.source.yaml")}


def test_code_that_is_gone_is_named_with_where_to_change_it(office: Office) -> None:
    office.table.dims["Soner2"]["001"] = office.table.dims["Soner2"].pop("01")

    (result,) = office.fetch()

    assert result.state == "feilet"
    assert "has no code '01'" in result.words
    assert "Nearest: '001'" in result.words
    assert "params.yaml, ssb-09895" in result.words


def test_changed_unit_is_refused_before_it_is_saved(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.units["Husleie"] = "1 000 kr"

    (result,) = office.fetch()

    assert result.state == "feilet"
    assert "unit" in result.words
    assert office.path.read_bytes() == before


def test_only_one_fetch_at_a_time(office: Office) -> None:
    from kunnskapsgrunnlag.errors import KgError
    from kunnskapsgrunnlag.fetch.alone import Alone

    lock = Alone(office.project.build / "fetch" / "lock")
    with lock, pytest.raises(KgError, match="Another kg fetch"):
        office.fetch()


def test_no_contact_details_are_kept(office: Office) -> None:
    add_year(office.table)

    office.fetch()

    text = office.path.read_text(encoding="utf-8")
    assert "@" not in text
    assert "contact" not in text


def test_wish_of_the_catalogue(office: Office) -> None:
    entry = office.catalog.live[SOURCE]

    assert fulfilled(office.project, SOURCE, entry.model_copy(update={"wanted": "2020-01-01"}))
    assert not fulfilled(office.project, SOURCE, entry.model_copy(update={"wanted": TODAY}))
    office.fetch()
    assert fulfilled(office.project, SOURCE, entry.model_copy(update={"wanted": TODAY}))
