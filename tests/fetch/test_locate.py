"""Which file a source is read from, and what is said of a delivery that nobody has registered."""

from pathlib import Path

from kunnskapsgrunnlag.catalog import Source
from kunnskapsgrunnlag.fetch.locate import open_source
from kunnskapsgrunnlag.paths import Project
from tests.conftest import write_snapshot

ENTRY = Source(file="estimat/tabell-1.csv", reader="delivery", delivery="tabell-1")


def test_delivery_is_no_estimate_and_its_title_does_not_say_so(tmp_path: Path) -> None:
    project = Project(tmp_path)
    title = "Personer i bydelene, 2020"
    write_snapshot(tmp_path, ENTRY.file, "a;b\n1;2\n", title=f"{title} (anslag)", origin="estimat")
    before = open_source(project, "k", ENTRY).provenance
    project.deliveries.mkdir(parents=True)
    (project.deliveries / "tabell-1.csv").write_text("a;b\n1;3\n", encoding="utf-8")

    after = open_source(project, "k", ENTRY).provenance

    assert (before.title, before.origin) == (f"{title} (anslag)", "estimat")
    assert (after.title, after.origin) == (title, "leveranse")
