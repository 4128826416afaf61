"""The table of all changes that readers can take, against the comparison that it is made from."""

from __future__ import annotations

from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.downloads.changes import as_csv, file_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.report import Report


def check_changes(report: Report) -> list[str]:
    """The file in the site says what the two editions say now; the first edition has none."""
    diff = diff_of_build(report)
    if diff is None:
        return []
    name = f"{WHOLE}/{file_name(diff)}"
    path = report.project.site / name
    if not path.is_file():
        return [f"{name}: expected the table of all changes, found nothing. Run: kg build."]
    if path.read_bytes() == as_csv(diff, Names(report.catalog)):
        return []
    return [f"{name}: does not say what the editions say. Run: kg build."]
