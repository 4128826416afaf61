"""At most five sentences that say what is new: chosen by rule, in the order in which they matter.

The largest change of each table that has newer numbers, of the measures to which the catalogue
gives a `headline`; then our corrections, what is new as a whole, and what is not newer.
"""

from collections.abc import Iterator

from kunnskapsgrunnlag.base.nb_text import listed, unit_words
from kunnskapsgrunnlag.catalog.periods import named_years
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.causes import ERROR
from kunnskapsgrunnlag.editions.diff import EditionDiff, News, NumberChange
from kunnskapsgrunnlag.editions.diff_items import ADDED, ItemChange
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedEdition, PublishedItem
from kunnskapsgrunnlag.editions.sizes import is_money

MOST, CHANGES, CORRECTED = 5, 2, 3
COUNTS = ("ingen", "ett", "to", "tre")
# What a report on Oslo says first, of the places that a table has.
PLACES = ("oslo", "oslo-og-baerum")


def headlines(diff: EditionDiff, catalog: Catalog) -> list[str]:
    """The sentences that open the page on what is new."""
    names = Names(catalog)
    changes = [_change(diff, names, change) for change in _largest(diff, names)]
    rest = [*_corrections(diff, names), *_added(diff), *_unrenewed(diff, catalog)]
    return [*changes[:CHANGES], *rest][:MOST]


def _largest(diff: EditionDiff, names: Names) -> list[News]:
    """The largest change of each item's headline measures, largest first; no estimates."""
    best: dict[str, News] = {}
    for change in diff.news:
        is_headline = names.headline(change.new.address) and change.size
        if not is_headline or change.new.origin == "estimat":
            continue
        if change.item not in best or _rank(change, diff) > _rank(best[change.item], diff):
            best[change.item] = change
    # Money of two years is only partly a change; what is counted comes first.
    return sorted(best.values(), key=lambda n: (is_money(n.new.unit), -_weight(n)))


def _rank(change: News, diff: EditionDiff) -> tuple[bool, float]:
    item = diff.new.items[change.item]
    has_place = "region" in item.dims
    return not has_place or item.place(change.new.address, "region") in PLACES, _weight(change)


def _weight(change: News) -> float:
    return change.size.is_large if change.size else 0.0


def _change(diff: EditionDiff, names: Names, change: News) -> str:
    item = diff.new.items[change.item]
    key = change.item
    words = {dim: names.place(key, dim, item.place(change.new.address, dim)) for dim in item.dims}
    subject = names.headline(change.new.address).format(**words)
    assert change.size  # a change without a size is not chosen
    # What is counted stands in the subject.
    unit = f" {unit_words(change.new.unit)}" if is_money(change.new.unit) else ""
    unit = " prosent" if change.new.unit == "prosent" else unit
    money = ", i løpende kroner" if is_money(change.new.unit) else ""
    sentence = (
        f"{subject} {_went(change.size.absolute)} fra {change.old.text}{unit} i {change.before} "
        f"til {change.new.text} i {change.now} ({change.size.short}{money})"
    )
    return f"{sentence}{_breaks(item, change)}."


def _went(change: float) -> str:
    if not change:
        return "sto stille"
    return "gikk opp" if change > 0 else "gikk ned"


def _breaks(item: PublishedItem, change: News) -> str:
    """Breaks between the two years: the change is not only what it seems."""
    words = [
        f"{series_break['words']} fra {series_break['year']}"
        for series_break in item.breaks
        if change.before < str(series_break["year"]) <= change.now
    ]
    return f", med brudd i serien: {listed(words)}" if words else ""


def _corrections(diff: EditionDiff, names: Names) -> Iterator[str]:
    """Our own errors, put right: each number where they are few."""
    mended = [number for number in diff.changed if number.cause == ERROR]
    if not mended:
        return
    keys = dict.fromkeys(number.item for number in mended)
    items = listed([diff.new.items[key].label.lower() for key in keys])
    if len(mended) > CORRECTED:
        yield f"Vi har rettet {len(mended)} tall i {items}."
        return
    parts = ", og ".join(_mended(diff, names, number) for number in mended)
    yield f"Vi har rettet {COUNTS[len(mended)]} tall i {items}: {parts}."


def _mended(diff: EditionDiff, names: Names, number: NumberChange) -> str:
    assert number.old and number.new  # changed numbers are in both editions
    item = diff.new.items[number.item]
    label = names.label(item, number.address, year=False)
    year = f" for {item.place(number.address, 'year')}" if "year" in item.dims else ""
    unit = unit_words(number.new.unit)
    return f"«{label}»{year} er {number.new.text} {unit} og ikke {number.old.text}"


def _added(diff: EditionDiff) -> Iterator[str]:
    added = [change for change in diff.items if change.state == ADDED]
    if added:
        words = listed(
            [f"{change.item.label.lower()} ({_lower(change.item.title)})" for change in added]
        )
        yield f"Dette er nytt: {words}."


def _unrenewed(diff: EditionDiff, catalog: Catalog) -> Iterator[str]:
    """How much is as it was, and how much of it print never had as numbers."""
    carried = [c for c in diff.items if c.carried and not _has_newer(diff.new, c)]
    if not carried:
        return
    before = "den trykte rapporten" if diff.old.is_print else "forrige utgave"
    words = (
        f"{len(carried)} av {len(catalog.numbered)} figurer og tabeller har ingen tall som er "
        f"nyere enn i {before}"
    )
    new = _estimated(diff.new) - {value.item for value in diff.old.values.values()}
    if diff.old.is_print and new:
        words += (
            f", og {len(new)} av de {len(catalog.numbered)} viser våre anslag der den hadde "
            "diagrammer eller tegninger"
        )
    yield f"{words}."


def _has_newer(edition: PublishedEdition, change: ItemChange) -> bool:
    """Whether some numbers of an item are of a later year than those that it has from before."""
    _, last = edition.years.get(change.key, (0, 0))
    return last > max(named_years(change.carried), default=last)


def _estimated(edition: PublishedEdition) -> set[str]:
    return {value.item for value in edition.values.values() if value.origin == "estimat"}


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
