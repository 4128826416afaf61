import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.provenance import provenance_path
from kunnskapsgrunnlag.sources.register import Submission, register_snapshot
from kunnskapsgrunnlag.sources.snapshot import Snapshot, read_snapshot, verify
from tests.conftest import rewritten, write_provenance, write_snapshot

GRID = "år;antall\n2020;550\n"


@pytest.fixture
def changed(tmp_path: Path) -> Snapshot:
    """A delivery of which somebody has put a new version in its place."""
    correction = {"printed": "550", "corrected": "560", "erratum": "E1", "reason": "Feil."}
    first = write_snapshot(
        tmp_path, "trykt/x.csv", GRID, notes=["Én merknad."], corrections={"B2": correction}
    )
    return rewritten(first, GRID.replace("550", "551"))


FACTS = {
    "title": "Lån i Oslo, 2025",
    "period": "2025",
    "owner": "Husbanken",
    "definition": "Lån innvilget i året",
    "contact": "Statistikkgruppen",
    "licence": "NLOD 2.0",
}


def register(snapshot: Snapshot, reason: str = "Ny leveranse", **more: Any) -> str:
    return register_snapshot(
        read_snapshot(snapshot.source, snapshot.path), Submission(reason, **more)
    )


def test_a_registered_content_is_the_snapshots_own(changed: Snapshot) -> None:
    words = register(changed)

    again = read_snapshot(changed.source, changed.path)
    assert not again.changed
    assert again.provenance.sha256_bytes == changed.sha256_bytes
    assert words == f"data/raw/trykt/x.csv er registrert på nytt: {changed.sha256_cells[:16]}."


def test_the_history_keeps_date_reason_and_content(changed: Snapshot) -> None:
    register(changed, "først")
    register(rewritten(changed, GRID.replace("550", "552")), "så")

    history = read_snapshot(changed.source, changed.path).provenance.history
    assert [entry.reason for entry in history] == ["først", "så"]
    assert history[0].sha256_cells == changed.sha256_cells
    assert datetime.date.fromisoformat(history[0].date)


def test_what_else_the_provenance_says_is_kept(changed: Snapshot) -> None:
    register(changed)

    again = read_snapshot(changed.source, changed.path).provenance
    hashes = {"sha256_bytes", "sha256_cells", "history"}
    assert again.model_dump(exclude=hashes) == changed.provenance.model_dump(exclude=hashes)


def test_a_registered_delivery_stays_another_than_the_printed_one(changed: Snapshot) -> None:
    register(changed)

    receipt = verify(read_snapshot(changed.source, changed.path))
    assert (receipt.registered, receipt.revised) == (True, True)


@pytest.mark.parametrize(
    ("submission", "problem"),
    [
        ({"reason": " \n"}, "kilde: et nytt innhold må ha en grunn"),
        ({"origin": "rykte"}, r"opphavet «rykte» finnes ikke\. Skriv offisiell, leveran"),
        ({"cause": "tull"}, r"årsaken «tull» finnes ikke\. Skriv én av ny-periode"),
        (
            {"origin": "leveranse", "facts": FACTS | {"period": "i fjor"}},
            "perioden er «i fjor», uten årstall",
        ),
    ],
)
def test_what_is_refused_leaves_the_provenance_alone(
    changed: Snapshot, submission: dict[str, Any], problem: str
) -> None:
    before = provenance_path(changed.path).read_bytes()

    with pytest.raises(KgError, match=problem):
        register(changed, **submission)
    assert provenance_path(changed.path).read_bytes() == before


def test_a_new_vintage_alone_is_registered_and_is_no_revision(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, "trykt/x.csv", GRID)

    register(snapshot, vintage="mars 2026")

    now = read_snapshot(snapshot.source, snapshot.path).provenance
    assert (now.vintage, now.history) == ("mars 2026", [])


def test_the_same_content_is_registered_once(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, "trykt/x.csv", GRID)
    before = provenance_path(snapshot.path).read_bytes()

    assert register(snapshot) == "data/raw/trykt/x.csv er allerede registrert med dette innholdet."
    assert provenance_path(snapshot.path).read_bytes() == before


def test_new_bytes_with_the_same_content_are_registered(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, "trykt/x.csv", GRID)
    again = rewritten(snapshot, GRID.replace("\n", "\r\n"))

    register(again, "Andre linjeskift")

    saved = read_snapshot(again.source, again.path).provenance
    assert saved.sha256_bytes == again.sha256_bytes != snapshot.sha256_bytes
    assert saved.history == []


def test_a_delivery_that_replaces_the_printed_report_says_so(tmp_path: Path) -> None:
    printed = write_snapshot(
        tmp_path, "trykt/x.csv", GRID, transcribed_from="2022-utgaven", notes=["Skrevet av."]
    )

    register(rewritten(printed, GRID.replace("550", "551")), origin="leveranse", facts=FACTS)

    saved = read_snapshot(printed.source, printed.path).provenance
    assert (saved.origin, saved.transcribed_from, saved.notes) == ("leveranse", None, [])
    assert saved.model_dump(include={*FACTS}) == FACTS
    assert saved.vintage.startswith("registrert ")
    assert [entry.reason for entry in saved.history] == ["Ny leveranse"]


@pytest.mark.parametrize("lacking", FACTS)
@pytest.mark.parametrize(
    ("before", "after"), [("trykt", "leveranse"), ("estimat", "offisiell"), ("leveranse", "")]
)
def test_what_is_delivered_must_say_itself_what_it_is_of(
    tmp_path: Path, before: str, after: str, lacking: str
) -> None:
    first = write_snapshot(tmp_path, "trykt/x.csv", GRID, origin=before, **FACTS)
    later = rewritten(first, GRID.replace("550", "551"))
    saved = provenance_path(later.path).read_bytes()

    with pytest.raises(KgError) as problem:
        register(later, origin=after, facts={n: w for n, w in FACTS.items() if n != lacking})

    assert str(problem.value).startswith("data/raw/trykt/x.csv: ")
    assert f"--{lacking} " in str(problem.value)
    assert provenance_path(later.path).read_bytes() == saved


def test_a_corrected_transcription_keeps_what_is_said_of_it(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path, "trykt/x.csv", GRID, period="2020")

    register(rewritten(first, GRID.replace("550", "551")), facts={"period": "2021"})

    saved = read_snapshot(first.source, first.path).provenance
    assert (saved.period, saved.owner, saved.origin) == ("2021", "Eier", "trykt")


def test_the_file_keeps_its_norwegian_letters_and_the_order_of_its_keys(changed: Snapshot) -> None:
    register(changed, "Æ, ø og å")

    text = provenance_path(changed.path).read_text(encoding="utf-8")
    assert "Æ, ø og å" in text
    assert list(yaml.safe_load(text))[:3] == ["title", "owner", "origin"]


def official(folder: Path) -> Snapshot:
    first = write_snapshot(folder, "ssb/x.csv", GRID, origin="offisiell")
    return rewritten(first, GRID.replace("550", "551"))


def test_an_official_file_changed_by_hand_is_not_revised_by_its_owner(tmp_path: Path) -> None:
    snapshot = official(tmp_path)
    register(snapshot, "Tastefeil")

    again = read_snapshot(snapshot.source, snapshot.path)
    assert [entry.cause for entry in again.provenance.history] == ["endret-hos-oss"]
    assert verify(again).revised is False
    assert "endret hos oss: Tastefeil" in verify(again).history[0]


def test_a_cause_can_say_that_the_owner_did_it(tmp_path: Path) -> None:
    snapshot = official(tmp_path)
    register(snapshot, "Ny fil fra SSB", cause="revidert-av-eier")

    assert verify(read_snapshot(snapshot.source, snapshot.path)).revised is True


def test_a_new_source_is_registered_if_its_provenance_says_what_it_is_of(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path, "leveranse/x.csv", GRID, origin="leveranse", **FACTS)
    hashes = {"sha256_bytes": "ikke registrert", "sha256_cells": "ikke registrert"}
    saved = first.provenance.model_dump() | hashes
    write_provenance(first.path, saved)
    register(first)
    assert not read_snapshot(first.source, first.path).changed

    write_provenance(first.path, saved | {"contact": ""})
    with pytest.raises(KgError, match="leveransen mangler kontakt"):
        register(first)
