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


FACTS = {"title": "Lån i Oslo, 2025", "period": "2025", "owner": "Husbanken", "contact": "Kontor"}
FACTS |= {"definition": "Lån innvilget i året", "licence": "NLOD 2.0"}


def register(snapshot: Snapshot, reason: str = "Ny leveranse", **more: Any) -> str:
    return register_snapshot(
        read_snapshot(snapshot.source, snapshot.path), Submission(reason, **more)
    )


def test_a_registered_content_is_the_snapshots_own(changed: Snapshot) -> None:
    words = register(changed)

    again = read_snapshot(changed.source, changed.path)
    new = {"sha256_bytes": "", "sha256_cells": "", "history": []}
    assert words == f"data/raw/trykt/x.csv er registrert på nytt: {changed.sha256_cells[:16]}."
    assert again.provenance.sha256_bytes == changed.sha256_bytes
    kept, before = (p.model_copy(update=new) for p in (again.provenance, changed.provenance))
    assert kept == before
    # A registered delivery stays another than the printed one.
    receipt = verify(again)
    assert (again.changed, receipt.registered, receipt.revised) == (False, True, True)


def test_the_history_keeps_date_reason_and_content(changed: Snapshot) -> None:
    register(changed, "først")
    register(rewritten(changed, GRID.replace("550", "552")), "så, på æ og ø")

    history = read_snapshot(changed.source, changed.path).provenance.history
    assert [entry.reason for entry in history] == ["først", "så, på æ og ø"]
    assert history[0].sha256_cells == changed.sha256_cells
    assert datetime.date.fromisoformat(history[0].date)
    text = provenance_path(changed.path).read_text(encoding="utf-8")
    assert "så, på æ og ø" in text
    assert list(yaml.safe_load(text))[:3] == ["title", "owner", "origin"]


@pytest.mark.parametrize(
    ("submission", "problem"),
    [
        ({"reason": " \n"}, "kilde: et nytt innhold må ha en grunn"),
        ({"origin": "rykte"}, r"opphavet «rykte» finnes ikke\. Skriv offisiell, leveran"),
        ({"cause": "tull"}, r"årsaken «tull» finnes ikke\. Skriv én av ny-periode"),
        ({"origin": "leveranse", "facts": FACTS | {"period": "x"}}, "«x», uten årstall"),
    ],
)
def test_what_is_refused_leaves_the_provenance_alone(
    changed: Snapshot, submission: dict[str, Any], problem: str
) -> None:
    before = provenance_path(changed.path).read_bytes()

    with pytest.raises(KgError, match=problem):
        register(changed, **submission)
    assert provenance_path(changed.path).read_bytes() == before


def test_the_same_content_is_registered_once_and_is_no_revision(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, "trykt/x.csv", GRID)
    before = provenance_path(snapshot.path).read_bytes()

    assert register(snapshot) == "data/raw/trykt/x.csv er allerede registrert med dette innholdet."
    assert provenance_path(snapshot.path).read_bytes() == before

    register(snapshot, vintage="mars 2026")
    again = rewritten(snapshot, GRID.replace("\n", "\r\n"))
    register(again, "Andre linjeskift")

    saved = read_snapshot(again.source, again.path).provenance
    assert (saved.vintage, saved.history) == ("mars 2026", [])
    assert saved.sha256_bytes == again.sha256_bytes != snapshot.sha256_bytes


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


def test_an_official_file_changed_by_hand_is_not_revised_by_its_owner(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path, "ssb/x.csv", GRID, origin="offisiell")
    snapshot = rewritten(first, GRID.replace("550", "551"))
    register(snapshot, "Tastefeil")

    again = read_snapshot(snapshot.source, snapshot.path)
    assert [entry.cause for entry in again.provenance.history] == ["endret-hos-oss"]
    assert verify(again).revised is False
    assert "endret hos oss: Tastefeil" in verify(again).history[0]
    # A cause can say that the owner did it.
    later = rewritten(again, GRID.replace("550", "552"))
    register(later, "Ny fil fra SSB", cause="revidert-av-eier")
    assert verify(read_snapshot(later.source, later.path)).revised is True


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
