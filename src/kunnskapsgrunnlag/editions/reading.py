"""Which two editions are compared: released ones, or the one that is built."""

from functools import lru_cache

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.declared import read_declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.printed import causes_of_print, read_print
from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.editions.released import read_released, released_before, released_keys
from kunnskapsgrunnlag.report import Report


def diff_of(report: Report, old: str = "", new: str = "") -> EditionDiff:
    """Two editions compared; left out: the one before this, and the present build.

    The one before is the newest that was released, or print. An edition that was never released
    is not compared with.
    """
    before = old or edition_before(report)
    if not before:
        raise KgError(f"kg diff: det er ingen utgave før {report.catalog.edition.key}.")
    editions = _read(report, before), _read(report, new or report.catalog.edition.key)
    known = {}
    if editions[0].is_print:
        folder = report.project.published / editions[0].key
        known = causes_of_print(folder, report.catalog, report.store.values)
    return compare(*editions, read_declared(report.project.root), known)


@lru_cache(maxsize=1)
def diff_of_build(report: Report) -> EditionDiff | None:
    """What this edition has that the one before had not; None for the first."""
    return diff_of(report) if edition_before(report) else None


def edition_before(report: Report) -> str | None:
    """The newest released edition before this one, else the printed one; None for the first."""
    return (
        released_before(report.project, report.catalog.edition.key)
        or report.catalog.edition.compared
    )


def _read(report: Report, key: str) -> PublishedEdition:
    if key == report.catalog.edition.key:
        return from_build(report)
    if key == report.catalog.edition.in_print and key not in released_keys(report.project):
        return read_print(report.project.published / key, report.catalog)
    return read_released(report.project, key)
