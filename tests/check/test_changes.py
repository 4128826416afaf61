"""The table of changes in the site is the comparison's, or the check says so."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check import site
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.publish.downloads.changes import as_csv
from kunnskapsgrunnlag.report import Report
from tests.editions.made import between, edition, number


@pytest.fixture
def diff(monkeypatch: pytest.MonkeyPatch) -> EditionDiff:
    made = between(
        edition("2022", number("belop/2020", 1)), edition("2026", number("belop/2020", 2))
    )
    monkeypatch.setattr(site, "diff_of_build", lambda *_: made)
    return made


def test_a_file_that_is_lacking_or_another_is_named(
    diff: EditionDiff, catalog: Catalog, tmp_path: Path
) -> None:
    report = Report(Project(tmp_path), catalog)
    path = report.project.site / "nedlastinger" / "endringer-2022-2026.csv"
    lacking = site.check_changes(report)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_csv(diff, Names(catalog)))
    good = site.check_changes(report)
    path.write_bytes(path.read_bytes().replace(b";2;", b";3;"))

    assert "fant ingenting" in lacking[0]
    assert good == []
    assert "sier ikke det samme som utgavene" in site.check_changes(report)[0]


def test_the_first_edition_has_no_such_file(
    monkeypatch: pytest.MonkeyPatch, catalog: Catalog, tmp_path: Path
) -> None:
    monkeypatch.setattr(site, "diff_of_build", lambda *_: None)
    assert site.check_changes(Report(Project(tmp_path), catalog)) == []
