"""What became of a table or figure: titles, origin, sources, period, breaks in its series."""

from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.editions.published import PublishedEdition, PublishedItem, PublishedValue

KEPT, ADDED, DROPPED = "videre", "ny", "borte"
SOME_ESTIMATED = "Noen av tallene er våre anslag."


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


def item_change(key: str, old: PublishedEdition, new: PublishedEdition) -> ItemChange:
    before, now = old.items.get(key), new.items.get(key)
    if now is None:
        assert before is not None  # a key comes from one of the two
        return ItemChange(key, DROPPED, before)
    if before is None:
        return ItemChange(key, ADDED, now, _estimated(key, new), now.carried)
    breaks = _breaks(key, old, new)
    if old.is_print:
        return ItemChange(key, KEPT, now, (*_unprinted(key, old, new), *breaks), now.carried)
    words = [
        *_named("Tittelen", before.title, now.title),
        *_named("Undertittelen", before.subtitle, now.subtitle),
        *_named("Opphavet", before.origin, now.origin),
        *_sources(before, now),
        *breaks,
    ]
    return ItemChange(key, KEPT, now, tuple(words), now.carried)


def _numbers(key: str, edition: PublishedEdition) -> list[PublishedValue]:
    return [v for v in edition.values.values() if v.item == key and v.value is not None]


def _unprinted(key: str, old: PublishedEdition, new: PublishedEdition) -> tuple[str, ...]:
    """That print had no table of the numbers: there is nothing to compare them with."""
    if any(value.item == key for value in old.values.values()) or not _numbers(key, new):
        return ()
    words = (
        "Den trykte rapporten hadde et diagram eller en tegning, og ingen tabell med disse "
        "tallene. De er derfor ikke sammenlignet."
    )
    return (words, *_estimated(key, new))


def _estimated(key: str, new: PublishedEdition) -> tuple[str, ...]:
    numbers = _numbers(key, new)
    estimates = sum(value.origin == "estimat" for value in numbers)
    if not estimates:
        return ()
    return ("Tallene er våre anslag." if estimates == len(numbers) else SOME_ESTIMATED,)


def _named(what: str, old: str, new: str) -> list[str]:
    return [f"{what} er endret fra «{old}» til «{new}»."] if old != new else []


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


def _breaks(key: str, old: PublishedEdition, new: PublishedEdition) -> list[str]:
    """Breaks between the latest years that are compared: the change is not only what it seems."""
    if key not in old.years or key not in new.years:
        return []
    return [
        f"Brudd i serien i {series_break['year']}: {series_break['words']}"
        for series_break in new.items[key].breaks
        if old.years[key][1] < series_break["year"] <= new.years[key][1]
    ]
