"""What became of a table or figure: titles, origin, sources, period, breaks in its series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kunnskapsgrunnlag.editions.published import PublishedItem
from kunnskapsgrunnlag.words import listed

KEPT, ADDED, DROPPED = "videre", "ny", "borte"


@dataclass(frozen=True)
class ItemChange:
    """An item in two editions.

    Attributes:
        words: What changed besides its numbers, a sentence each.
        carried: The period of numbers that it has from an earlier edition, or "".
    """

    key: str
    state: str
    item: PublishedItem
    words: tuple[str, ...] = ()
    carried: str = ""


def item_change(
    key: str,
    old: PublishedItem | None,
    new: PublishedItem | None,
    old_last: Mapping[str, int],
    new_last: Mapping[str, int],
) -> ItemChange:
    """What became of an item that at least one of the editions has.

    Args:
        old_last, new_last: The last year of each item that has years.
    """
    if new is None:
        assert old is not None  # a key comes from one of the two
        return ItemChange(key, DROPPED, old)
    if old is None:
        return ItemChange(key, ADDED, new, carried=new.carried)
    words = [
        *_named("Tittelen", old.title, new.title),
        *_named("Undertittelen", old.subtitle, new.subtitle),
        *_origin(old, new),
        *_sources(old, new),
        *_breaks(new, old_last.get(key), new_last.get(key)),
    ]
    return ItemChange(key, KEPT, new, tuple(words), new.carried)


def _named(what: str, old: str, new: str) -> list[str]:
    return [f"{what} er endret fra «{old}» til «{new}»."] if old != new else []


def _origin(old: PublishedItem, new: PublishedItem) -> list[str]:
    if old.origin == new.origin:
        return []
    return [f"Opphavet er endret fra «{old.origin}» til «{new.origin}»."]


def _sources(old: PublishedItem, new: PublishedItem) -> list[str]:
    """New vintages of the same sources; sources that came and went."""
    words = [
        f"{source.title}: årgangen er endret fra «{old.sources[key].vintage}» til "
        f"«{source.vintage}»."
        for key, source in new.sources.items()
        if key in old.sources and old.sources[key].vintage != source.vintage
    ]
    came = [new.sources[key].title for key in new.sources if key not in old.sources]
    went = [old.sources[key].title for key in old.sources if key not in new.sources]
    words += [f"Ny kilde: {listed(came)}."] if came else []
    return words + ([f"Brukes ikke lenger: {listed(went)}."] if went else [])


def _breaks(new: PublishedItem, old_last: int | None, new_last: int | None) -> list[str]:
    """Breaks between the latest years that are compared: the change is not only what it seems."""
    if old_last is None or new_last is None:
        return []
    return [
        f"Brudd i serien i {each['year']}: {each['words']}"
        for each in new.breaks
        if old_last < each["year"] <= new_last
    ]
