"""The items as they were computed, and the notes that belong under each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.breaks import break_note
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.store.carried_forward import carried_note
from kunnskapsgrunnlag.store.errata import PAGE, card_id, read_errata
from kunnskapsgrunnlag.store.notes import Note
from kunnskapsgrunnlag.store.values import Store


def records_of(project: Project, catalog: Catalog) -> dict[str, Any]:
    """What the control sheet of each item wrote."""
    return {
        key: json.loads((project.item(key) / f"{key}.json").read_text(encoding="utf-8"))
        for key in catalog.items
    }


# Said of an item until its delivery comes; the delivery takes it away.
ESTIMATED = (
    "Tallene fra leveransen mangler ennå. De som står her, er anslag; siden om metode forteller "
    "hvordan de er laget."
)


def notes_of(
    project: Project, catalog: Catalog, store: Store, held: Mapping[str, Any]
) -> dict[str, list[Note]]:
    """An item's notes: the catalogue's, that it is estimated, the misprints that it corrects."""
    folder = project.published / catalog.edition.in_print
    notes = {key: [Note(words) for words in _declared(item)] for key, item in catalog.items.items()}
    waiting = {key for key, source in catalog.sources.items() if source.delivery}
    for key, item in held.items():
        if any(s in waiting and r["origin"] == "estimat" for s, r in item["sources"].items()):
            notes[key].insert(0, Note(catalog.items[key].awaited or ESTIMATED))
        defined = [r for r in item["sources"].values() if r["definition"]]
        notes[key] += [Note(f"{r['title']}: {r['definition']}") for r in defined]
    for key, item in catalog.items.items():
        sources = held[key]["sources"].values()
        is_delivered = any(source["origin"] == "leveranse" for source in sources)
        if words := carried_note(item, held[key]["origin"], is_delivered=is_delivered):
            notes[key].insert(0, Note(words))
    for erratum in read_errata(folder):
        for key in sorted({address.partition("/")[0] for address in erratum.addresses}):
            words = f"Rettet: {erratum.note}"
            link = f"{PAGE}#{card_id(erratum.id)}"
            notes[key].append(Note(words, link, f"Se rettelse {erratum.id}."))
    return notes


def _declared(item: Item) -> list[str]:
    """The catalogue's notes, the periods where they differ, and the breaks in the item's series."""
    periods = f"Tallene gjelder ulike tidsrom: {'; '.join(item.periods.values())}."
    breaks = [break_note(each) for each in item.breaks]
    return [*item.notes, *([periods] if item.periods else ()), *breaks]
