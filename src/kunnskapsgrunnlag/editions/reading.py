"""Which two editions are compared: released ones, or the one that is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnskapsgrunnlag.editions.declared import read_declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.editions.released import read_released, released_before
from kunnskapsgrunnlag.errors import KgError

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog
    from kunnskapsgrunnlag.paths import Project


def diff_of(project: Project, catalog: Catalog, old: str = "", new: str = "") -> EditionDiff:
    """Two editions compared; left out: the one released before this, and the present build.

    Raises:
        KgError: If an edition is not there, or a declared cause has a mistake.
    """
    before = old or released_before(project, catalog.edition.key)
    if not before:
        raise KgError(f"kg diff: ingen utgave er gitt ut før {catalog.edition.key}.")
    editions = _read(project, catalog, before), _read(project, catalog, new or catalog.edition.key)
    return compare(*editions, read_declared(project.root))


def diff_of_build(project: Project, catalog: Catalog) -> EditionDiff | None:
    """What this edition has that the one before had not; None for the first."""
    before = released_before(project, catalog.edition.key)
    return diff_of(project, catalog) if before else None


def _read(project: Project, catalog: Catalog, key: str) -> PublishedEdition:
    if key == catalog.edition.key:
        return from_build(project, catalog)
    return read_released(project, key)
