"""The catalogue after a delivery: settings, subtitle, periods and the mark of carried numbers."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.regions import GROUPS
from kunnskapsgrunnlag.catalog.periods import Period, agree, asked_period, last_period, named_years
from kunnskapsgrunnlag.catalog.schema import CHECK_ONLY, Carried, Catalog, Item
from kunnskapsgrunnlag.editions.catalog_text import CatalogText
from kunnskapsgrunnlag.editions.plan import YEARS, has_period, moved, renamed
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Value

# Parameter of compute() -> what an item takes of its source, when asked with these settings.
Taken = Callable[[Mapping[str, Any]], dict[str, Period]]


@dataclass(frozen=True)
class Renewal:
    """What becomes of an item's entry.

    Attributes:
        settings: What compute() is asked for.
        periods: Where its numbers are of different periods: parameter -> words for readers.
        late: Where they are: the sources that have no numbers of the new period.
    """

    settings: dict[str, Any]
    subtitle: str
    periods: dict[str, str]
    carried: Carried | None
    late: tuple[str, ...] = ()

    def of(self, item: Item) -> Item:
        """The item as it will stand."""
        entry = {"settings": self.settings, "own_subtitle": self.subtitle}
        return item.model_copy(update=entry | {"periods": self.periods, "carried": self.carried})


def asked_anew(
    item: Item, taken: Taken, old: Mapping[str, Period], new: Iterable[str]
) -> dict[str, Any]:
    """The settings with which most of the item is of the newest period.

    Args:
        old: Parameter -> what is taken of its source now.
        new: The parameters whose sources have come.
    """
    settings = dict(item.settings)
    present = taken(settings)
    for name in new:
        # Such as `costs_year`: the year that one source is of.
        if len(old[name].years) == 1 and len(present[name].years) == 1:
            years = {*old[name].years}
            for setting, value in item.settings.items():
                is_its_own = setting.endswith("_year") and setting not in YEARS
                if is_its_own and value in years:
                    settings[setting] = min(present[name].years)
    asked = asked_period(settings)
    if asked is None or not has_period(settings):
        return settings
    last = max(asked.years)
    later = sorted({y for p in present.values() for y in p.years if y > last}, reverse=True)
    best, most = settings, _count(taken(settings), last)
    for year in later:
        candidate = moved(settings, year - last)
        periods = taken(candidate)
        if all(period.years for period in periods.values()) and _count(periods, year) >= most:
            return candidate
    return best


def _count(periods: Mapping[str, Period], year: int) -> int:
    return sum(year in period.years for period in periods.values())


def renewed(
    item: Item,
    settings: dict[str, Any],
    periods: Mapping[str, Period],
    every: Mapping[str, Period],
    words: Mapping[str, tuple[str, str]],
    names: Callable[[str], str],
) -> Renewal:
    """The item's entry once its numbers are of these periods.

    Args:
        every: Parameter -> all that its source is of, whatever the item takes of it.
        words: Parameter of a source that has come -> its period in words, before and now.
        names: What readers call the numbers of a parameter; "" where they see none.
    """
    asked = asked_period(settings)
    subtitle = renamed(item.own_subtitle, item.settings, moved_years(item.settings, settings))
    if agree([*periods.values(), *([asked] if asked else ())]):
        now = next((new for _, new in words.values()), "")
        if asked and has_period(settings):
            now = str(asked)
        years = set().union(*(period.years for period in periods.values()))
        # A mark of another time is idle; whether one of this time is, the sources tell.
        is_of_time = item.carried is not None and named_years(item.carried.period) <= years
        carried = item.carried if is_of_time else None
        return Renewal(settings, _with_period(item, subtitle, words, now), {}, carried)
    newest = max(max(period.years) for period in periods.values() if period.years)
    late = [name for name in periods if newest not in every[name].years]
    by_name = {
        name: _period_words(item, name, period, words, names) for name, period in periods.items()
    }
    bare = subtitle if item.periods else _without_period(subtitle)
    inputs = tuple(item.inputs[name] for name in late)
    return Renewal(settings, bare, by_name, item.carried, inputs)


def moved_years(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The settings after, with those of before where they have no year of that name."""
    return {**before, **{name: after[name] for name in before if name in after}}


def _with_period(item: Item, subtitle: str, words: Mapping[str, tuple[str, str]], now: str) -> str:
    """The subtitle with the new period in the place of the old one."""
    if now in subtitle:
        return subtitle
    for old, new in words.values():
        if old and re.search(rf"\b{re.escape(old)}\b", subtitle):
            return re.sub(rf"\b{re.escape(old)}\b", new, subtitle)
    stated = last_period(subtitle)
    if stated:
        before, _, after = subtitle.rpartition(stated)
        return f"{before}{now}{after}"
    return f"{subtitle}, {now}" if item.periods else subtitle


def _without_period(subtitle: str) -> str:
    stated = last_period(subtitle)
    if not stated or not subtitle.endswith(stated):
        return subtitle
    return subtitle.removesuffix(stated).rstrip(" ,:;–-").removesuffix(" i").rstrip(" ,")


def _period_words(
    item: Item,
    name: str,
    period: Period,
    words: Mapping[str, tuple[str, str]],
    names: Callable[[str], str],
) -> str:
    """What is of which period, as readers are told."""
    old, new = words.get(name, ("", ""))
    if name in item.periods:
        before = item.periods[name]
        stated = old if old and old in before else last_period(before)
        return before.replace(stated, new or str(period)) if new and stated else before
    what = names(name)
    when = new or str(period)
    return f"{what} {when}" if what else f"{CHECK_ONLY}tall for {when}"


def called(item: Item, values: Sequence[Value], source: str, title: str) -> str:
    """What readers see of a source in an item: «hele landet», «bydelene og Oslo»; else ""."""
    shown = [value for value in values if value.shown and value.cells]
    own = [value for value in shown if source in value.sources]
    rest = [value for value in shown if source not in value.sources]
    if not own:
        return ""
    for dim in item.dims:
        keys, others = {v.key(dim) for v in own}, {v.key(dim) for v in rest}
        if keys.isdisjoint(others):
            return _group(item, dim, [key for key in dict.fromkeys(v.key(dim) for v in own)])
    title = re.sub(r"^\d+: ", "", title)  # SSB's number of the table
    return title[:1].lower() + title[1:]


def _group(item: Item, dim: str, keys: Sequence[Any]) -> str:
    if dim == "region":
        areas = [key for key in keys if key != "oslo"]
        for group in ("bydeler", "delbydeler", "byer"):
            if len(areas) > 2 and {*areas} <= {*GROUPS[group]}:
                plural = f"{group[:-1]}ne"
                return f"{plural} og Oslo" if len(areas) < len(keys) else plural
    labels = [dim_label(item, dim, key) for key in keys]
    if len(labels) > 3:
        return f"{len(labels)} av radene"
    words = listed(labels)
    return words if dim == "region" and words != "Hele landet" else words[0].lower() + words[1:]


def edited(text: str, catalog: Catalog, renewals: Mapping[str, Renewal]) -> str:
    """params.yaml with these entries changed: its comments and form are kept."""
    edits = CatalogText(text)
    for key, renewal in renewals.items():
        item, at = catalog.items[key], ("items", key)
        for name, value in renewal.settings.items():
            if value != item.settings[name]:
                edits.replace(value, *at, "settings", name)
        if renewal.subtitle != item.own_subtitle:
            edits.replace(renewal.subtitle, *at, "subtitle")
        if renewal.periods != item.periods:
            if renewal.periods:
                edits.put("periods", renewal.periods, *at)
            else:
                edits.remove(*at, "periods")
        if renewal.carried != item.carried:
            if renewal.carried:
                edits.put("carried", renewal.carried.model_dump(), *at)
            else:
                edits.remove(*at, "carried")
    return edits.changed()
