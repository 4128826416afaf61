"""The words around tables: a cover that says how a file is read, and numbered notes."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS
from kunnskapsgrunnlag.store.standing import Standing

# A heading and the lines below it.
Block = tuple[str, tuple[str, ...]]
READING = (
    "Enheten står i kolonneoverskriften.",
    "Tallene er avrundet som i rapporten.",
    "Tegn som .. står i stedet for tall som mangler, og er forklart i merknadene.",
    "Kolonnen Opphav sier hvor tallene i raden kommer fra.",
    "Er tallene i en rad fra flere steder, har hvert mål sin egen kolonne for opphav.",
)
BANDS = (
    "Nedre og øvre grense sier hvor langt unna et anslag kan være. Det er en vurdering og ikke et "
    "konfidensintervall. Tall som ikke er anslag, har ingen slike grenser."
)
GAPS = "Tom celle: raden har ikke dette målet."
# The same words as under the tables of the site.
SYMBOL_WORDS = "tallet mangler hos kilden"


def blocks(edition: Edition, parts: Sequence[ItemPart], standing: Standing) -> list[Block]:
    """What a cover says below its title."""
    return [
        ("Om filen", about(edition, parts, standing)),
        ("Opphav", origin_lines(parts)),
        ("Slik leses tallene", READING),
        ("Lisenser", licence_lines(parts)),
    ]


def about(edition: Edition, parts: Sequence[ItemPart], standing: Standing) -> tuple[str, ...]:
    report = f"{edition.title}. {edition.subtitle}."
    one = (parts[0].item.subtitle + ".",) if len(parts) == 1 else ()
    return (
        *one,
        f"Fra: {report}" if one else f"{edition.subtitle}.",
        f"Utgave: {edition.key}.",
        *(f"{words}." for words in (standing.ages, standing.draft) if words),
        f"Utgavens dato: {norwegian_date(edition.date)}.",
        f"Eier: {edition.owner}.",
    )


def origin_lines(parts: Sequence[ItemPart]) -> tuple[str, ...]:
    """What is estimated, then each origin that occurs and what it means."""
    origins = {origin for part in parts for origin in part.table.origins}
    words = [
        f"{ORIGIN_WORDS[origin][0]}: {ORIGIN_WORDS[origin][1]}."
        for origin in ORIGINS
        if origin in origins
    ]
    if labels := [part.item.label.lower() for part in parts if part.result.is_estimate]:
        which = "Tallene" if len(parts) == 1 else listed(labels)
        words.insert(0, f"ESTIMAT: {which} er helt eller delvis modellert og er ikke statistikk.")
    return tuple(words)


def licence_lines(parts: Sequence[ItemPart]) -> tuple[str, ...]:
    """Each licence once, with the owners who give it."""
    owners: dict[str, dict[str, None]] = {}
    for source in (source for part in parts for source in part.result.sources.values()):
        owners.setdefault(source.licence, {})[source.owner] = None
    return tuple(f"{licence}: {'; '.join(names)}." for licence, names in owners.items())


def labels_by_note(parts: Sequence[ItemPart]) -> dict[str, list[str]]:
    """Each note once, in the order in which they come -> the tables that it belongs to."""
    labels: dict[str, list[str]] = {}
    for part in parts:
        for text in dict.fromkeys(notes_of(part)):
            labels.setdefault(text, []).append(part.item.label)
    return labels


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
