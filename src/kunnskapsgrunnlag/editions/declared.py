"""data/endringer.yaml: causes of changes that data cannot tell, declared by people.

Each names an edition, `items` or patterns of `addresses` (`*` stands for anything, also for several
parts), a `cause` and the `reason` that readers are told. docs/endringer.md has examples.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import read_model
from kunnskapsgrunnlag.sources.provenance import Cause

FILE = "data/endringer.yaml"


class Declaration(StrictModel):
    """Why numbers are others than in the edition before.

    Attributes:
        edition: The edition that has the new numbers.
        items: Items all of whose changed numbers it explains.
    """

    edition: str
    items: list[str] = Field(default_factory=list)
    addresses: list[str] = Field(default_factory=list)
    cause: Cause
    reason: str

    @field_validator("reason")
    @classmethod
    def _says_something(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("leserne ser grunnen: skriv den i en setning")
        return reason

    @model_validator(mode="after")
    def _names_something(self) -> Declaration:
        if not self.items and not self.addresses:
            raise ValueError("skriv hvilke «items» eller «addresses» det gjelder")
        return self

    def matches(self, address: str) -> bool:
        return address.partition("/")[0] in self.items or any(
            fnmatchcase(address, pattern) for pattern in self.addresses
        )


class _File(StrictModel):
    changes: list[Declaration] = Field(default_factory=list)


@dataclass(frozen=True)
class Declared:
    """All declarations, each with its line."""

    entries: tuple[tuple[int, Declaration], ...] = ()

    def of(self, edition: str) -> Declared:
        return Declared(tuple(pair for pair in self.entries if pair[1].edition == edition))

    def find(self, address: str) -> Declaration | None:
        """The first that explains a change of this number."""
        return next((entry for _, entry in self.entries if entry.matches(address)), None)

    def refuse_idle(self, addresses: Collection[str]) -> None:
        for line, declaration in self.entries:
            if not any(declaration.matches(address) for address in addresses):
                named = ", ".join([*declaration.items, *declaration.addresses])
                raise KgError(
                    f"{FILE}, linje {line}: ventet et endret tall ved {named}, fant ingen i "
                    f"{declaration.edition}. Rett navnene (kg diff --all lister dem), "
                    "eller ta det bort."
                )


def read_declared(root: Path) -> Declared:
    """The declarations of a checkout; none if the file is not there."""
    path = root / FILE
    if not path.is_file():
        return Declared()
    file, at_path = read_model(read_written(path), FILE, _File)
    lines = (at_path["changes", at].start_mark.line + 1 for at in range(len(file.changes)))
    return Declared(tuple(zip(lines, file.changes, strict=True)))
