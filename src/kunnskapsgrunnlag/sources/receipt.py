"""What is known of a verified snapshot: whose it is, of what time, which content."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kunnskapsgrunnlag.base.io import read_made
from kunnskapsgrunnlag.sources.provenance import Origin

_LISTS = ("history", "accepted", "left_out", "printed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A verified snapshot.

    Attributes:
        registered: Whether its content is the one that was registered.
        revised: Whether its owner has given another content than the first one registered.
        history: The registrations after the first, each in a sentence.
        accepted: The numbers that a person vouches for although they do not fit, in sentences.
        left_out: Lines that the reader of a delivery left out: titles, totals, notes.
        printed: Cells of an estimate that are none, since the printed report has them.
    """

    source: str
    title: str
    owner: str
    origin: Origin
    vintage: str
    period: str
    definition: str
    licence: str
    url: str | None
    file: str
    sha256_bytes: str
    sha256_cells: str
    registered: bool
    revised: bool
    history: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """The receipt that was written with `dataclasses.asdict`."""
        lists: dict[str, Any] = {name: tuple(row[name]) for name in _LISTS}
        return cls(**{**row, **lists})


def read_receipt(path: Path) -> Receipt:
    return Receipt.from_json(read_made(path))
