"""`kg fetch` as a whole: providers on loopback, the committed snapshots, and what is saved."""

from __future__ import annotations

import csv
import datetime
import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.fetch.dispatch import Connections
from kunnskapsgrunnlag.fetch.http import Limits
from kunnskapsgrunnlag.fetch.provider import OSLO, Fetched
from kunnskapsgrunnlag.fetch.update import Ask, Reason, Result, Updater
from kunnskapsgrunnlag.sources import save
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.provenance import read_provenance
from kunnskapsgrunnlag.sources.snapshot import fulfilled, verify
from tests.conftest import ROOT
from tests.fetch.fault_server import FakeTime, Reply, Server, Table, json_reply, problem

SOURCE = "ssb-09895"
FILE = "ssb/2026/09895.json"
TODAY = "2026-11-23"


def nobody(_: str, __: Any) -> None:
    """Nobody is there to say why history changed."""


@dataclass
class Rents(Table):
    """Table 09895 as the committed snapshot has it; `now` overrides or adds cells."""

    now: dict[tuple[str, ...], float | None] = field(default_factory=dict)
    before: dict[tuple[str, ...], float | None] = field(default_factory=dict)

    def number(self, codes: dict[str, str]) -> float | None:
        key = tuple(codes.values())
        return self.now.get(key, self.before.get(key))


def rents() -> Rents:
    """The table behind the committed snapshot."""
    answer = json.loads((ROOT / "data/raw" / FILE).read_text(encoding="utf-8"))
    table = Rents(
        id="09895",
        label=answer["label"],
        updated=answer["updated"],
        dims={name: answer["dimension"][name]["category"]["label"] for name in answer["id"]},
        units=_units(answer),
        sums=(),
    )
    combos = [*itertools.product(*table.dims.values())]
    table.before = dict(zip(combos, answer["value"], strict=True))
    table.symbols = {"|".join(combos[int(at)]): s for at, s in answer.get("status", {}).items()}
    return table


def _units(answer: dict[str, Any]) -> dict[str, str]:
    units = answer["dimension"]["ContentsCode"]["category"]["unit"]
    return {code: unit["base"] for code, unit in units.items()}


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

    def fetch(
        self, *keys: str, ask: Ask = nobody, dry: bool = False, empty: str = ""
    ) -> list[Result]:
        limits = Limits(connect=5, read=5, total=10, attempts=2)
        with Connections(self.catalog.providers, limits, self.time.clock()) as lines:
            updater = Updater(self.project, self.catalog, TODAY, lines.retrieve, ask, dry, empty)
            return updater.run(keys or [SOURCE], lambda _: None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    table = rents()
    server = Server()
    table.serve(server, "/v2")
    with server.running():
        catalog = read_catalog(ROOT / "params.yaml")
        for name, provider in catalog.providers.items():
            url = f"{server.url}/{'klass' if name == 'klass' else 'v2'}"
            catalog.providers[name] = provider.model_copy(update={"url": url})
        yield Office(Project(tmp_path), catalog, server, table)


def test_same_cells_again_confirm_the_snapshot(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.updated = "2026-10-01T06:00:00Z"
    entry = office.catalog.live[SOURCE]
    wanted = entry.model_copy(update={"wanted": TODAY})
    older = entry.model_copy(update={"wanted": "2020-01-01"})
    assert fulfilled(office.project, SOURCE, older)
    assert not fulfilled(office.project, SOURCE, wanted)

    (result,) = office.fetch()

    assert (result.state, result.changes) == ("uendret", [])
    assert office.path.read_bytes() == before
    provenance = read_provenance(office.path)
    assert (provenance.confirmed, provenance.history) == (TODAY, [])
    assert fulfilled(office.project, SOURCE, wanted)


def test_a_new_note_of_the_owner_is_told_and_kept_with_the_same_cells(office: Office) -> None:
    note = "MERK: Tallene for 2024 er beheftet med feil og vil bli rettet."
    cells = open_source(office.project, SOURCE, office.catalog.source(SOURCE)).dataset.cells
    office.table.notes = [*json.loads(office.path.read_bytes()).get("note", []), note]

    (result,) = office.fetch()

    assert (result.state, result.changes) == ("uendret", [])
    assert f"ny merknad fra eieren: «{note}»" in result.words
    assert read_provenance(office.path).notes[-1] == note
    snapshot = open_source(office.project, SOURCE, office.catalog.source(SOURCE))
    assert (snapshot.dataset.cells, snapshot.dataset.notes[-1]) == (cells, note)
    assert verify(snapshot).registered
    assert "ny merknad" not in office.fetch()[0].words


@pytest.mark.parametrize("updated", ["2019-01-01T07:00:00Z", None])
def test_an_answer_that_is_not_newer_is_no_revision(office: Office, updated: str | None) -> None:
    before = files(office)
    office.table.now[REVISED] = 8800
    office.table.updated = updated  # type: ignore[assignment]  # as a server that lacks it
    if updated is None:
        (result,) = office.fetch(ask=lambda *_: Reason("revidert-av-eier", "SSB rettet vektene."))
        assert result.state == "endret"
        provenance = read_provenance(office.path)
        assert (provenance.updated, provenance.vintage[-17:]) == ("", "dato ikke oppgitt")
        return

    save.save_provenance(
        office.path,
        read_provenance(office.path).model_copy(update={"updated": "2025-12-22T07:00:00Z"}),
    )
    before = files(office)
    (result,) = office.fetch(ask=lambda *_: pytest.fail("asked for a cause"))
    assert result.state == "feilet"
    assert "tall som ble oppdatert 2019-01-01T07:00:00Z, før dem som er lagret" in result.words
    assert files(office) == before


def test_a_month_without_numbers_is_not_saved(office: Office) -> None:
    """Of Husbanken, and whether it was fetched or read from a file: both come this way."""
    key = "husbanken-bostotte"
    path = office.project.raw / office.catalog.live[key].file
    heads, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    year, month = max((int(row[3]), int(row[4])) for row in rows)
    following = [str(year + month // 12), str(month % 12 + 1)]
    nothing = ["0" if name.startswith(("ant_", "utbetalt")) else "" for name in heads[5:]]
    last = [row[:3] for row in rows if row[3:5] == [str(year), str(month)]]
    table = [heads, *rows, *([*row, *following, *nothing] for row in last)]
    content = "".join(",".join(row) + "\n" for row in table).encode()
    fetched = Fetched(content, "uttrekk", "", "", "")
    before = path.read_bytes()

    def run(empty: str) -> Result:
        own = (office.project, office.catalog, TODAY, lambda *_: fetched, nobody)
        return Updater(*own, empty=empty).run([key], lambda _: None)[0]

    result = run("")
    assert result.state == "feilet"
    assert f"{following[0]}{int(following[1]):02d} «recipients» (" in result.words
    assert path.read_bytes() == before
    assert run("Ingen fikk bostøtte.").state == "endret"


def add_year(table: Rents, year: str = "2026") -> None:
    """Another year, with the numbers and symbols of 2025."""
    table.dims["Tid"][year] = year
    for key in [key for key in table.before if key[-1] == "2025"]:
        new = (*key[:-1], year)
        table.before[new] = table.before[key]
        if "|".join(key) in table.symbols:
            table.symbols["|".join(new)] = table.symbols["|".join(key)]


def files(office: Office) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in office.project.raw.rglob("*.*")}


def test_new_period_is_saved_with_its_cause(office: Office) -> None:
    add_year(office.table)
    office.table.updated = "2026-12-21T07:00:00Z"
    before = files(office)
    assert office.fetch(dry=True)[0].state == "endret"
    assert files(office) == before

    (result,) = office.fetch()

    assert result.state == "endret"
    assert {change.kind for change in result.changes} == {"ny periode"}
    provenance = read_provenance(office.path)
    assert provenance.vintage == "oppdatert av SSB 21. desember 2026"
    assert provenance.retrieved == TODAY
    assert provenance.history[-1].cause == "ny-periode"
    assert verify(open_source(office.project, SOURCE, office.catalog.source(SOURCE))).registered
    assert not [word for word in (b"@", b"contact") if word in office.path.read_bytes()]


REVISED = ("01", "1", "Husleie", "2020")


def test_revised_history_waits_for_a_cause(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.now[REVISED] = 8800

    (result,) = office.fetch()

    assert result.state == "venter på årsak"
    assert office.path.read_bytes() == before
    assert read_provenance(office.path).confirmed == ""
    changes = (office.project.build / "fetch" / f"{SOURCE}-endringer.csv").read_text("utf-8-sig")
    place = "Soner2=01, AntRom=1, ContentsCode=Husleie, Tid=2020"
    assert f"revidert;0,5–5 prosent;{place};8750;8800" in changes

    (result,) = office.fetch(ask=lambda *_: Reason("revidert-av-eier", "SSB rettet vektene."))

    assert result.state == "endret"
    entry = read_provenance(office.path).history[-1]
    assert (entry.cause, entry.reason) == ("revidert-av-eier", "SSB rettet vektene.")
    assert entry.changes == {"revidert": 1}
    assert verify(open_source(office.project, SOURCE, office.catalog.source(SOURCE))).revised


def test_a_new_period_with_a_number_that_cannot_be_right_waits_for_a_cause(
    office: Office,
) -> None:
    add_year(office.table)
    office.table.now["01", "1", "Husleie", "2026"] = 875.0
    before = office.path.read_bytes()

    (result,) = office.fetch()

    assert result.state == "venter på årsak"
    assert "Svaret vil stanse bygget. data/raw/ssb/2026/09895.json" in result.words
    assert "875 er ikke fra 1" in result.words
    assert office.path.read_bytes() == before

    (result,) = office.fetch(ask=lambda *_: Reason("revidert-av-eier", "SSB har bekreftet det."))

    assert result.state == "endret"
    assert "Svaret vil stanse bygget" in result.words


def test_an_answer_is_held_against_the_sources_that_rest_on_it(office: Office) -> None:
    office.table.now["00", "1", "Husleie", "2025"] = 9999.0

    (result,) = office.fetch()

    assert "09895-alle-soner.json" in result.words
    assert "er ikke det samme som 9" in result.words


@pytest.mark.parametrize(
    "fault",
    [Reply(200, b"<html>", {"Content-Type": "text/html"}), problem(404, "Non-existent table")],
    ids=["html", "404"],
)
def test_failure_leaves_the_snapshot_and_the_other_sources(office: Office, fault: Reply) -> None:
    before = files(office)
    office.server.fail("/v2/tables/07459/metadata", *[fault] * 8)

    broken, whole = office.fetch("ssb-07459", SOURCE)

    assert (broken.state, whole.state) == ("feilet", "uendret")
    assert "ssb-07459" in broken.words or "07459" in broken.words
    changed = {path for path, content in files(office).items() if before.get(path) != content}
    assert changed == {office.path.with_name("09895.json.source.yaml")}


def test_changed_unit_is_refused_before_it_is_saved(office: Office) -> None:
    before = office.path.read_bytes()
    office.table.units["Husleie"] = "1 000 kr"

    (result,) = office.fetch()

    assert result.state == "feilet"
    assert "ssb-09895: svaret kan ikke brukes. " in result.words
    assert office.path.read_bytes() == before


def test_only_one_fetch_at_a_time(office: Office) -> None:
    (office.project.build / "fetch").mkdir(parents=True)
    with (
        FileLock(office.project.build / "fetch" / "lock"),
        pytest.raises(KgError, match="En annen kg fetch"),
    ):
        office.fetch()


def test_an_answer_of_another_form_is_one_failure(office: Office) -> None:
    metadata = office.table.metadata() | {"extension": 7}
    office.server.fail("/v2/tables/09895/metadata", json_reply(metadata))

    (result,) = office.fetch()

    assert result.words.startswith("ssb-09895: svaret har en annen form enn ventet")


# ---------------------------------------------------- a refusal of ours, and numbers that are none


def at(clock: str) -> float:
    """22 December 2026 at a time of day in Oslo, as a clock counts it."""
    hour, minute = map(int, clock.split("."))
    return datetime.datetime(2026, 12, 22, hour, minute, tzinfo=OSLO).timestamp()


def add_empty_year(table: Rents, value: float | None = 0) -> None:
    """The next year as SSB shows it before it is published."""
    add_year(table)
    for key in [key for key in table.before if key[-1] == "2026"]:
        table.before[key] = value
        if value is None:
            table.symbols["|".join(key)] = ".."
    table.updated = "2026-12-22T04:00:00Z"


@pytest.mark.parametrize("clock", ["05.00", "08.14"])
def test_early_in_the_morning_ssb_is_not_asked(office: Office, clock: str) -> None:
    before = files(office)
    office.time.at = at(clock)

    (result,) = office.fetch(empty="Vi godtar det.")

    assert result.state == "feilet"
    assert f"klokken er {clock} i Oslo" in result.words
    assert "Prøv igjen etter 08.15" in result.words
    assert office.server.requests == []
    assert files(office) == before


@pytest.mark.parametrize("value", [0, None])
def test_a_year_without_numbers_is_saved_only_by_who_vouches_for_it(
    office: Office, value: float | None
) -> None:
    add_empty_year(office.table, value)
    before = files(office)
    office.time.at = at("08.15")

    (result,) = office.fetch(ask=lambda *_: Reason("ny-periode", "Nytt år."))

    assert result.state == "feilet"
    assert "alle tall i den nye perioden er 0 eller mangler: 2026 «" in result.words
    assert "--godta-tomme" in result.words
    assert files(office) == before
    assert office.fetch(empty="SSB har stanset den.")[0].state == "endret"
    assert "Godtatt: SSB har stanset den." in read_provenance(office.path).notes[-1]


def test_one_measure_without_numbers_is_enough(office: Office) -> None:
    add_year(office.table)
    for key in [key for key in office.table.before if key[-1] == "2026" and "Husleie" in key]:
        office.table.before[key] = 0
    label = office.table.dims["ContentsCode"]["Husleie"]

    assert f"2026 «{label}» (10 tall)" in office.fetch()[0].words


def test_a_table_that_is_fetched_for_the_first_time_has_numbers(office: Office) -> None:
    add_empty_year(office.table)
    office.path.unlink()

    assert "er 0 eller mangler: 2026" in office.fetch()[0].words
    assert not office.path.exists()


# ------------------------------------------------------------------------------ KLASS is advice


@pytest.mark.parametrize(
    "fault", [Reply(503), json_reply({"detail": "no change table"}, 404), json_reply({})]
)
def test_a_table_is_kept_when_klass_fails(office: Office, fault: Reply) -> None:
    path = office.project.raw / "ssb/2026/07459.json"
    answer = json.loads(path.read_text(encoding="utf-8"))
    dims = {name: answer["dimension"][name]["category"]["label"] for name in answer["id"]}
    dims["Region"] |= {"0301": "Oslo", "1103": "S", "3005": "D", "4204": "K", "4601": "B"}
    dims["Region"] |= {"0": "Hele landet", "5001": "T"}
    dims["Tid"] |= {str(year): str(year) for year in range(2020, 2027)}
    summed = {"Kjonn": {"1": "Menn"}, "Alder": {"000": "0 år"}}
    office.server.routes = {}
    table = Table(dims=summed | dims, units=_units(answer), sums=("Kjonn", "Alder"))
    table.serve(office.server, "/v2")
    path.unlink()
    for asked in ("codes", "changes"):
        office.server.fail(f"/klass/classifications/131/{asked}", *[fault] * 4)

    (result,) = office.fetch("ssb-07459")

    assert result.state == "ny", result.words
    assert "områdekodene er ikke kontrollert mot KLASS: " in result.words
    assert path.is_file()
