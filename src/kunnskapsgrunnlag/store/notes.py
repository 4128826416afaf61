"""What is said below an item, with a link to where more is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kunnskapsgrunnlag.base.escape import esc, typst_text
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.store.carried_forward import carried_note
from kunnskapsgrunnlag.store.errata import PAGE, Erratum
from kunnskapsgrunnlag.store.item_results import ItemResult

# Said of an item until its delivery comes; the delivery takes it away.
ESTIMATED = (
    "Tallene fra leveransen mangler ennå. De som står her, er anslag; siden om metode forteller "
    "hvordan de er laget."
)


@dataclass(frozen=True)
class Note:
    """What is said below an item, and the place that tells more.

    Attributes:
        link: `page#id` within the site; empty for none.
    """

    words: str
    link: str = ""
    link_words: str = ""

    def html(self, up: str) -> str:
        """The note for a page; `up` leads from the page to the site's root."""
        more = f' <a href="{esc(up + self.link)}">{esc(self.link_words)}</a>' if self.link else ""
        return esc(self.words) + more

    def typst(self) -> str:
        """The note for the PDF, where the link leads to the place of the same id."""
        words = f"#{typst_text(self.words)}"
        if not self.link:
            return f"[{words}]"
        target = self.link.partition("#")[2]
        return f"[{words} #link(<{target}>)[#{typst_text(self.link_words)}]]"


def notes_of(
    catalog: Catalog, results: Mapping[str, ItemResult], errata: Iterable[Erratum]
) -> dict[str, list[Note]]:
    """An item's notes: the catalogue's, that it is estimated, the misprints that it corrects."""
    notes = {key: [Note(words) for words in _declared(item)] for key, item in catalog.items.items()}
    waiting = {key for key, source in catalog.sources.items() if source.delivery}
    for key, result in results.items():
        if any(s in waiting and r.origin == "estimat" for s, r in result.sources.items()):
            notes[key].insert(0, Note(catalog.items[key].awaited or ESTIMATED))
        defined = [r for r in result.sources.values() if r.definition]
        notes[key] += [Note(f"{r.title}: {r.definition}") for r in defined]
    for key, item in catalog.items.items():
        sources = results[key].sources
        is_delivered = any(source.origin == "leveranse" for source in sources.values())
        still = [s for s, receipt in sources.items() if receipt.origin in ("trykt", "estimat")]
        owed = [catalog.sources[s] for s in still if s in catalog.sources]
        if words := carried_note(item, results[key].origin, owed, is_delivered=is_delivered):
            notes[key].insert(0, Note(words))
    for erratum in errata:
        for key in sorted({address.partition("/")[0] for address in erratum.addresses}):
            words = f"Rettet: {erratum.note}"
            link = f"{PAGE}#{erratum.card_id}"
            notes[key].append(Note(words, link, f"Se rettelse {erratum.id}."))
    return notes


def _declared(item: Item) -> list[str]:
    """The catalogue's notes, the periods where they differ, and the breaks in the item's series."""
    periods = f"Tallene gjelder ulike tidsrom: {item.period_words}."
    breaks = (series_break.note for series_break in item.breaks)
    return [*item.notes, *([periods] if item.periods else ()), *breaks]
