"""How an edition stands, told by its own numbers: how new they are, and whether it is a draft."""

from __future__ import annotations

from dataclasses import dataclass

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

# Origins that a new edition can have newer numbers of.
_NEW = ("offisiell", "leveranse")


@dataclass(frozen=True)
class Standing:
    """What every page says of the edition.

    Attributes:
        newest: The last year of any number from an owner of statistics; None if there is none.
        main: What the edition is about, in words, and the last year of that; "" and None if the
            catalogue names nothing.
        estimated: How many of the `numbered` items rest on estimates.
        rewrites: How many sentences must be written anew; known once the text has been read.
    """

    key: str
    newest: int | None
    main: str
    main_year: int | None
    estimated: int
    numbered: int
    rewrites: int = 0

    @property
    def ages(self) -> str:
        """`Nyeste tall 2025; vanskeligstilte 2020`."""
        newest = f"Nyeste tall {self.newest}" if self.newest else ""
        if not self.main_year or self.main_year == self.newest:
            return newest
        main = f"{self.main} {self.main_year}"
        return f"{newest}; {main}" if newest else f"Tall for {main}"

    @property
    def label(self) -> str:
        """`Utgave 2026. Nyeste tall 2025; vanskeligstilte 2020`."""
        return ". ".join(words for words in (f"Utgave {self.key}", self.ages) if words)

    @property
    def draft(self) -> str:
        """`Utkast: 10 av 37 figurer og tabeller bygger på anslag`; "" for one that can go out."""
        why = []
        if self.estimated:
            why.append(f"{self.estimated} av {self.numbered} figurer og tabeller bygger på anslag")
        if self.rewrites:
            sentences = "setning" if self.rewrites == 1 else "setninger"
            why.append(f"{self.rewrites} {sentences} må skrives om")
        return f"Utkast: {', og '.join(why)}" if why else ""


def standing_of(catalog: Catalog, store: Store) -> Standing:
    """How the edition stands, counted from the value store."""
    present = [r for r in store.values.values() if r.value is not None]
    main = catalog.edition.main
    own = [r for r in present if main and r.item == main.item]
    return Standing(
        key=catalog.edition.key,
        newest=_last_year([r for r in present if r.origin in _NEW], store),
        main=main.words if main else "",
        main_year=_last_year(own, store),
        estimated=len({r.item for r in present if r.origin == "estimat"}),
        numbered=len(catalog.numbered),
    )


def newest_of(key: str, store: Store) -> int | None:
    """The last year of an item's numbers from an owner of statistics; None if it has none."""
    own = [r for r in store.values.values() if r.item == key and r.value is not None]
    return _last_year([r for r in own if r.origin in _NEW], store)


def _last_year(records: list[Value], store: Store) -> int | None:
    return max((year for record in records for year in _years(record, store)), default=None)


def _years(record: Value, store: Store) -> list[int]:
    """The year of a number: its own, or the last one that is taken of each of its sources."""
    if record.year is not None:
        return [record.year]
    periods = store.periods.get(record.item, {})
    return [max(periods[source]) for source in record.sources if periods.get(source)]
