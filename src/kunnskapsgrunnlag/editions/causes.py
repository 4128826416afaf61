"""Why a number is another than in the edition before, decided from what both editions tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.catalog.periods import LAST_PERIOD
from kunnskapsgrunnlag.editions.published import Held, PublishedItem, PublishedValue
from kunnskapsgrunnlag.sources.provenance import CAUSES

PERIOD_SETTINGS = ("year", "years", "first_year", "last_year", "date", "month")
NEW_PERIOD, REVISED, RECODED = "ny-periode", "revidert-av-eier", "kodeendring"
METHOD, ERROR, DELIVERED, UNEXPLAINED = "var-metode", "var-feil", "ny-leveranse", "uforklart"
OURS = "endret-hos-oss"
# Every cause, in the order in which readers meet them, and in words.
WORDS: dict[str, str] = {
    **{str(cause): words for cause, words in CAUSES.items()},
    DELIVERED: "kilden er byttet ut",
    UNEXPLAINED: "uten forklaring",
}
ORDER = (NEW_PERIOD, DELIVERED, REVISED, RECODED, METHOD, ERROR, OURS, UNEXPLAINED)
# What took the place of what, where an origin changed.
_ORIGINS = {
    "estimat": "anslag",
    "trykt": "tall fra den trykte utgaven",
    "leveranse": "leveranse",
    "offisiell": "offisiell statistikk",
}


@dataclass(frozen=True)
class Explanation:
    """A cause and what more there is to say of it."""

    cause: str
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """A number in two editions, with the item that it stands in.

    Attributes:
        old_first, new_first: The first year of the item in each edition; None without years.
    """

    old: PublishedValue
    new: PublishedValue
    old_item: PublishedItem
    new_item: PublishedItem
    old_first: int | None = None
    new_first: int | None = None

    @property
    def measure(self) -> str:
        return self.new.address.split("/")[1]

    @property
    def same_data(self) -> bool:
        """Whether the same words stand in the source cells."""
        return self.old.cells == self.new.cells


def cause_of(pair: Pair) -> Explanation:
    """The cause of a change, by the first rule that fits.

    A number of another period is no revision. Other data were explained when they were registered,
    or tell it themselves: another origin, or another content of the owner's. The same data made
    into another number is our method, if method or unit changed. What is left has no explanation,
    and an edition is not released with it.
    """
    if _is_new_period(pair):
        return Explanation(NEW_PERIOD, _periods(pair))
    by_source = None if pair.same_data else _by_source(pair)
    if by_source:
        return by_source
    same_sources = pair.old.sources == pair.new.sources and not _changed_sources(pair)
    method = _method(pair) if pair.same_data or same_sources else ""
    return Explanation(METHOD, method) if method else Explanation(UNEXPLAINED)


def periods_of(item: PublishedItem) -> tuple[Any, ...]:
    """What says which period an item without years is of: its settings, its subtitle."""
    asked = tuple((name, item.settings.get(name)) for name in PERIOD_SETTINGS)
    return (*asked, *LAST_PERIOD.findall(item.subtitle))


def period_words(item: PublishedItem) -> str:
    """The period of an item without years, as its subtitle says it, else as it is asked for."""
    periods: list[str] = LAST_PERIOD.findall(item.subtitle)
    asked = (item.settings.get(name) for name in ("date", "year", "last_year"))
    return periods[-1] if periods else str(next((value for value in asked if value), ""))


def _is_new_period(pair: Pair) -> bool:
    if "year" in pair.new_item.dims:
        # The same year again; only growth since the first year rests on where the series begins.
        formula = pair.new_item.formulas.get(pair.measure, "")
        return pair.old_first != pair.new_first and "første" in formula
    return periods_of(pair.old_item) != periods_of(pair.new_item)


def _periods(pair: Pair) -> str:
    if "year" in pair.new_item.dims:
        return f"regnes nå fra {pair.new_first} og ikke fra {pair.old_first}"
    before, now = period_words(pair.old_item), period_words(pair.new_item)
    return f"fra {before} til {now}" if before != now and before and now else ""


def _by_source(pair: Pair) -> Explanation | None:
    """A registration with a cause, another origin, or another content of an owner's table."""
    registered = sorted(_registrations(pair), key=lambda entry: str(entry["date"]))
    if registered:
        return Explanation(registered[-1]["cause"], registered[-1]["reason"])
    if pair.old.origin != pair.new.origin:
        before, now = _ORIGINS[pair.old.origin], _ORIGINS[pair.new.origin]
        return Explanation(DELIVERED, f"{before} erstattet av {now}")
    official = [
        key for key in _changed_sources(pair) if pair.new_item.sources[key].origin == "offisiell"
    ]
    if official:
        owners = dict.fromkeys(pair.new_item.sources[key].owner for key in official)
        return Explanation(REVISED, " og ".join(owners))
    return None


def _registrations(pair: Pair) -> Iterator[Held]:
    """Registrations of the number's sources that the older edition did not have, with a cause."""
    for key in pair.new.sources:
        known = pair.old_item.sources.get(key)
        for entry in pair.new_item.sources[key].history if key in pair.new_item.sources else ():
            if entry.get("cause") and (known is None or entry not in known.history):
                yield entry


def _changed_sources(pair: Pair) -> list[str]:
    """Sources of the number that both editions have, with another content in the later."""
    old, new = pair.old_item.sources, pair.new_item.sources
    return [
        key
        for key in pair.new.sources
        if key in pair.old.sources
        and key in old
        and key in new
        and old[key].sha256_cells != new[key].sha256_cells
    ]


def _method(pair: Pair) -> str:
    before, now = pair.old_item, pair.new_item
    if before.formulas.get(pair.measure) != now.formulas.get(pair.measure):
        return f"regnes nå slik: {now.formulas.get(pair.measure, '')}"
    if pair.old.unit != pair.new.unit:
        return f"enheten er nå {pair.new.unit}"
    if pair.old.decimals != pair.new.decimals:
        return "vises med et annet antall desimaler"
    return "forutsetningene er endret" if _assumptions(before) != _assumptions(now) else ""


def _assumptions(item: PublishedItem) -> dict[str, Any]:
    return {name: setting for name, setting in item.settings.items() if name not in PERIOD_SETTINGS}
