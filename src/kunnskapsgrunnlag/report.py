"""The report as it stands on disk: everything that is read of it, read once and typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kunnskapsgrunnlag.base.paths import Project, find_project
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimResults, read_claims
from kunnskapsgrunnlag.book.marks import Text, read_chapters
from kunnskapsgrunnlag.book.usages import Use, uses_of
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.receipt import Receipt, read_receipt
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import Erratum, read_errata
from kunnskapsgrunnlag.store.item_results import ItemResult, read_results
from kunnskapsgrunnlag.store.notes import Note, notes_of
from kunnskapsgrunnlag.store.standing import Standing, standing_of
from kunnskapsgrunnlag.store.values import Store


@dataclass(frozen=True, eq=False)
class Report:
    """A checkout and its catalogue, and what stages have written there.

    A stage that writes anew what has been read here makes a new one.
    """

    project: Project
    catalog: Catalog

    @cached_property
    def store(self) -> Store:
        """Every published number."""
        return Store.read(self.project.values)

    @cached_property
    def results(self) -> dict[str, ItemResult]:
        """What the control sheets computed, by item."""
        return read_results(self.project, self.catalog)

    @cached_property
    def receipts(self) -> dict[str, Receipt]:
        """What is known of each source, in the catalogue's order."""
        return {key: read_receipt(self.project.receipt(key)) for key in self.catalog.sources}

    @cached_property
    def notes(self) -> dict[str, list[Note]]:
        """What is said below each item."""
        return notes_of(self.catalog, self.results, self.errata)

    @cached_property
    def standing(self) -> Standing:
        """How new the numbers are, and whether the edition is a draft."""
        return standing_of(self.catalog, self.store)

    @cached_property
    def page_standing(self) -> Standing:
        """The same for those who read the text: it also knows what must be rewritten there."""
        return replace(self.standing, rewrites=len(self.book.rewrites))

    @cached_property
    def claims(self) -> ClaimResults:
        """How the claims and words of the text were judged."""
        return read_claims(self.project.claims)

    @cached_property
    def texts(self) -> list[Text]:
        """The chapters with their marks."""
        return read_chapters(self.project.root, self.catalog)

    @cached_property
    def book(self) -> Book:
        """The chapters together with the numbers that they name."""
        return Book(self.project.root, self.catalog, self.store, self.texts, self.claims)

    @cached_property
    def checked_book(self) -> Book:
        """The same, once nothing is wrong in it.

        Raises:
            KgError: All mistakes of the chapters, with file and line.
        """
        self.book.check(lints=True)
        return self.book

    @cached_property
    def uses(self) -> dict[str, list[Use]]:
        """Address -> the places of the text that rest on it."""
        return uses_of(self.store, self.texts, self.claims)

    @property
    def print_folder(self) -> Path:
        """What is known of the printed edition."""
        return self.project.published / self.catalog.edition.in_print

    @cached_property
    def printed(self) -> list[verify.Printed]:
        """The numbers of the printed edition."""
        return verify.read_printed(self.print_folder)

    @cached_property
    def printed_texts(self) -> dict[str, str]:
        """Address -> the number as it was printed."""
        return {number.address: number.text for number in self.printed}

    @cached_property
    def errata(self) -> list[Erratum]:
        """The errors of the printed edition."""
        return read_errata(self.print_folder)

    @cached_property
    def comparisons(self) -> list[verify.Comparison]:
        """Every printed number against the value store."""
        revised = frozenset(key for key, receipt in self.receipts.items() if receipt.revised)
        renewed = verify.renewed_items(self.print_folder, self.catalog)
        return verify.compare(self.printed, self.store.values, self.errata, revised, renewed)


def open_report() -> Report:
    """The report of the checkout around the current folder.

    Raises:
        KgError: If there is no checkout, or its catalogue has a mistake.
    """
    project = find_project()
    return Report(project, read_catalog(project.params))
