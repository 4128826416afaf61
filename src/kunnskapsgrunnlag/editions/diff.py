"""What changed from one edition to another: numbers with cause and size, news, items, claims."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kunnskapsgrunnlag.editions.causes import (
    ERROR,
    METHOD,
    NEW_PERIOD,
    ORDER,
    UNEXPLAINED,
    Explanation,
    Pair,
    cause_of,
    period_words,
    periods_of,
)
from kunnskapsgrunnlag.editions.declared import Declared
from kunnskapsgrunnlag.editions.diff_claims import ClaimChange, claim_changes
from kunnskapsgrunnlag.editions.diff_items import ItemChange, item_change
from kunnskapsgrunnlag.editions.published import PublishedEdition, PublishedValue
from kunnskapsgrunnlag.editions.sizes import Revisions, Size, revisions_of, size_of

SAME, HIDDEN, CHANGED, ADDED, DROPPED = "uendret", "skjult", "endret", "ny", "borte"


@dataclass(frozen=True)
class NumberChange:
    """One address in two editions.

    Attributes:
        state: skjult: another number that readers see rounded to the same text.
        cause, reason: Of a number that readers see changed; of one that is new or gone only where
            the period tells it.
    """

    address: str
    state: str
    old: PublishedValue | None
    new: PublishedValue | None
    cause: str = ""
    reason: str = ""
    size: Size | None = None

    @property
    def item(self) -> str:
        return self.address.partition("/")[0]


@dataclass(frozen=True)
class News:
    """The latest number of a series in each edition."""

    old: PublishedValue
    new: PublishedValue
    before: str
    now: str
    size: Size | None

    @property
    def item(self) -> str:
        return self.new.item


@dataclass(frozen=True)
class EditionDiff:
    """All that is new in `new`, for people who know `old`."""

    old: PublishedEdition
    new: PublishedEdition
    numbers: tuple[NumberChange, ...]
    news: tuple[News, ...]
    items: tuple[ItemChange, ...]
    claims: tuple[ClaimChange, ...]
    revisions: tuple[Revisions, ...]

    @cached_property
    def changed(self) -> tuple[NumberChange, ...]:
        """The numbers that readers see changed at the same address."""
        return tuple(number for number in self.numbers if number.state == CHANGED)

    @property
    def states(self) -> Counter[str]:
        return Counter(number.state for number in self.numbers)

    @property
    def causes(self) -> dict[str, int]:
        """How many changed numbers of each cause that occurs, in the readers' order."""
        counts = Counter(number.cause for number in self.changed)
        return {cause: counts[cause] for cause in ORDER if counts[cause]}

    @property
    def unexplained(self) -> tuple[NumberChange, ...]:
        """The changes whose cause a release waits for."""
        return tuple(number for number in self.changed if number.cause == UNEXPLAINED)


def compare(
    old: PublishedEdition,
    new: PublishedEdition,
    declared: Declared,
    known: Mapping[str, Explanation],
) -> EditionDiff:
    """Hold two editions against each other.

    Args:
        known: Address -> a cause that is known without anybody declaring it.

    Raises:
        KgError: If a declaration of the newer edition explains no change.
    """
    own = declared.of(new.key)
    addresses = dict.fromkeys([*new.values, *old.values])
    numbers = tuple(_number(old, new, address, own, known) for address in addresses)
    own.refuse_idle([number.address for number in numbers if number.state != SAME])
    return EditionDiff(
        old,
        new,
        numbers,
        tuple(_news(old, new)),
        tuple(item_change(key, old, new) for key in dict.fromkeys([*new.items, *old.items])),
        () if old.is_print else tuple(claim_changes(old, new)),
        tuple(_revisions(numbers)),
    )


def _number(
    old: PublishedEdition,
    new: PublishedEdition,
    address: str,
    declared: Declared,
    known: Mapping[str, Explanation],
) -> NumberChange:
    before, now = old.values.get(address), new.values.get(address)
    if before is None or now is None:
        state, has, lacks = (ADDED, new, old) if before is None else (DROPPED, old, new)
        if declaration := declared.find(address):
            return NumberChange(address, state, before, now, declaration.cause, declaration.reason)
        cause = NEW_PERIOD if _outside(has, lacks, address) else ""
        return NumberChange(address, state, before, now, cause)
    if before.text == now.text and before.unit == now.unit:
        is_same = old.is_print or _equal(before, now)
        return NumberChange(address, SAME if is_same else HIDDEN, before, now)
    first = (edition.years.get(now.item, (None,))[0] for edition in (old, new))
    pair = Pair(before, now, old.items[now.item], new.items[now.item], *first)
    why = declared.find(address) or known.get(address) or cause_of(pair)
    return NumberChange(address, CHANGED, before, now, why.cause, why.reason, size_of(before, now))


def _outside(has: PublishedEdition, lacks: PublishedEdition, address: str) -> bool:
    """Whether a number that only one edition has is of a year before or after the other's item."""
    item = address.partition("/")[0]
    year = has.items[item].year_of(address)
    if year is None or item not in lacks.years:
        return False
    first, last = lacks.years[item]
    return not first <= year <= last


def _equal(old: PublishedValue, new: PublishedValue) -> bool:
    """The same number, but for what the last bits of a float say."""
    if old.value is None or new.value is None:
        return old.value is new.value
    return abs(old.value - new.value) <= 1e-9 * max(abs(old.value), abs(new.value))


def _news(old: PublishedEdition, new: PublishedEdition) -> Iterator[News]:
    """Latest against latest of every series with another latest period; carried ones give none."""
    before, now = _latest(old), _latest(new)
    for series, (year, value) in now.items():
        if series not in before or new.items[value.item].carried:
            continue
        old_year, old_value = before[series]
        size = size_of(old_value, value)
        if year is not None and old_year is not None:
            if year > old_year:
                yield News(old_value, value, str(old_year), str(year), size)
            continue
        old_item, item = old.items[value.item], new.items[value.item]
        # The same data make no later number, whatever period the table says.
        is_same_data = bool(value.cells) and value.cells == old_value.cells
        if year is old_year and not is_same_data and periods_of(old_item) != periods_of(item):
            yield News(old_value, value, period_words(old_item), period_words(item), size)


def _latest(edition: PublishedEdition) -> dict[str, tuple[int | None, PublishedValue]]:
    """Series -> its last year with a number, and the number; words have no series."""
    latest: dict[str, tuple[int | None, PublishedValue]] = {}
    for value in edition.values.values():
        if value.value is None:
            continue
        item = edition.items[value.item]
        year = item.year_of(value.address)
        series = item.series_of(value.address)
        if series not in latest or (year or 0) > (latest[series][0] or 0):
            latest[series] = (year, value)
    return latest


def _revisions(numbers: tuple[NumberChange, ...]) -> Iterator[Revisions]:
    """Per item and unit: numbers of the same place and period that are others now.

    What we did ourselves is no revision.
    """
    sizes: dict[tuple[str, str], list[Size]] = {}
    both = Counter(number.item for number in numbers if number.old and number.new)
    for number in numbers:
        if (
            number.state == CHANGED
            and number.cause not in (NEW_PERIOD, METHOD, ERROR)
            and number.size
        ):
            sizes.setdefault((number.item, number.size.unit), []).append(number.size)
    for (item, _), item_sizes in sizes.items():
        yield revisions_of(item, item_sizes, both[item])
