"""Notes with one number each, shared by the tables of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS

BANDS = (
    "Nedre og øvre grense sier hvor langt unna et anslag kan være. Det er en vurdering og ikke et "
    "konfidensintervall. Tall som ikke er anslag, har ingen slike grenser."
)
GAPS = "Tom celle: raden har ikke dette målet."


@dataclass(frozen=True)
class SheetNote:
    """A note and the labels of the tables that it belongs to."""

    number: int
    text: str
    labels: tuple[str, ...]


def numbered(parts: Sequence[ItemPart]) -> tuple[SheetNote, ...]:
    """All notes in the order in which they come; equal ones stand once."""
    labels_by_text: dict[str, list[str]] = {}
    for part in parts:
        for text in dict.fromkeys(notes_of(part)):
            labels_by_text.setdefault(text, []).append(part.item.label)
    return tuple(
        SheetNote(number, text, tuple(labels))
        for number, (text, labels) in enumerate(labels_by_text.items(), 1)
    )


def notes_of(part: ItemPart) -> list[str]:
    """A table's own notes, then what its signs, its gaps and its origins mean."""
    symbols = [f"Tegnet {symbol} betyr: {SYMBOL_WORDS}." for symbol in part.table.symbols]
    gaps = [GAPS] if part.table.has_gaps else []
    origins = part.table.origins
    words = [
        f"Opphav {origin}: {ORIGIN_WORDS[origin][1]}." for origin in ORIGINS if origin in origins
    ]
    bands = [BANDS] if part.table.has_bands else []
    return [*part.notes, *symbols, *gaps, *bands, *words]


# The same words as under the tables of the site.
SYMBOL_WORDS = "tallet mangler hos kilden"


def numbers_for(part: ItemPart, notes: Sequence[SheetNote]) -> list[int]:
    """The numbers of a table's notes."""
    return [note.number for note in notes if part.item.label in note.labels]
