"""Which two editions are compared: the archive's, or the one that is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnskapsgrunnlag.editions.archive import archived_keys, read_archived
from kunnskapsgrunnlag.editions.declared import read_declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.published import PublishedEdition, from_build
from kunnskapsgrunnlag.errors import KgError

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog
    from kunnskapsgrunnlag.paths import Project


def diff_of(project: Project, catalog: Catalog, old: str = "", new: str = "") -> EditionDiff:
    """Two editions compared; left out: the edition before this one, and the present build.

    Raises:
        KgError: If an edition is not there, or a declared cause has a mistake.
    """
    before = old or catalog.edition.previous or ""
    if not before:
        known = ", ".join(archived_keys(project)) or "none"
        raise KgError(
            f"params.yaml: edition.previous is not set, so there is no edition to compare "
            f"{catalog.edition.key} with. Name one: kg diff OLD NEW (archived: {known})."
        )
    editions = _read(project, catalog, before), _read(project, catalog, new or catalog.edition.key)
    return compare(*editions, read_declared(project.root))


def diff_of_build(project: Project, catalog: Catalog) -> EditionDiff | None:
    """What this edition has that the one before had not; None for the first."""
    return diff_of(project, catalog) if catalog.edition.previous else None


def _read(project: Project, catalog: Catalog, key: str) -> PublishedEdition:
    if key == catalog.edition.key:
        return from_build(project, catalog)
    return read_archived(project, key)
