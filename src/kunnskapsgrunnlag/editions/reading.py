"""Which two editions are compared: released ones, or the one that is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.declared import Declared, read_declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.printed import causes_of_print, read_print
from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.editions.released import read_released, released_before, released_keys
from kunnskapsgrunnlag.store.values import Store

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Catalog


def diff_of(project: Project, catalog: Catalog, old: str = "", new: str = "") -> EditionDiff:
    """Two editions compared; left out: the one before this, and the present build.

    The one before is the newest that was released, or print. An edition that was never released
    is not compared with.

    Raises:
        KgError: If an edition is not there, or a declared cause has a mistake.
    """
    before = old or edition_before(project, catalog)
    if not before:
        raise KgError(f"kg diff: det er ingen utgave før {catalog.edition.key}.")
    editions = _read(project, catalog, before), _read(project, catalog, new or catalog.edition.key)
    known = Declared()
    if editions[0].is_print:
        values = Store.read(project.values).values
        known = causes_of_print(project.published / editions[0].key, catalog, values)
    return compare(*editions, read_declared(project.root), known)


def diff_of_build(project: Project, catalog: Catalog) -> EditionDiff | None:
    """What this edition has that the one before had not; None for the first."""
    return diff_of(project, catalog) if edition_before(project, catalog) else None


def edition_before(project: Project, catalog: Catalog) -> str | None:
    """The newest released edition before this one, else the printed one; None for the first."""
    return released_before(project, catalog.edition.key) or catalog.edition.compared


def _read(project: Project, catalog: Catalog, key: str) -> PublishedEdition:
    if key == catalog.edition.key:
        return from_build(project, catalog)
    if key == catalog.edition.in_print and key not in released_keys(project):
        return read_print(project.published / key, catalog)
    return read_released(project, key)
